// SPDX-License-Identifier: MIT
#include <utility>

#include "replay/state.hpp"

namespace migcheck {

namespace {

bool is_tool_transaction(const Section& section) {
  return section.wrapping == Wrapping::Transaction;
}

}  // namespace

void Replay::State::run(const ReplayFile& file, ReplayObserver& observer) {
  at_ = {&file, nullptr, &observer};
  begin_file(file);
  if (file.sections == nullptr || file.sections->empty()) {
    run_statements(*file.statements, 0, file.statements->size());
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
  const Statements& statements = *file.statements;
  const Section* before = nullptr;
  std::size_t next = 0;
  for (const Section& section : *file.sections) {
    while (next < statements.size() && statements[next]->span.begin < section.span.begin) ++next;
    std::size_t end = next;
    while (end < statements.size() && statements[end]->span.begin < section.span.end) ++end;
    if (section.direction == direction && end > next) {
      const bool goes_on = before != nullptr && is_tool_transaction(*before) &&
                           is_tool_transaction(section) && before->unit == section.unit;
      if (before != nullptr && !goes_on && !batch_) end_of_tool();
      run_section(section, statements, next, end);
      before = &section;
    }
    next = end;
  }
}

void Replay::State::run_section(const Section& section, const Statements& statements, std::size_t begin,
                                std::size_t end) {
  at_.section = &section;
  if (is_tool_transaction(section)) begin_of_tool();
  // One statement alone in a simple query is no transaction.
  implicit_ = section.wrapping == Wrapping::SimpleQuery && end - begin > 1;
  run_statements(statements, begin, end);
  implicit_ = false;
  if (open_ && open_->record.kind == TransactionKind::Implicit) close(true);
  at_.section = nullptr;
}

void Replay::State::run_statements(const Statements& statements, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    reconnect_before(statements[i]->span.begin);
    run_statement(*statements[i]);
  }
}

}  // namespace migcheck
