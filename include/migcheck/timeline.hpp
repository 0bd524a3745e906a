// SPDX-License-Identifier: MIT
#pragma once

// Transactions over time: what ran in them, which locks they hold, and from which statement to which.
//
// PostgreSQL keeps a table lock until the transaction ends, so a lock taken early is held while everything
// after it runs. (ROLLBACK TO gives back what was taken since the savepoint.)

#include <cstdint>
#include <vector>

#include "migcheck/plan.hpp"
#include "migcheck/transaction.hpp"

namespace migcheck {

// What made the transaction.
enum class TransactionKind : std::uint8_t {
  Autocommit,  // one statement alone
  Explicit,    // BEGIN … COMMIT in the file
  Tool,        // the migration tool's
  Implicit,    // several statements in one simple query
};

// A statement in a transaction.
struct Step {
  Place place;
  const ast::Statement* statement = nullptr;  // valid while its file is at hand
  std::vector<RelationSummary> relations;     // what it locked and did
  bool target = true;                         // false: of a file that is history
};

// A lock and how long it is held: steps `first` to `last` of its transaction. A relation that is locked more
// strongly later on has one entry per mode: the weaker one stays held, as in PostgreSQL.
struct HeldLock {
  static constexpr std::uint32_t kStillHeld = 0xFFFFFFFF;
  RelationRef relation;
  LockMode mode = LockMode::None;
  std::uint32_t first = 0;          // the step that took this mode
  std::uint32_t last = kStillHeld;  // the transaction's last step, or the last before ROLLBACK TO
  bool new_here = false;            // nobody else can want it
  bool of_index = false;            // the relation is an index
};

struct TransactionRecord {
  std::uint32_t number = 0;  // counts up through the run; 0 is none
  TransactionKind kind = TransactionKind::Autocommit;
  std::vector<Step> steps;
  std::vector<HeldLock> locks;
  bool committed = false;  // false while open, and after ROLLBACK
  // A statement in it certainly fails. PostgreSQL would refuse everything after that; the replay leaves out
  // what the statement would have changed and goes on, so that one mistake hides nothing else.
  bool failed = false;
  // In a block, as PostgreSQL counts it: CREATE INDEX CONCURRENTLY is refused.
  [[nodiscard]] bool is_block() const { return kind != TransactionKind::Autocommit; }
};

}  // namespace migcheck
