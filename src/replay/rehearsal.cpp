// SPDX-License-Identifier: MIT

// The way back of a migration, run to see where it leads, and taken back.

#include "replay/state.hpp"

namespace migcheck {
namespace {

const Section* section_down(const ReplayFile& file, const ast::Statement& statement) {
  if (file.sections == nullptr) return nullptr;
  for (const Section& section : *file.sections) {
    if (section.direction == Direction::Down && section.span.contains(statement.span)) return &section;
  }
  return nullptr;
}

}  // namespace

// BEGIN and COMMIT of the file are stepped over: the rehearsal is one transaction, so that it can be undone.
bool Replay::State::rehearse_way_back(const ReplayFile& file, ReplayObserver& observer,
                                      const std::function<void(const catalog::Catalog&)>& look) {
  if (open_ || batch_) return false;
  at_ = {&file, nullptr, &observer};
  rehearsing_ = true;
  open(TransactionKind::Tool);
  for (const ast::Statement* statement : *file.statements) {
    at_.section = section_down(file, *statement);
    if (at_.section == nullptr || statement->kind == ast::NodeKind::Transaction) continue;
    perform(*statement, Call{*statement});
  }
  look(catalog_);
  open_->rollback(catalog_, session_);
  open_.reset();
  --transactions_;  // it never was
  session_.set_in_transaction(false);
  rehearsing_ = false;
  at_ = {};
  return true;
}

// Transactions are the tool's own here: what they commit is kept to be taken back at the end.
bool Replay::State::run_way_back(const ReplayFile& file, ReplayObserver& observer) {
  if (open_ || batch_ || file.sections == nullptr) return false;
  at_ = {&file, nullptr, &observer};
  rehearsing_ = true;
  const replay::SessionState::Snapshot before = session_.mark();
  next_reconnect_ = 0;
  run_sections(file, Direction::Down);
  end_of_tool();
  if (open_) close(false);
  for (; !rehearsed_.empty(); rehearsed_.pop_back()) catalog_.undo(std::move(rehearsed_.back()));
  session_.restore(before);
  prepared_statements_.clear();
  rehearsing_ = false;
  at_ = {};
  return true;
}

}  // namespace migcheck
