// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace truncate_cascade_check {

// The tables that CASCADE empties too: those whose foreign keys refer to one that is emptied, and theirs.
std::vector<std::string> also_emptied(const CheckContext& context, const ast::Truncate& truncate) {
  std::vector<catalog::ObjectId> seen;
  for (const ast::RelationName& name : truncate.relations) {
    if (const catalog::Table* table = context.table(name)) seen.push_back(table->id);
  }
  const std::size_t named = seen.size();
  std::vector<std::string> names;
  for (std::size_t at = 0; at < seen.size(); ++at) {
    for (const auto& [child, key] : context.catalog().keys_to(seen[at])) {
      if (std::find(seen.begin(), seen.end(), child->id) != seen.end()) continue;
      seen.push_back(child->id);
      if (!context.is_new_here(child->origin)) names.push_back(sql_name(*child));
    }
  }
  return named == 0 ? std::vector<std::string>{} : names;
}

bool all_known(const CheckContext& context, const ast::Truncate& truncate) {
  return std::none_of(truncate.relations.begin(), truncate.relations.end(),
                      [&](const ast::RelationName& name) { return context.is_unknown(name); });
}

void run(const CheckContext& context, FindingSink& out) {
  const auto* truncate = context.statement_as<ast::Truncate>();
  if (truncate == nullptr || !truncate->cascade || context.is_refused()) return;
  const std::vector<std::string> names = also_emptied(context, *truncate);
  if (names.empty() && all_known(context, *truncate)) return;
  std::vector<std::string> named;
  for (const ast::RelationName& name : truncate->relations) named.push_back(sql_name(name));
  FindingBuilder finding = out.report(truncate->span);
  if (names.empty()) {
    finding.message(
        "TRUNCATE … CASCADE removes all rows of {} for good, and of every table with a foreign key to {}, "
        "and with "
        "one to those; the migrations do not show which these are.",
        enumerate(named), named.size() == 1 ? "it" : "one of them");
  } else {
    finding.message(
        "TRUNCATE … CASCADE removes all rows of {0} for good, and also of {1}: {2} foreign keys lead to {0}, "
        "whatever their ON DELETE says.",
        enumerate(named), enumerate(names), names.size() == 1 ? "its" : "their");
  }
  if (context.is_seed()) finding.severity(Severity::Info);
  finding.advice(
      "Name every table that is meant to be emptied, and leave CASCADE out: PostgreSQL then refuses if one "
      "is "
      "missing.");
}

}  // namespace truncate_cascade_check

extern constexpr Check truncate_cascade{
    .since = "0.1.0",
    .summary = "TRUNCATE … CASCADE empties every table that refers to the named one.",
    .severity = Severity::Error,
    .statements = {ast::NodeKind::Truncate},
    .on_statement = truncate_cascade_check::run};

}  // namespace migcheck::checks
