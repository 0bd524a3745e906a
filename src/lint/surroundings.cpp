// SPDX-License-Identifier: MIT

#include "lint/surroundings.hpp"

#include <algorithm>

#include "lint/said_names.hpp"

namespace migcheck {
namespace {

const Section* section_of(const ReplayFile& file, const ast::Statement& statement) {
  if (file.sections == nullptr) return nullptr;
  for (const Section& section : *file.sections) {
    if (section.span.contains(statement.span)) return &section;
  }
  return nullptr;
}

Direction way_of(const Moment& moment) {
  return moment.section == nullptr ? Direction::Up : moment.section->direction;
}

// The tool runs it with the statement at hand: it stands in a section of the same way, or the file has none.
bool is_run(const Moment& moment, const ast::Statement& statement) {
  if (moment.file.sections == nullptr || moment.file.sections->empty()) return true;
  const Section* section = section_of(moment.file, statement);
  return section != nullptr && section->direction == way_of(moment);
}

// The sections share one transaction.
bool same_unit(const Section* left, const Section* right) {
  if (left == right) return true;
  return left != nullptr && right != nullptr && left->wrapping == Wrapping::Transaction &&
         right->wrapping == Wrapping::Transaction && left->unit == right->unit;
}

bool ends_transaction(const ast::Statement& statement) {
  const auto* control = ast::as<ast::Transaction>(&statement);
  if (control == nullptr) return false;
  using Action = ast::Transaction::Action;
  return control->action == Action::Commit || control->action == Action::Rollback ||
         control->action == Action::Prepare;
}

// What the DO block holds; nothing of other statements.
ast::List<ast::BodyStatement> held_by(const ast::Statement& statement) {
  const auto* block = ast::as<ast::DoBlock>(&statement);
  return block == nullptr || block->body == nullptr ? ast::List<ast::BodyStatement>{}
                                                    : block->body->statements;
}

}  // namespace

void Surroundings::follow(const Moment& moment) {
  if (statements_ == moment.file.statements) return;
  clear();
  statements_ = moment.file.statements;
}

void Surroundings::read_until(std::uint32_t end) {
  for (; read_ < end && statements_->has(read_); ++read_) {
    const ast::Statement& statement = *(*statements_)[read_];
    note({read_, 0}, statement);
    std::uint32_t inner = 0;
    for (const ast::BodyStatement& held : held_by(statement)) {
      ++inner;
      if (held.statement == nullptr) continue;
      inner_[held.statement] = inner;
      note({read_, inner}, *held.statement);
    }
  }
}

void Surroundings::note(Place place, const ast::Statement& statement) {
  SaidNames([&](std::string_view name) {
    if (name.empty()) return;
    std::vector<Saying>& sayings = sayings_[name];
    if (sayings.empty() || sayings.back().statement != &statement) sayings.push_back({place, &statement});
  }).of(statement);
}

std::uint32_t Surroundings::number_of(const Moment& moment) const {
  return static_cast<std::uint32_t>(statements_->first_ending_behind(moment.outer.span.begin));
}

// What a DO block runs that is not written in it (a function that it calls) comes behind all of it.
Surroundings::Place Surroundings::place_of(const Moment& moment) const {
  if (!moment.is_inner()) return {number_of(moment), 0};
  const auto found = inner_.find(&moment.statement);
  return {number_of(moment), found == inner_.end() ? kNone : found->second};
}

Surroundings::Statements Surroundings::earlier(const Moment& moment, Names names) {
  follow(moment);
  if (statements_ == nullptr) return {};
  if (!names.empty() || moment.is_inner()) read_until(number_of(moment) + 1);
  return between(moment, {}, place_of(moment), names);
}

Surroundings::Statements Surroundings::rest_of_file(const Moment& moment, Names names) {
  follow(moment);
  if (statements_ == nullptr) return {};
  if (!names.empty() || moment.is_inner()) read_until(names.empty() ? number_of(moment) + 1 : kNone);
  return between(moment, place_of(moment), {kNone, 0}, names);
}

Surroundings::Statements Surroundings::rest_of_transaction(const Moment& moment, Names names,
                                                           bool in_transaction) {
  follow(moment);
  if (statements_ == nullptr) return {};
  const std::uint32_t end = in_transaction ? end_of_transaction(moment) : number_of(moment) + 1;
  if (!names.empty() || moment.is_inner()) read_until(names.empty() ? number_of(moment) + 1 : end);
  return between(moment, place_of(moment), {end, 0}, names);
}

// The first statement behind the moment's that another transaction runs, or that ends this one.
std::uint32_t Surroundings::end_of_transaction(const Moment& moment) {
  const bool tool = moment.transaction.kind == TransactionKind::Tool ||
                    moment.transaction.kind == TransactionKind::Implicit;
  const Section* home = section_of(moment.file, moment.outer);
  const std::uint32_t number = number_of(moment);
  if (reach_.from <= number && number < reach_.to && reach_.home == home && reach_.tool == tool &&
      reach_.way == way_of(moment))
    return reach_.to;
  std::uint32_t end = number + 1;
  for (; statements_->has(end); ++end) {
    const ast::Statement& statement = *(*statements_)[end];
    if (!is_run(moment, statement)) continue;
    if (ends_transaction(statement) || (tool && !same_unit(home, section_of(moment.file, statement)))) break;
  }
  reach_ = {number, end, home, tool, way_of(moment)};
  return end;
}

// The statement at hand is not among them, nor the one that holds it, nor what it holds.
Surroundings::Statements Surroundings::between(const Moment& moment, Place begin, Place end,
                                               Names names) const {
  const std::vector<Saying>* shortest = nullptr;
  for (const std::string_view name : names) {
    const auto found = sayings_.find(name);
    if (found == sayings_.end()) return {};
    if (shortest == nullptr || found->second.size() < shortest->size()) shortest = &found->second;
  }
  if (shortest == nullptr) return all_between(moment, begin, end);
  Statements found;
  const std::uint32_t here = number_of(moment);
  auto saying = std::partition_point(shortest->begin(), shortest->end(),
                                     [&](const Saying& one) { return one.place < begin; });
  for (; saying != shortest->end() && saying->place < end; ++saying) {
    const bool neighbour = moment.is_inner() && saying->place.inner > 0 && saying->place != begin;
    if (saying->place.number == here ? neighbour : is_run(moment, *(*statements_)[saying->place.number]))
      found.push_back(saying->statement);
  }
  return found;
}

Surroundings::Statements Surroundings::all_between(const Moment& moment, Place begin, Place end) const {
  Statements found;
  const std::uint32_t here = number_of(moment);
  for (std::uint32_t number = begin.number; Place{number, 0} < end && statements_->has(number); ++number) {
    const ast::Statement& statement = *(*statements_)[number];
    const bool itself = number == here;
    if (itself ? !moment.is_inner() : !is_run(moment, statement)) continue;
    if (!itself) found.push_back(&statement);
    std::uint32_t inner = 0;
    for (const ast::BodyStatement& held : held_by(statement)) {
      const Place place{number, ++inner};
      if (held.statement != nullptr && place > begin && place < end) found.push_back(held.statement);
    }
  }
  return found;
}

bool Surroundings::any_earlier(const Moment& moment, const Check* asking, const Wanted& wanted) {
  follow(moment);
  if (statements_ == nullptr) return false;
  const std::uint32_t here = number_of(moment);
  Answer& answer = answers_[asking];
  for (; answer.asked < here && answer.first == kNone; ++answer.asked) {
    if (wanted(*(*statements_)[answer.asked])) answer.first = answer.asked;
  }
  if (answer.first < here) return true;
  if (!moment.is_inner()) return false;
  for (const ast::BodyStatement& held : held_by(moment.outer)) {
    if (held.statement == &moment.statement) return false;
    if (held.statement != nullptr && wanted(*held.statement)) return true;
  }
  return false;
}

}  // namespace migcheck
