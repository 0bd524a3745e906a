// SPDX-License-Identifier: MIT
// INSERT, UPDATE, DELETE and MERGE as readers: their target and the columns that they name count too.
#include <algorithm>

#include "plan/query/scope.hpp"

namespace migcheck::plan {

Source QueryResolver::target(const ast::RelationName& relation, const ast::Alias& alias) {
  Source source;
  source.name = std::string(alias.name.empty() ? relation.name : alias.name.text);
  const catalog::Object* object = lookup_.relation(relation.schema, relation.name);
  if (object == nullptr) {
    source.output.known = false;
    return source;
  }
  source.output = columns_of_relation(*object);
  if (alias.name.empty()) source.schema = catalog::base(*object).schema;
  note_relation(catalog::base(*object).id, relation.span);
  return source;
}

void QueryResolver::target_columns(ast::List<ast::Name> columns, const Source& target) {
  for (const ast::Name& name : columns) {
    for (const OutputColumn& column : target.output.columns) {
      if (column.name == name.text) note(column, name.span);
    }
  }
}

void QueryResolver::assignments(ast::List<const ast::Assignment*> set, const Source& target,
                                const Scope& scope) {
  const ast::Expression* last = nullptr;
  for (const ast::Assignment* assignment : set) {
    target_columns({&assignment->column, 1}, target);
    // (a, b) = (SELECT …): the columns share one value.
    if (assignment->value != nullptr && assignment->value != last) expression(assignment->value, scope);
    last = assignment->value;
  }
}

QueryOutput QueryResolver::insert(const ast::Insert& statement, const Scope* outer) {
  Scope scope;
  scope.outer = outer;
  with(statement.with, scope);
  const Source into = target(statement.relation, statement.alias);
  target_columns(statement.columns, into);
  if (statement.source != nullptr) select(*statement.source, &scope);
  // Most have neither, and files of data hold thousands: the target's columns are not copied for them.
  if (statement.on_conflict == nullptr && statement.returning.empty()) return {};
  scope.visible = into.output;
  scope.sources.push_back(into);
  if (const ast::OnConflict* conflict = statement.on_conflict) {
    Scope both;
    both.outer = &scope;
    both.sources.push_back({"excluded", {}, into.output});
    for (const ast::Node* element : conflict->target) {
      const auto* key = ast::as<ast::IndexElement>(element);
      if (key != nullptr && !key->column.empty()) target_columns({&key->column, 1}, into);
      if (key != nullptr && key->expression != nullptr) expression(key->expression, both);
    }
    if (conflict->target_where != nullptr) expression(conflict->target_where, both);
    assignments(conflict->set, into, both);
    if (conflict->where != nullptr) expression(conflict->where, both);
  }
  return items(statement.returning, scope);
}

QueryOutput QueryResolver::update(const ast::Update& statement, const Scope* outer) {
  Scope scope;
  scope.outer = outer;
  with(statement.with, scope);
  scope.sources.push_back(target(statement.relation, statement.alias));
  scope.visible = scope.sources.front().output;
  from(statement.from, scope);
  assignments(statement.set, scope.sources.front(), scope);
  if (statement.where != nullptr) expression(statement.where, scope);
  return items(statement.returning, scope);
}

QueryOutput QueryResolver::remove(const ast::Delete& statement, const Scope* outer) {
  Scope scope;
  scope.outer = outer;
  with(statement.with, scope);
  scope.sources.push_back(target(statement.relation, statement.alias));
  scope.visible = scope.sources.front().output;
  from(statement.using_items, scope);
  if (statement.where != nullptr) expression(statement.where, scope);
  return items(statement.returning, scope);
}

QueryOutput QueryResolver::merge(const ast::Merge& statement, const Scope* outer) {
  Scope scope;
  scope.outer = outer;
  with(statement.with, scope);
  const Source changed = target(statement.relation, statement.alias);
  scope.sources.push_back(changed);
  scope.visible = changed.output;
  if (statement.source != nullptr) from({&statement.source, 1}, scope);
  if (statement.on != nullptr) expression(statement.on, scope);
  for (const ast::MergeAction* action : statement.actions) {
    if (action->condition != nullptr) expression(action->condition, scope);
    target_columns(action->columns, changed);
    for (const ast::Expression* value : action->values) expression(value, scope);
    assignments(action->set, changed, scope);
  }
  return items(statement.returning, scope);
}

}  // namespace migcheck::plan
