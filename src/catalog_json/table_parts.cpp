// SPDX-License-Identifier: MIT

// Constraints, indexes, policies, triggers and rules, as members of the relation that they are on.

#include <algorithm>
#include <string_view>

#include "catalog_json/writing.hpp"

namespace migcheck::catalog_json_room {

using namespace catalog;

namespace {

std::string_view word(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::Check:
      return "check";
    case ConstraintKind::PrimaryKey:
      return "primary key";
    case ConstraintKind::Unique:
      return "unique";
    case ConstraintKind::Exclusion:
      return "exclusion";
    case ConstraintKind::ForeignKey:
      return "foreign key";
  }
  return "";
}

std::string_view word(ast::ReferentialAction action) {
  switch (action) {
    case ast::ReferentialAction::NoAction:
      return "no action";
    case ast::ReferentialAction::Restrict:
      return "restrict";
    case ast::ReferentialAction::Cascade:
      return "cascade";
    case ast::ReferentialAction::SetNull:
      return "set null";
    case ast::ReferentialAction::SetDefault:
      return "set default";
  }
  return "";
}

std::string_view word(TriggerState state) {
  switch (state) {
    case TriggerState::Origin:
      return "origin";
    case TriggerState::Disabled:
      return "disabled";
    case TriggerState::Replica:
      return "replica";
    case TriggerState::Always:
      return "always";
  }
  return "";
}

std::string_view word(ast::PolicyCommand command) {
  switch (command) {
    case ast::PolicyCommand::All:
      return "all";
    case ast::PolicyCommand::Select:
      return "select";
    case ast::PolicyCommand::Insert:
      return "insert";
    case ast::PolicyCommand::Update:
      return "update";
    case ast::PolicyCommand::Delete:
      return "delete";
  }
  return "";
}

std::string_view word(ast::CreateTrigger::Timing timing) {
  switch (timing) {
    case ast::CreateTrigger::Timing::Before:
      return "before";
    case ast::CreateTrigger::Timing::After:
      return "after";
    case ast::CreateTrigger::Timing::InsteadOf:
      return "instead of";
  }
  return "";
}

// The items by name: PostgreSQL keeps no order of its own among them that a reader could rely on.
template <typename List>
auto by_name(const List& items) {
  using T = typename List::value_type;
  std::vector<const T*> sorted;
  for (const T& item : items) sorted.push_back(&item);
  std::stable_sort(sorted.begin(), sorted.end(), [](const T* a, const T* b) { return a->name < b->name; });
  return sorted;
}

void write_referenced(const Writing& to, const Constraint& constraint, const std::vector<Column>& own) {
  if (constraint.kind != ConstraintKind::ForeignKey) return write_null(to, "references");
  const Table* target = to.catalog.get<Table>(constraint.references);
  to.json.object("references");
  to.json.member("table", target == nullptr ? constraint.references_name : qualified(*target));
  write_column_names(to, "columns", constraint.referenced_columns,
                     target == nullptr ? std::vector<Column>{} : target->columns);
  to.json.member("on_delete", word(constraint.on_delete)).member("on_update", word(constraint.on_update));
  to.json.member("match_full", constraint.match_full);
  write_column_names(to, "delete_columns", constraint.delete_columns, own);
  to.json.end_object();
}

}  // namespace

std::string_view name_of(ColumnNumber number, const std::vector<Column>& columns) {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& item) { return item.number == number; });
  return found == columns.end() ? std::string_view{} : std::string_view(found->name);
}

void write_name(const Writing& to, std::string_view key, const Index* index) {
  index == nullptr ? write_null(to, key) : static_cast<void>(to.json.member(key, index->name));
}

void write_constraints(const Writing& to, const Table& table) {
  to.json.array("constraints");
  for (const Constraint* constraint : by_name(table.constraints)) {
    to.json.begin_object().member("name", constraint->name).member("kind", word(constraint->kind));
    write_column_names(to, "columns", constraint->columns, table.columns);
    to.json.member("valid", constraint->valid).member("enforced", constraint->enforced);
    to.json.member("deferrable", constraint->deferrable);
    to.json.member("initially_deferred", constraint->initially_deferred);
    to.json.member("no_inherit", constraint->no_inherit);
    write_sql(to, "expression", constraint->expression);
    write_texts(to, "operators", constraint->operators);
    write_name(to, "index", to.catalog.get<Index>(constraint->index));
    write_referenced(to, *constraint, table.columns);
    write_place(to, constraint->origin);
    to.json.end_object();
  }
  to.json.end_array();
}

