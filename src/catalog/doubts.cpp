// SPDX-License-Identifier: MIT

// What is known of an object after a statement that may or may not run.

#include <algorithm>
#include <tuple>
#include <utility>

#include "migcheck/catalog/objects.hpp"

namespace migcheck::catalog {

namespace {

auto facts(const Column& column) {
  return std::tie(column.name, column.number, column.type, column.collation, column.default_value,
                  column.generated, column.identity, column.not_null, column.not_null_valid,
                  column.not_null_name, column.sequence, column.storage, column.compression, column.local,
                  column.inherited);
}

auto facts(const Constraint& constraint) {
  return std::tie(constraint.name, constraint.kind, constraint.columns, constraint.expression,
                  constraint.references, constraint.references_name, constraint.referenced_columns,
                  constraint.on_delete, constraint.on_update, constraint.index, constraint.valid,
                  constraint.enforced, constraint.deferrable, constraint.initially_deferred,
                  constraint.no_inherit, constraint.match_full, constraint.delete_columns, constraint.local,
                  constraint.inherited);
}

auto facts(const Trigger& trigger) {
  return std::tie(trigger.name, trigger.function, trigger.function_id, trigger.timing, trigger.on_insert,
                  trigger.on_update, trigger.on_delete, trigger.on_truncate, trigger.update_columns,
                  trigger.when, trigger.state, trigger.row, trigger.constraint);
}

auto facts(const Rule& rule) {
  return std::tie(rule.name, rule.event, rule.instead, rule.enabled);
}

auto facts(const Policy& policy) {
  return std::tie(policy.name, policy.command, policy.permissive, policy.roles, policy.using_expression,
                  policy.check_expression);
}

// What makes it the table that it is: with another of these nothing of it can be relied on.
bool is_same_table(const Table& before, const Table& now) {
  return std::tie(before.schema, before.name, before.kind, before.partition_of, before.inherits,
                  before.of_type, before.bound) ==
         std::tie(now.schema, now.name, now.kind, now.partition_of, now.inherits, now.of_type, now.bound);
}

void add(std::vector<Doubt>& doubts, Doubt doubt) {
  if (std::find(doubts.begin(), doubts.end(), doubt) == doubts.end()) doubts.push_back(std::move(doubt));
}

template <typename List>
bool has_same(const List& parts, const typename List::value_type& wanted) {
  return std::any_of(parts.begin(), parts.end(), [&](const auto& part) {
    return part.name == wanted.name && facts(part) == facts(wanted);
  });
}

// The parts that are in one of the lists only, or differ.
template <typename List>
void compare(const List& before, const List& now, TablePart part, std::vector<Doubt>& doubts) {
  for (const auto& old : before) {
    if (!has_same(now, old)) add(doubts, {part, old.name});
  }
  for (const auto& one : now) {
    if (!has_same(before, one)) add(doubts, {part, one.name});
  }
}

void compare(const Table& before, Table& now) {
  compare(before.columns, now.columns, TablePart::Column, now.doubts);
  compare(before.constraints, now.constraints, TablePart::Constraint, now.doubts);
  compare(before.triggers, now.triggers, TablePart::Trigger, now.doubts);
  compare(before.rules, now.rules, TablePart::Rule, now.doubts);
  compare(before.policies, now.policies, TablePart::Policy, now.doubts);
  if (std::tie(before.row_security, before.force_row_security) !=
      std::tie(now.row_security, now.force_row_security)) {
    add(now.doubts, {TablePart::RowSecurity, {}});
  }
}

}  // namespace

bool Table::is_doubtful(TablePart part, std::string_view part_name) const {
  return uncertain || std::any_of(doubts.begin(), doubts.end(), [&](const Doubt& doubt) {
           return doubt.part == part && (part_name.empty() || doubt.name.empty() || doubt.name == part_name);
         });
}

bool Table::is_certain() const {
  return !uncertain && std::all_of(doubts.begin(), doubts.end(),
                                   [](const Doubt& doubt) { return doubt.part == TablePart::NotNull; });
}

void Table::settle(TablePart part, std::string_view part_name) {
  std::erase_if(doubts, [&](const Doubt& doubt) { return doubt.part == part && doubt.name == part_name; });
}

Object doubted(const Object* before, Object now) {
  auto* table = std::get_if<Table>(&now);
  const auto* old = before == nullptr ? nullptr : std::get_if<Table>(before);
  if (table == nullptr || old == nullptr || !is_same_table(*old, *table)) {
    std::visit([](auto& held) { held.uncertain = true; }, now);
    return now;
  }
  // What the statement would have settled is settled only if it runs.
  for (const Doubt& doubt : old->doubts) add(table->doubts, doubt);
  const std::size_t known = table->doubts.size();
  compare(*old, *table);
  // Something else was touched: its owner, its options, who may do what with it.
  if (table->doubts.size() == known) add(table->doubts, {TablePart::Other, {}});
  return now;
}

}  // namespace migcheck::catalog
