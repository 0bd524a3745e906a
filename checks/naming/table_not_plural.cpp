// SPDX-License-Identifier: MIT

#include <algorithm>

#include "customs.hpp"

namespace migcheck::checks {
namespace table_not_plural_check {

using english::Number;

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// orders_2024, events_v2, jobs_p1: what stands before the number is the name.
bool is_numbering(std::string_view word) {
  return word.find_first_of("0123456789") != std::string_view::npos;
}

// users_by_day, role_has_permission: a phrase, whose noun does not stand at its end.
bool is_phrase(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return is_any_of(word, {"by",  "of",   "per", "with", "without", "for", "in", "to",  "has", "have",
                            "and", "from", "on",  "as",   "at",      "x",   "is", "via", "vs",  "or"});
  });
}

bool is_singular(std::string_view name, bool& known) {
  std::vector<std::string> words = english::words_of(name);
  while (!words.empty() && is_numbering(words.back())) words.pop_back();
  known = !words.empty() && !is_phrase(words) && english::number_of(words.back()) != Number::Unknown;
  return known && english::number_of(words.back()) == Number::Singular;
}

// Asked at the end: a table that a later file renames is named well.
void run(const CheckContext& context, FindingSink& out) {
  std::vector<CustomSample> samples;
  for (const catalog::Table* table : own_tables(context)) {
    bool known = false;
    const bool singular = is_singular(table->name, known);
    if (!known || is_copy_name(table->name)) continue;
    samples.push_back({table->origin, table->name, singular ? "singular" : ""});
  }
  customs::report(
      context, samples, out, "tables of this history have names in the singular",
      "One convention is enough: keep to this one, or name tables after all their rows (users).",
      [](const CustomSample& sample, FindingBuilder finding) {
        finding
            .message(
                "{} is the name of one row: where other tables are in the plural, whoever writes a "
                "query has to look up which ones are not.",
                sql_name(sample.name))
            .advice("{}", sql_name(english::plural_name(sample.name)));
      });
}

}  // namespace table_not_plural_check

extern constexpr Check table_not_plural{.since = "0.1.0",
                                        .summary = "A table is named in the singular.",
                                        .once_per_history = true,
                                        .on_history_end = table_not_plural_check::run};

}  // namespace migcheck::checks
