// SPDX-License-Identifier: MIT
#pragma once

// The transaction that is running: what it did to the catalog and to the session, so that ROLLBACK and
// ROLLBACK TO can take it back, and which locks it holds.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migcheck/timeline.hpp"
#include "replay/lock_book.hpp"
#include "replay/session_state.hpp"

namespace migcheck::replay {

class OpenTransaction {
 public:
  OpenTransaction(std::uint32_t number, TransactionKind kind, SessionState::Snapshot session_before);

  TransactionRecord record;

  void add_step(Step step);
  void applied(catalog::Undo undo) { journal_.push_back(std::move(undo)); }
  // A table that goes when the transaction commits.
  void drop_on_commit(catalog::ObjectId table) { drop_on_commit_.push_back(table); }
  [[nodiscard]] const std::vector<catalog::ObjectId>& dropped_on_commit() const { return drop_on_commit_; }

  // Savepoints may share a name; the latest one counts. False: there is none of that name.
  void savepoint(std::string_view name, SessionState& session);
  bool release(std::string_view name);
  bool rollback_to(std::string_view name, catalog::Catalog& catalog, SessionState& session);

  void rollback(catalog::Catalog& catalog, SessionState& session);
  // The record is complete after this.
  void end(bool committed);
  [[nodiscard]] std::vector<catalog::Undo> take_journal() { return std::move(journal_); }

 private:
  struct Savepoint {
    std::string name;
    std::size_t journal;
    std::size_t locks;
    std::size_t drops;
    SessionState::Snapshot session;
  };
  [[nodiscard]] std::vector<Savepoint>::iterator find(std::string_view name);
  [[nodiscard]] std::uint32_t last_step() const;
  void undo_back_to(std::size_t journal, catalog::Catalog& catalog);

  LockBook locks_;
  std::vector<catalog::Undo> journal_;
  std::vector<Savepoint> savepoints_;
  std::vector<catalog::ObjectId> drop_on_commit_;
  SessionState::Snapshot session_before_;
};

}  // namespace migcheck::replay
