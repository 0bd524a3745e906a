// SPDX-License-Identifier: MIT
#include <utility>

#include "replay/state.hpp"

namespace migcheck {

namespace {

bool is_tool_transaction(const Section& section) {
  return section.wrapping == Wrapping::Transaction;
}

// Is there a statement of that number before the section's end?
bool stands_in(const ast::StatementStream& statements, std::size_t number, const Section& section) {
  return statements.has(number) && statements[number]->span.begin < section.span.end;
}

}  // namespace

void Replay::State::run(const ReplayFile& file, ReplayObserver& observer) {
  at_ = {&file, nullptr, &observer};
  begin_file(file);
  if (file.sections == nullptr || file.sections->empty()) {
    for (const ast::Statement* statement : *file.statements) run_at_top(*statement);
  } else {
    run_sections(file, Direction::Up);
  }
  end_file(file);
  at_ = {};
}

void Replay::State::finish(ReplayObserver& observer) {
  // Whatever ends here belongs to no file.
  const ReplayFile nothing;
  at_ = {&nothing, nullptr, &observer};
  end_of_tool();
  if (open_) close(false);
  batch_.reset();
  at_ = {};
}

// Files of one batch share a transaction and so a connection. Otherwise a tool that connects anew for every
// file loses what the last session had open or set.
void Replay::State::begin_file(const ReplayFile& file) {
  next_reconnect_ = 0;
  if (!open_) called_ = ast::Arena();
  if (file.continues) return;
  const bool same_batch = batch_ && *batch_ == file.change && file.target;
  if (!same_batch) {
    end_of_tool();
    batch_.reset();
    if (!model_.keeps_session) new_session();
  }
  if (model_.spans_files && file.target) batch_ = file.change;
}

void Replay::State::end_file(const ReplayFile& file) {
  reconnect_before(0xFFFFFFFF);
  if (file.goes_on) return prepared_statements_.clear();
  if (!(model_.spans_files && file.target)) end_of_tool();
  if (!model_.keeps_session && !batch_) new_session();
  prepared_statements_.clear();
}

void Replay::State::new_session() {
  if (open_) close(false);
  std::vector<catalog::ObjectId> temporary;
  for (const catalog::Object* object : catalog_.in_schema("pg_temp")) {
    temporary.push_back(catalog::base(*object).id);
  }
  drop_objects(temporary);
  session_.reset();
  prepared_statements_.clear();
}

void Replay::State::reconnect_before(std::uint32_t offset) {
  if (at_.file->reconnects == nullptr) return;
  const std::vector<std::uint32_t>& places = *at_.file->reconnects;
  while (next_reconnect_ < places.size() && places[next_reconnect_] < offset) {
    new_session();
    ++next_reconnect_;
  }
}

void Replay::State::run_sections(const ReplayFile& file, Direction direction) {
  const ast::StatementStream& statements = *file.statements;
  const Section* before = nullptr;
  std::size_t next = 0;
  for (const Section& section : *file.sections) {
    while (statements.has(next) && statements[next]->span.begin < section.span.begin) ++next;
    if (!stands_in(statements, next, section)) continue;
    if (section.direction != direction) {
      while (stands_in(statements, next, section)) ++next;
      continue;
    }
    const bool goes_on = before != nullptr && is_tool_transaction(*before) && is_tool_transaction(section) &&
                         before->unit == section.unit;
    if (before != nullptr && !goes_on && !batch_) end_of_tool();
    next = run_section(section, next);
    before = &section;
  }
}

// From that statement on to the first one behind the section, which is returned.
std::size_t Replay::State::run_section(const Section& section, std::size_t next) {
  const ast::StatementStream& statements = *at_.file->statements;
  at_.section = &section;
  if (is_tool_transaction(section)) begin_of_tool();
  // One statement alone in a simple query is no transaction.
  implicit_ = section.wrapping == Wrapping::SimpleQuery && stands_in(statements, next + 1, section);
  for (; stands_in(statements, next, section); ++next) run_at_top(*statements[next]);
  implicit_ = false;
  if (open_ && open_->record.kind == TransactionKind::Implicit) close(true);
  at_.section = nullptr;
  return next;
}

void Replay::State::run_at_top(const ast::Statement& statement) {
  reconnect_before(statement.span.begin);
  run_statement(statement);
}

}  // namespace migcheck
