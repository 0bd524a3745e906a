// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace partition_detach_not_concurrent_check {

// DETACH takes ACCESS EXCLUSIVE on the parent: every query of the whole partitioned table waits. CONCURRENTLY
// (14) does not, but is refused where there is a DEFAULT partition.
void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr || context.is_new_here(alter->relation)) return;
  const catalog::Table* parent = context.table(alter->relation);
  for (const ast::AlterAction* action : alter->actions) {
    if (action->type != ast::AlterAction::Type::DetachPartition || action->concurrently) continue;
    FindingBuilder finding = out.report(action->span);
    finding
        .message(
            "Detaching {} takes ACCESS EXCLUSIVE on {}: it waits for every query of the whole partitioned "
            "table, and all "
            "later ones wait behind it.",
            sql_name(action->relation), sql_name(alter->relation))
        .severity(context.severity_of_brief_lock())
        .about(context, {.name = std::string(alter->relation.name)});
    if (context.pg_version() < 14) {
      finding.advice(
          "Set a short lock_timeout and try again until it gets through: before 14 there is no "
          "CONCURRENTLY.");
    } else if (parent != nullptr && context.catalog().default_partition_of(parent->id) != nullptr) {
      finding.advice(
          "Set a short lock_timeout and try again until it gets through: CONCURRENTLY is refused while "
          "there is a DEFAULT partition.");
    } else {
      finding.advice("{} CONCURRENTLY;{}", context.text(context.statement().span),
                     context.in_transaction() ? "\n-- " + context.how_to_leave_transaction() : "");
    }
  }
}

}  // namespace partition_detach_not_concurrent_check

extern constexpr Check partition_detach_not_concurrent{
    .since = "0.1.0",
    .summary = "DETACH PARTITION without CONCURRENTLY locks the whole partitioned table.",
    .severity = Severity::Warning,
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = partition_detach_not_concurrent_check::run};

}  // namespace migcheck::checks