void write_policies(const Writing& to, const Table& table) {
  to.json.array("policies");
  for (const Policy* policy : by_name(table.policies)) {
    to.json.begin_object().member("name", policy->name).member("command", word(policy->command));
    to.json.member("permissive", policy->permissive);
    std::vector<std::string> roles = policy->roles;
    std::sort(roles.begin(), roles.end());
    write_texts(to, "roles", roles);
    to.json.member("has_using", policy->using_expression != nullptr);
    to.json.member("has_check", policy->check_expression != nullptr);
    write_sql(to, "using", policy->using_expression);
    write_sql(to, "check", policy->check_expression);
    write_place(to, policy->origin);
    to.json.end_object();
  }
  to.json.end_array();
}

void write_keys(const Writing& to, const std::vector<KeyElement>& keys, const std::vector<Column>& columns) {
  to.json.array("keys");
  for (const KeyElement& key : keys) {
    to.json.begin_object();
    key.column == 0 ? write_null(to, "column")
                    : static_cast<void>(to.json.member("column", name_of(key.column, columns)));
    write_sql(to, "expression", key.expression);
    to.json.member("operator_class", key.operator_class).member("collation", key.collation);
    to.json.member("descending", key.descending).member("nulls_first", key.nulls_first).end_object();
  }
  to.json.end_array();
}

void write_triggers(const Writing& to, const catalog::Parts<Trigger>& triggers,
                    const std::vector<Column>& columns) {
  to.json.array("triggers");
  for (const Trigger* trigger : by_name(triggers)) {
    to.json.begin_object().member("name", trigger->name).member("timing", word(trigger->timing));
    to.json.array("events");
    if (trigger->on_insert) to.json.value("insert");
    if (trigger->on_update) to.json.value("update");
    if (trigger->on_delete) to.json.value("delete");
    if (trigger->on_truncate) to.json.value("truncate");
    to.json.end_array().member("row", trigger->row).member("function", trigger->function);
    write_column_names(to, "columns", trigger->update_columns, columns);
    to.json.member("has_when", trigger->when != nullptr).member("constraint", trigger->constraint);
    write_sql(to, "when", trigger->when);
    to.json.member("enabled", trigger->state != TriggerState::Disabled);
    to.json.member("state", word(trigger->state));
    to.json.member("deferrable", trigger->deferrable);
    to.json.member("initially_deferred", trigger->initially_deferred);
    write_texts(to, "arguments", trigger->arguments);
    write_texts(to, "transition_tables", trigger->transition_tables);
    write_place(to, trigger->origin);
    to.json.end_object();
  }
  to.json.end_array();
}

void write_rules(const Writing& to, const Parts<Rule>& rules) {
  to.json.array("rules");
  for (const Rule* rule : by_name(rules)) {
    to.json.begin_object().member("name", rule->name).member("event", rule->event);
    to.json.member("instead", rule->instead).member("enabled", rule->enabled);
    write_place(to, rule->origin);
    to.json.end_object();
  }
  to.json.end_array();
}

void write_indexes(const Writing& to, ObjectId relation, const std::vector<Column>& columns) {
  std::vector<const Index*> indexes = to.catalog.indexes_of(relation);
  std::sort(indexes.begin(), indexes.end(), [](const Index* a, const Index* b) { return a->name < b->name; });
  to.json.array("indexes");
  for (const Index* index : indexes) {
    to.json.begin_object().member("name", index->name).member("method", index->method);
    std::vector<ColumnNumber> keys;
    for (const KeyElement& key : index->keys) keys.push_back(key.column);
    write_column_names(to, "columns", keys, columns);
    write_column_names(to, "including", index->including, columns);
    to.json.member("unique", index->unique).member("primary", index->primary).member("valid", index->valid);
    to.json.member("has_predicate", index->predicate != nullptr);
    to.json.member("nulls_not_distinct", index->nulls_not_distinct);
    write_sql(to, "predicate", index->predicate);
    write_keys(to, index->keys, columns);
    write_options(to, index->options);
    write_place(to, index->origin);
    to.json.end_object();
  }
  to.json.end_array();
}

}  // namespace migcheck::catalog_json_room
