// SPDX-License-Identifier: MIT
#include <iterator>
#include <utility>

#include "replay/state.hpp"

namespace migcheck {

void Replay::State::open(TransactionKind kind) {
  open_.emplace(++transactions_, kind, session_.mark());
}

void Replay::State::close(bool committed) {
  if (committed) {
    if (rehearsing_) {
      std::vector<catalog::Undo> journal = open_->take_journal();
      std::move(journal.begin(), journal.end(), std::back_inserter(rehearsed_));
    }
    drop_objects(open_->dropped_on_commit());
    session_.commit();
  } else {
    open_->rollback(catalog_, session_);
  }
  session_.set_in_transaction(false);
  open_->end(committed);
  // The observer sees the world without it.
  const TransactionRecord record = std::move(open_->record);
  open_.reset();
  at_.observer->on_transaction_end(record, catalog_);
}

// A transaction that the files left open takes the tool's in: its BEGIN is a warning only.
void Replay::State::begin_of_tool() {
  if (!tool_transaction_ && !open_) open(TransactionKind::Tool);
  tool_transaction_ = true;
}

// A COMMIT in the files may have ended the tool's transaction before; then this one is a warning only.
void Replay::State::end_of_tool() {
  if (tool_transaction_ && open_) close(true);
  tool_transaction_ = false;
}

void Replay::State::control(const ast::Transaction& statement, const Call& call) {
  using Action = ast::Transaction::Action;
  const bool inner = call.depth > 0;
  switch (statement.action) {
    case Action::Begin:
      if (inner) break;  // PL/pgSQL has none
      if (!in_block()) {
        open(TransactionKind::Explicit);
      } else if (open_->record.kind == TransactionKind::Implicit) {
        // What the simple query did before becomes part of it.
        open_->record.kind = TransactionKind::Explicit;
      }
      break;
    case Action::Commit:
    case Action::Rollback:
      end_block(statement);
      break;
    case Action::Savepoint:
      if (in_block()) open_->savepoint(statement.name, session_);
      break;
    case Action::Release:
      if (in_block()) open_->release(statement.name);
      break;
    case Action::RollbackTo:
      if (in_block()) open_->rollback_to(statement.name, catalog_, session_);
      break;
    case Action::Prepare:
      prepare(statement.name);
      break;
    case Action::CommitPrepared:
      prepared_transactions_.erase(std::string(statement.name));
      break;
    case Action::RollbackPrepared:
      rollback_prepared(statement.name);
      break;
  }
}

// COMMIT and ROLLBACK. In a DO block that runs outside a transaction block, the next statement begins another
// transaction of the same kind.
void Replay::State::end_block(const ast::Transaction& statement) {
  if (!open_) return;  // a warning: there is no transaction in progress
  const TransactionKind kind = open_->record.kind;
  close(statement.action == ast::Transaction::Action::Commit);
  if (kind == TransactionKind::Autocommit) {
    open(kind);
  } else if (statement.chain) {
    open(TransactionKind::Explicit);
  }
}

void Replay::State::prepare(std::string_view name) {
  if (!in_block()) return;
  if (rehearsing_) return close(true);
  prepared_transactions_[std::string(name)] = {open_->take_journal(), changes_};
  close(true);
}

void Replay::State::rollback_prepared(std::string_view name) {
  const auto found = prepared_transactions_.find(std::string(name));
  if (found == prepared_transactions_.end()) return;
  if (found->second.changes == changes_) {
    std::vector<catalog::Undo>& journal = found->second.journal;
    for (; !journal.empty(); journal.pop_back()) catalog_.undo(std::move(journal.back()));
  }
  prepared_transactions_.erase(found);
}

void Replay::State::drop_objects(const std::vector<catalog::ObjectId>& ids) {
  std::vector<catalog::Change> changes;
  for (const catalog::ObjectId id : ids) {
    for (const catalog::Index* index : catalog_.indexes_of(id)) changes.push_back({index->id, nullptr});
    for (const catalog::Sequence* sequence : catalog_.sequences_of(id)) {
      changes.push_back({sequence->id, nullptr});
    }
    changes.push_back({id, nullptr});
  }
  if (changes.empty()) return;
  catalog::Undo undo = catalog_.apply(std::move(changes));
  if (rehearsing_) rehearsed_.push_back(std::move(undo));
  ++changes_;
}

}  // namespace migcheck
