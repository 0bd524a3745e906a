// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace truncate_check {

void run(const CheckContext& context, FindingSink& out) {
  const auto* truncate = context.statement_as<ast::Truncate>();
  if (truncate == nullptr || context.is_refused()) return;
  std::vector<std::string> tables;
  Span first;
  for (const ast::RelationName& name : truncate->relations) {
    if (context.is_new_here(name)) continue;
    if (tables.empty()) first = name.span;
    tables.push_back(sql_name(name));
  }
  if (tables.empty()) return;
  out.report(first)
      .message(
          "TRUNCATE removes all rows of {} for good; row level security, DELETE triggers and foreign keys' "
          "ON DELETE "
          "do not apply, and nothing can read or write there until it commits.",
          enumerate(tables))
      .advice(
          "If rows have to go, DELETE the ones that are meant, in batches; if the table is retired, drop it "
          "in a "
          "change that says so.")
      .severity(context.is_seed() ? Severity::Info : Severity::Error);  // who fills tables empties them first
}

}  // namespace truncate_check

extern constexpr Check truncate{.since = "0.1.0",
                                .summary = "TRUNCATE removes all rows of a table.",
                                .severity = Severity::Error,
                                .yields_to = "truncate-cascade",
                                .statements = {ast::NodeKind::Truncate},
                                .on_statement = truncate_check::run};

}  // namespace migcheck::checks
