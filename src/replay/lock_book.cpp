// SPDX-License-Identifier: MIT
#include "replay/lock_book.hpp"

namespace migcheck::replay {

std::size_t& LockBook::strongest(const RelationRef& relation) {
  if (relation.id != catalog::kNoObject) return by_id_.try_emplace(relation.id, kNone).first->second;
  return by_name_.try_emplace(relation.qualified(), kNone).first->second;
}

void LockBook::take(TransactionRecord& record, const RelationSummary& summary, std::uint32_t step,
                    bool new_here) {
  if (summary.lock == LockMode::None) return;
  std::size_t& entry = strongest(summary.relation);
  if (entry != kNone && record.locks[entry].mode >= summary.lock) return;
  HeldLock lock;
  lock.relation = summary.relation;
  lock.mode = summary.lock;
  lock.first = step;
  lock.new_here = new_here;
  lock.of_index = summary.of_index;
  held_.push_back({record.locks.size(), entry});
  entry = record.locks.size();
  record.locks.push_back(std::move(lock));
}

void LockBook::give_back(TransactionRecord& record, std::size_t held, std::uint32_t step) {
  while (held_.size() > held) {
    HeldLock& lock = record.locks[held_.back().entry];
    lock.last = step;
    strongest(lock.relation) = held_.back().earlier;
    held_.pop_back();
  }
}

}  // namespace migcheck::replay
