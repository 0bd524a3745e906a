// SPDX-License-Identifier: MIT
#include "replay/open_transaction.hpp"

#include <algorithm>

namespace migcheck::replay {

OpenTransaction::OpenTransaction(std::uint32_t number, TransactionKind kind,
                                 SessionState::Snapshot session_before)
    : session_before_(std::move(session_before)) {
  record.number = number;
  record.kind = kind;
}

void OpenTransaction::add_step(Step step) {
  const auto number = static_cast<std::uint32_t>(record.steps.size());
  for (RelationSummary& relation : step.relations) locks_.take(record, relation, number);
  record.steps.push_back(std::move(step));
}

void OpenTransaction::savepoint(std::string_view name, SessionState& session) {
  savepoints_.push_back(
      {std::string(name), journal_.size(), locks_.held(), drop_on_commit_.size(), session.mark()});
}

std::vector<OpenTransaction::Savepoint>::iterator OpenTransaction::find(std::string_view name) {
  const auto found = std::find_if(savepoints_.rbegin(), savepoints_.rend(),
                                  [&](const Savepoint& savepoint) { return savepoint.name == name; });
  return found == savepoints_.rend() ? savepoints_.end() : std::prev(found.base());
}

bool OpenTransaction::release(std::string_view name) {
  const auto found = find(name);
  if (found == savepoints_.end()) return false;
  savepoints_.erase(found, savepoints_.end());
  return true;
}

bool OpenTransaction::rollback_to(std::string_view name, catalog::Catalog& catalog, SessionState& session) {
  const auto found = find(name);
  if (found == savepoints_.end()) return false;
  undo_back_to(found->journal, catalog);
  locks_.give_back(record, found->locks, last_step());
  drop_on_commit_.resize(found->drops);
  session.restore(found->session);
  savepoints_.erase(std::next(found), savepoints_.end());
  return true;
}

void OpenTransaction::rollback(catalog::Catalog& catalog, SessionState& session) {
  undo_back_to(0, catalog);
  session.restore(session_before_);
}

void OpenTransaction::end(bool committed) {
  locks_.give_back_all(record, last_step());
  record.committed = committed;
}

std::uint32_t OpenTransaction::last_step() const {
  return record.steps.empty() ? 0 : static_cast<std::uint32_t>(record.steps.size() - 1);
}

void OpenTransaction::undo_back_to(std::size_t journal, catalog::Catalog& catalog) {
  while (journal_.size() > journal) {
    catalog.undo(std::move(journal_.back()));
    journal_.pop_back();
  }
}

}  // namespace migcheck::replay
