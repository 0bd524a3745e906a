// SPDX-License-Identifier: MIT
#include "replay/lock_book.hpp"

namespace migcheck::replay {

LockBook::Known& LockBook::known(const RelationRef& relation) {
  if (relation.id == catalog::kNoObject) return by_name_[relation.qualified()];
  for (auto& [id, known] : first_by_id_) {
    if (id == relation.id) return known;
  }
  if (first_by_id_.size() == kFew) return by_id_[relation.id];
  return first_by_id_.emplace_back(relation.id, Known{}).second;
}

void LockBook::take(TransactionRecord& record, RelationSummary& summary, std::uint32_t step) {
  if (summary.lock == LockMode::None) return;
  Known& relation = known(summary.relation);
  const bool made_by_this_change = summary.new_here;
  relation.new_here = relation.new_here || made_by_this_change;
  summary.new_here = relation.new_here;
  if (relation.strongest != kNone && record.locks[relation.strongest].mode >= summary.lock) return;
  HeldLock lock;
  lock.relation = summary.relation;
  lock.mode = summary.lock;
  lock.first = step;
  lock.new_here = made_by_this_change;
  lock.of_index = summary.of_index;
  held_.push_back({record.locks.size(), relation.strongest});
  relation.strongest = record.locks.size();
  record.locks.push_back(std::move(lock));
}

void LockBook::give_back(TransactionRecord& record, std::size_t held, std::uint32_t step) {
  while (held_.size() > held) {
    HeldLock& lock = record.locks[held_.back().entry];
    lock.last = step;
    known(lock.relation).strongest = held_.back().earlier;
    held_.pop_back();
  }
}

}  // namespace migcheck::replay
