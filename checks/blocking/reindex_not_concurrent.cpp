// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace reindex_not_concurrent_check {

std::string_view word_for(ast::Reindex::Target target) {
  switch (target) {
    case ast::Reindex::Target::Index:
      return "INDEX";
    case ast::Reindex::Target::Table:
      return "TABLE";
    case ast::Reindex::Target::Schema:
      return "SCHEMA";
    default:
      return "DATABASE";
  }
}

// REINDEX takes SHARE on the table and ACCESS EXCLUSIVE on each index; planning any query of the table needs
// a lock on all of its indexes, so reads wait as well as writes.
void run(const CheckContext& context, FindingSink& out) {
  const auto* reindex = context.statement_as<ast::Reindex>();
  if (reindex == nullptr || reindex->concurrently || context.pg_version() < 12) return;
  using Target = ast::Reindex::Target;
  if (reindex->target == Target::System) return;  // has no CONCURRENTLY form
  const bool one_relation = reindex->target == Target::Index || reindex->target == Target::Table;
  if (one_relation && context.is_new_here(reindex->relation)) return;
  const Span where = one_relation ? reindex->relation.span : reindex->span;
  out.report(where)
      .message(
          "REINDEX locks {} until each index is built anew: writes wait for SHARE on the table, and reads "
          "wait too, "
          "because planning a query needs a lock on every index of its tables.",
          one_relation ? sql_name(reindex->relation) : "every table there")
      .advice("REINDEX {} CONCURRENTLY {};{}", word_for(reindex->target),
              one_relation ? sql_name(reindex->relation) : sql_name(reindex->name.text),
              context.in_transaction() ? "\n-- " + context.how_to_leave_transaction() : "")
      .about(context, {.name = std::string(reindex->relation.name)});
}

}  // namespace reindex_not_concurrent_check

extern constexpr Check reindex_not_concurrent{
    .since = "0.1.0",
    .summary = "REINDEX without CONCURRENTLY locks reads and writes out of the table.",
    .statements = {ast::NodeKind::Reindex},
    .on_statement = reindex_not_concurrent_check::run};

}  // namespace migcheck::checks
