// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace lock_held_too_long_check {

// What a step does for as long as a table is big; empty for brief work.
std::string_view long_work(const Step& step, const RelationSummary& relation) {
  if (relation.rewrite) return "rewrites";
  if (!relation.builds.empty()) return "builds an index on";
  const bool changes_rows = step.statement != nullptr && (step.statement->kind == ast::NodeKind::Update ||
                                                          step.statement->kind == ast::NodeKind::Delete);
  if (changes_rows && relation.lock == LockMode::RowExclusive) return "changes rows of";
  const bool reads =
      relation.scan && (step.statement == nullptr || step.statement->kind != ast::NodeKind::Select);
  return reads && relation.lock > LockMode::RowExclusive ? "reads every row of" : "";
}

bool is_new(const TransactionRecord& record, const RelationSummary& relation) {
  if (relation.creates) return true;
  for (const HeldLock& lock : record.locks) {
    if (lock.relation == relation.relation && lock.new_here) return true;
  }
  return false;
}

// The strongest lock that an earlier statement took and this step's own work does not need itself.
const HeldLock* held_meanwhile(const TransactionRecord& record, std::uint32_t step,
                               const RelationSummary& work) {
  const HeldLock* strongest = nullptr;
  for (const HeldLock& lock : record.locks) {
    if (lock.first >= step || lock.last < step || lock.new_here || lock.of_index || !blocks_writes(lock.mode))
      continue;
    if (lock.relation == work.relation && lock.mode <= work.lock)
      continue;  // its own lock, which other checks speak of
    if (strongest == nullptr || lock.mode > strongest->mode) strongest = &lock;
  }
  return strongest;
}

// Locks last to the end of the transaction: what is taken for a moment is held through everything that
// follows.
void run(const CheckContext& context, FindingSink& out) {
  const TransactionRecord& record = context.transaction();
  for (std::uint32_t step = 1; step < record.steps.size(); ++step) {
    if (!record.steps[step].target) continue;
    for (const RelationSummary& relation : record.steps[step].relations) {
      if (relation.of_index || is_new(record, relation) || context.is_small(relation.relation)) continue;
      const std::string_view work = long_work(record.steps[step], relation);
      const HeldLock* lock = work.empty() ? nullptr : held_meanwhile(record, step, relation);
      if (lock == nullptr) continue;
      const std::string table = sql_name(lock->relation);
      out.report(record.steps[step].place)
          .message(
              "While this {} {}, the {} lock on {} that an earlier statement took is still held: {} of {} "
              "wait for all of it.",
              work, sql_name(relation.relation), to_string(lock->mode), table,
              blocks_reads(lock->mode) ? "reads and writes" : "writes", table)
          .advice("Commit before it: put this statement into a transaction (a migration) of its own.")
          .note(fmt::format("{} on {} is taken here", to_string(lock->mode), table),
                record.steps[lock->first].place);
      break;  // one finding a statement
    }
  }
}

}  // namespace lock_held_too_long_check

extern constexpr Check lock_held_too_long{
    .since = "0.1.0",
    .summary = "Long work while an earlier statement of the transaction holds a strong lock.",
    .on_transaction_end = lock_held_too_long_check::run};

}  // namespace migcheck::checks
