// SPDX-License-Identifier: MIT
#pragma once

// Which locks a transaction holds, while it runs.

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "migcheck/timeline.hpp"

namespace migcheck::replay {

// Writes the locks of one transaction into its record.
class LockBook {
 public:
  // The step takes this lock. Nothing happens if the transaction has one as strong.
  void take(TransactionRecord& record, const RelationSummary& summary, std::uint32_t step, bool new_here);
  // How many locks are held: give_back() returns to that.
  [[nodiscard]] std::size_t held() const { return held_.size(); }
  // ROLLBACK TO: the locks taken since are free again; they were held up to `step`.
  void give_back(TransactionRecord& record, std::size_t held, std::uint32_t step);
  // The end of the transaction.
  void give_back_all(TransactionRecord& record, std::uint32_t step) { give_back(record, 0, step); }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  struct Held {
    std::size_t entry;    // in record.locks
    std::size_t earlier;  // the entry of the same relation's weaker lock
  };
  std::size_t& strongest(const RelationRef& relation);

  std::vector<Held> held_;  // in the order taken
  // The entry of the strongest lock, by id, or by name for what the history does not show.
  std::unordered_map<catalog::ObjectId, std::size_t> by_id_;
  std::unordered_map<std::string, std::size_t> by_name_;
};

}  // namespace migcheck::replay
