// SPDX-License-Identifier: MIT

#include <algorithm>

#include "customs.hpp"

namespace migcheck::checks {
namespace reserved_word_check {

// Without quotes these mean something else and fail nowhere.
bool is_value(std::string_view name) {
  constexpr std::string_view kValues[] = {
      "user",         "current_user",      "session_user", "current_role",  "current_date",
      "current_time", "current_timestamp", "localtime",    "localtimestamp"};
  return std::find(std::begin(kValues), std::end(kValues), name) != std::end(kValues);
}

void report(Place place, const std::string& shown, std::string_view name, std::string_view better,
            FindingSink& out) {
  out.report(place)
      .message("{} is a reserved word of PostgreSQL: {}", shown,
               is_value(name) ? "SELECT " + std::string(name) +
                                    " without quotes gives the session's own value, and no error."
                              : "every query has to quote it, and fails where one does not.")
      .advice("{}", better);
}

// A schema of "createdAt" and "User" is written by a tool that quotes every name.
bool quotes_everything(const std::vector<const catalog::Table*>& tables) {
  const auto needs_quotes = [](std::string_view name) {
    return std::any_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  };
  const auto quoted = std::count_if(tables.begin(), tables.end(), [&](const catalog::Table* table) {
    return needs_quotes(table->name) ||
           std::any_of(table->columns.begin(), table->columns.end(),
                       [&](const auto& column) { return needs_quotes(column.name); });
  });
  return static_cast<std::size_t>(quoted) * 2 > tables.size();
}

void run(const CheckContext& context, FindingSink& out) {
  const std::vector<const catalog::Table*> tables = own_tables(context);
  if (quotes_everything(tables) && !context.is_asked_for()) return;
  for (const catalog::Table* table : tables) {
    if (context.is_target(table->origin) && ast::is_reserved(table->name)) {
      const std::string plural = english::plural_name(table->name);
      report(table->origin.place, sql_name(*table), table->name,
             ast::is_reserved(plural) || plural == table->name ? "another word, or two: " + plural + "_list"
                                                               : plural,
             out);
    }
    for (const catalog::Column& column : table->columns) {
      if (!context.is_target(column.origin) || !ast::is_reserved(column.name)) continue;
      report(column.origin.place, customs::name_of(*table, column.name), column.name,
             "two words, of which the first says what it is of: " + english::singular_name(table->name) +
                 "_" + column.name,
             out);
    }
  }
}

}  // namespace reserved_word_check

extern constexpr Check reserved_word{
    .since = "0.1.0",
    .summary = "A table or column is called by a reserved word of PostgreSQL.",
    .once_per_history = true,
    .on_history_end = reserved_word_check::run};

}  // namespace migcheck::checks
