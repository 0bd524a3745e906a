// SPDX-License-Identifier: MIT

#include <algorithm>

#include "customs.hpp"

namespace migcheck::checks {
namespace column_not_singular_check {

// Prose and settings are plural in English, and one value all the same.
bool is_one_value(std::string_view word) {
  constexpr std::string_view kWords[] = {
      "actions",      "annotations", "arguments",      "attributes",      "coordinates", "comments",
      "conditions",   "contents",    "credentials",    "criteria",        "links",       "definitions",
      "descriptions", "details",     "directions",     "errors",          "features",    "fields",
      "filters",      "guidelines",  "headers",        "highlights",      "hours",       "ingredients",
      "initials",     "inputs",      "instructions",   "labels",          "limitations", "logs",
      "measurements", "metrics",     "minutes",        "notes",           "objectives",  "options",
      "outputs",      "parameters",  "parts",          "points",          "preferences", "premises",
      "properties",   "reactions",   "reasons",        "recommendations", "references",  "remarks",
      "requirements", "responses",   "restrictions",   "results",         "rules",       "scopes",
      "scripts",      "settings",    "specifications", "stats",           "statistics",  "steps",
      "suggestions",  "terms",       "thanks",         "themes",          "tools",       "units",
      "variables",    "warnings",    "words"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

bool is_plural(std::string_view name) {
  const std::vector<std::string> words = english::words_of(name);
  if (words.empty() || is_one_value(words.back())) return false;
  const std::string singular = english::singular_of(words.back());
  if (singular == words.back()) return false;
  return english::is_noun(singular) || singular == "id" || singular == "uri";
}

// Counts are plural, arrays and documents hold several: only a text that holds one value is left.
bool is_text(const catalog::Column& column) {
  const std::string& type = column.type.name;
  return column.type.array_dimensions == 0 && (type == "text" || type == "varchar" || type == "bpchar");
}

void run(const CheckContext& context, FindingSink& out) {
  for (const catalog::Table* table : own_tables(context)) {
    for (const catalog::Column& column : table->columns) {
      if (!context.is_target(column.origin) || !is_text(column) || !is_plural(column.name)) continue;
      out.report(column.origin.place)
          .message(
              "{} is one {} and has the name of several: a reader expects an array or a table, and a list "
              "inside of a "
              "text can be neither searched by an index nor checked by a key.",
              customs::name_of(*table, column.name), catalog::to_string(column.type))
          .advice("{0} {1} if it holds one, {2} {1}[] or a table of its own if it holds several",
                  sql_name(english::singular_name(column.name)), catalog::to_string(column.type),
                  sql_name(column.name));
    }
  }
}

}  // namespace column_not_singular_check

extern constexpr Check column_not_singular{
    .since = "0.1.0",
    .summary = "A column that holds one value has a name in the plural.",
    .once_per_history = true,
    .on_history_end = column_not_singular_check::run};

}  // namespace migcheck::checks
