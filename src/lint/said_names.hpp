// SPDX-License-Identifier: MIT
#pragma once

// The names that a statement says, without schemas: of what it makes, changes, drops or fills, of the table
// that this is on, of the parts that ALTER TABLE is about, and of what a query reads that fills a table.

#include <string_view>

#include "migcheck/ast.hpp"

namespace migcheck {

// Calls visit(std::string_view) with each; one may come twice, and some are empty.
template <typename Visit>
class SaidNames {
 public:
  explicit SaidNames(Visit visit) : visit_(visit) {}

  void of(const ast::Statement& statement) {
    using Kind = ast::NodeKind;
    switch (statement.kind) {
      case Kind::CreateTable:
        return say(get<ast::CreateTable>(statement).relation);
      case Kind::CreateTableAs:
        return say(get<ast::CreateTableAs>(statement).relation), of_tables_in(statement);
      case Kind::CreateView:
        return say(get<ast::CreateView>(statement).relation);
      case Kind::CreateSequence:
        return say(get<ast::CreateSequence>(statement).relation);
      case Kind::CreateFunction:
        return of_function(get<ast::CreateFunction>(statement));
      case Kind::CreateEnum:
        return say(get<ast::CreateEnum>(statement).name);
      case Kind::CreateCompositeType:
        return say(get<ast::CreateCompositeType>(statement).name);
      case Kind::CreateRangeType:
        return say(get<ast::CreateRangeType>(statement).name);
      case Kind::CreateDomain:
        return say(get<ast::CreateDomain>(statement).name);
      case Kind::CreateSchema:
        return say(get<ast::CreateSchema>(statement).name);
      case Kind::CreateDatabase:
        return say(get<ast::CreateDatabase>(statement).name);
      case Kind::CreateIndex:
        return say(get<ast::CreateIndex>(statement).table), say(get<ast::CreateIndex>(statement).name);
      case Kind::CreateTrigger:
        return say(get<ast::CreateTrigger>(statement).table), say(get<ast::CreateTrigger>(statement).name);
      case Kind::CreatePolicy:
        return say(get<ast::CreatePolicy>(statement).table), say(get<ast::CreatePolicy>(statement).name);
      case Kind::DefineObject:
        return say(get<ast::DefineObject>(statement).name);
      case Kind::AlterFunction:
        return say(get<ast::AlterFunction>(statement).target);
      case Kind::SetSchema:
        return say(get<ast::SetSchema>(statement).target);
      case Kind::Rename:
        return say(get<ast::Rename>(statement).target), say(get<ast::Rename>(statement).new_name);
      case Kind::AlterTable:
        return of_alter(get<ast::AlterTable>(statement));
      case Kind::Drop:
        for (const ast::ObjectName& name : get<ast::Drop>(statement).names) say(name);
        return;
      case Kind::Truncate:
        for (const ast::RelationName& name : get<ast::Truncate>(statement).relations) say(name);
        return;
      case Kind::Insert:
        return say(get<ast::Insert>(statement).relation), of_tables_in(statement);
      case Kind::Update:
        return say(get<ast::Update>(statement).relation);
      case Kind::Delete:
        return say(get<ast::Delete>(statement).relation);
      case Kind::Copy:
        return say(get<ast::Copy>(statement).relation);
      default:
        return;
    }
  }

 private:
  template <typename T>
  static const T& get(const ast::Statement& statement) {
    return static_cast<const T&>(statement);
  }
  void say(const ast::Name& name) { visit_(name.text); }
  void say(const ast::QualifiedName& name) { visit_(name.name); }
  void say(const ast::ObjectName& name) {
    say(name.name);
    say(name.on);
  }

  void of_tables_in(const ast::Statement& statement) {
    ast::walk(&statement, [&](const ast::Node& node) {
      if (const auto* table = ast::as<ast::TableRef>(&node)) say(table->relation);
      return true;
    });
  }
  void of_alter(const ast::AlterTable& alter) {
    say(alter.relation);
    for (const ast::AlterAction* action : alter.actions) {
      say(action->name);
      if (action->column != nullptr) say(action->column->name);
      if (action->constraint != nullptr) say(action->constraint->name);
    }
  }
  // What its body fills as well.
  void of_function(const ast::CreateFunction& create) {
    say(create.name);
    if (create.body == nullptr) return;
    for (const ast::BodyStatement& inner : create.body->statements) {
      if (const auto* insert = ast::as<ast::Insert>(inner.statement)) say(insert->relation);
    }
  }

  Visit visit_;
};

}  // namespace migcheck
