// SPDX-License-Identifier: MIT
#pragma once

// Which locks a transaction holds, while it runs.

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "migcheck/timeline.hpp"

namespace migcheck::replay {

// Writes the locks of one transaction into its record.
class LockBook {
 public:
  // The step takes this lock. Nothing happens if the transaction has one as strong. What is new in this
  // change stays so in the transaction's next files: the summary says it.
  void take(TransactionRecord& record, RelationSummary& summary, std::uint32_t step);
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
  struct Known {
    std::size_t strongest = kNone;  // the entry of its strongest lock
    bool new_here = false;
  };
  Known& known(const RelationRef& relation);

  std::vector<Held> held_;  // in the order taken
  // By id, or by name for what the history does not show. A transaction locks a few relations, or thousands:
  // the first ones are looked for one by one.
  static constexpr std::size_t kFew = 8;
  std::vector<std::pair<catalog::ObjectId, Known>> first_by_id_;
  std::unordered_map<catalog::ObjectId, Known> by_id_;
  std::unordered_map<std::string, Known> by_name_;
};

}  // namespace migcheck::replay
