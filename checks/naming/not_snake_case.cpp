// SPDX-License-Identifier: MIT

#include <algorithm>

#include "customs.hpp"

namespace migcheck::checks {
namespace not_snake_case_check {

// PostgreSQL folds what is not quoted to lower case: any other name has to be quoted for ever. Letters
// outside of ASCII need no quotes.
bool is_snake_case(std::string_view name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  const bool digit_first = !name.empty() && name[0] >= '0' && name[0] <= '9';
  return !digit_first && std::all_of(name.begin(), name.end(), plain);
}

std::string snake_case(std::string_view name) {
  std::string result;
  for (const std::string& word : english::words_of(name)) result += (result.empty() ? "" : "_") + word;
  return result;
}

struct Quoted {
  catalog::Origin origin;
  std::vector<std::string> names;
};

// The names of a table that need quotes: its own, then its columns. What the checked files made comes first.
Quoted quoted_of(const CheckContext& context, const catalog::Table& table) {
  Quoted found{table.origin, {}};
  if (!is_snake_case(table.name)) found.names.push_back(table.name);
  for (const catalog::Column& column : table.columns) {
    if (is_snake_case(column.name)) continue;
    if (!context.is_target(found.origin) && context.is_target(column.origin)) {
      found.origin = column.origin;
      found.names.clear();
    }
    if (context.is_target(column.origin) == context.is_target(found.origin))
      found.names.push_back(column.name);
  }
  return found;
}

void run(const CheckContext& context, FindingSink& out) {
  std::vector<CustomSample> samples;
  std::vector<Quoted> quoted;
  for (const catalog::Table* table : own_tables(context)) {
    quoted.push_back(quoted_of(context, *table));
    const bool clean = quoted.back().names.empty();
    samples.push_back({quoted.back().origin, sql_name(*table), clean ? "" : "quoted"});
  }
  customs::report(
      context, samples, out, "tables of this history have names that need quotes in every query",
      "Most ORMs map names: the class keeps userId, the column is user_id.",
      [&](const CustomSample& sample, FindingBuilder finding) {
        const Quoted& table = quoted[static_cast<std::size_t>(&sample - samples.data())];
        std::vector<std::string> shown;
        for (const std::string& name : table.names) shown.push_back(sql_name(name));
        finding
            .message(
                "{} must be quoted in every query: without quotes PostgreSQL folds it to lower case "
                "and finds nothing.",
                enumerate(shown))
            .advice("{}", sql_name(snake_case(table.names.front())));
      });
}

}  // namespace not_snake_case_check

extern constexpr Check not_snake_case{.since = "0.1.0",
                                      .summary = "A name that has to be quoted in every query.",
                                      .once_per_history = true,
                                      .on_history_end = not_snake_case_check::run};

}  // namespace migcheck::checks
