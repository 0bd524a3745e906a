// SPDX-License-Identifier: MIT

#include "lint/lock_orders.hpp"

#include <vector>

namespace migcheck {
namespace {

// Pairs grow with the square of the tables: a transaction that locks this many is in nobody's order anyway.
constexpr std::size_t kMostTables = 32;

}  // namespace

void LockOrders::add(const TransactionRecord& record) {
  if (!record.is_block() || record.failed) return;
  std::vector<const HeldLock*> held;
  for (const HeldLock& lock : record.locks) {
    if (lock.new_here || lock.of_index || !blocks_writes(lock.mode)) continue;
    if (lock.relation.id == catalog::kNoObject || lock.first >= record.steps.size()) continue;
    for (const HeldLock* earlier : held) {
      if (earlier->first == lock.first || earlier->relation.id == lock.relation.id) continue;
      places_.try_emplace({earlier->relation.id, lock.relation.id}, record.steps[lock.first].place);
    }
    held.push_back(&lock);
    if (held.size() == kMostTables) return;
  }
}

Place LockOrders::find(const RelationRef& first, const RelationRef& second) const {
  const auto found = places_.find({first.id, second.id});
  return found == places_.end() ? Place{} : found->second;
}

}  // namespace migcheck
