// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace lock_order_inconsistent_check {

// Two transactions that lock the same two tables in opposite orders deadlock when they meet: two migrations
// seldom do, a migration and the application that follows the older order more often.
void run(const CheckContext& context, FindingSink& out) {
  const TransactionRecord& record = context.transaction();
  if (!record.is_block()) return;
  const HeldLock* first = nullptr;
  for (const HeldLock& lock : record.locks) {
    const bool counts = !lock.new_here && !lock.of_index && blocks_writes(lock.mode) &&
                        lock.first < record.steps.size() && !context.is_small(lock.relation);
    if (!counts) continue;
    if (first == nullptr) {
      first = &lock;
      continue;
    }
    if (lock.relation == first->relation || lock.first == first->first) continue;
    const Place before = context.locked_in_order(lock.relation, first->relation);
    if (!before.known() || !record.steps[lock.first].target) continue;
    const std::string one = sql_name(first->relation);
    const std::string other = sql_name(lock.relation);
    out.report(record.steps[lock.first].place)
        .message(
            "This transaction locks {0} and then {1}; an earlier migration locks {1} and then {0}. Whoever "
            "holds "
            "one and wants the other meanwhile ends in a deadlock, and PostgreSQL cancels one of the two.",
            one, other)
        .advice("Lock them in one order everywhere, or give each a transaction of its own.")
        .note(fmt::format("{} is locked here, after {}", one, other), before)
        .note(fmt::format("{} is locked here first", one), record.steps[first->first].place);
    return;
  }
}

}  // namespace lock_order_inconsistent_check

extern constexpr Check lock_order_inconsistent{
    .since = "0.1.0",
    .summary = "Two migrations lock the same tables in opposite orders.",
    .severity = Severity::Info,
    .once_per_history = true,
    .on_transaction_end = lock_order_inconsistent_check::run};

}  // namespace migcheck::checks
