// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace backfill_with_ddl_check {

bool changes_rows(const Step& step) {
  return step.statement != nullptr &&
         (step.statement->kind == ast::NodeKind::Update || step.statement->kind == ast::NodeKind::Delete);
}

// A strong lock from before the rows were changed: who wants one of them waits for that, and
// lock-held-too-long says so.
bool is_locked_before(const TransactionRecord& record, const RelationSummary& changed, std::uint32_t step) {
  return std::any_of(record.locks.begin(), record.locks.end(), [&](const HeldLock& lock) {
    return lock.relation == changed.relation && lock.first < step && blocks_writes(lock.mode);
  });
}

// The table goes, with its rows and whoever waits for one.
bool drops(const Step& step, const RelationSummary& changed) {
  const auto* drop = ast::as<ast::Drop>(step.statement);
  return drop != nullptr &&
         std::any_of(drop->names.begin(), drop->names.end(), [&](const ast::ObjectName& name) {
           return name.on.empty() && name.name.name == changed.relation.name;
         });
}

// The rows that were changed stay locked while a statement after them waits for its table lock, and under it.
// (Changing rows after such a lock is what lock-held-too-long says.)
void run(const CheckContext& context, FindingSink& out) {
  const TransactionRecord& record = context.transaction();
  const Step* backfill = nullptr;
  const RelationSummary* changed = nullptr;
  for (std::uint32_t at = 0; at < record.steps.size(); ++at) {
    const Step& step = record.steps[at];
    for (const RelationSummary& relation : step.relations) {
      if (relation.of_index || relation.creates || relation.new_here || context.is_small(relation.relation))
        continue;
      if (relation.relation.name.rfind("pg_", 0) == 0) continue;  // PostgreSQL's own catalogs
      if (changes_rows(step) && relation.lock == LockMode::RowExclusive && backfill == nullptr) {
        if (is_locked_before(record, relation, at)) continue;
        backfill = &step;
        changed = &relation;
      } else if (backfill != nullptr && blocks_writes(relation.lock) && step.target) {
        if (drops(step, *changed)) continue;
        out.report(step.place)
            .message(
                "The rows of {0} that an earlier statement changed stay locked while this one waits for {1} "
                "on {2}, and "
                "until it is done: whoever changes one of them waits too.",
                sql_name(changed->relation), to_string(relation.lock), sql_name(relation.relation))
            .advice(
                "Change the schema in one migration and the rows in another; a backfill needs no strong "
                "lock, and a lock no "
                "backfill.")
            .note("rows are changed here", backfill->place);
        return;
      }
    }
  }
}

}  // namespace backfill_with_ddl_check

extern constexpr Check backfill_with_ddl{.since = "0.1.0",
                                         .summary = "Rows are changed, then the schema, in one transaction.",
                                         .on_transaction_end = backfill_with_ddl_check::run};

}  // namespace migcheck::checks
