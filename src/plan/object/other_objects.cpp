// SPDX-License-Identifier: MIT
// Objects of which only the name matters here: statistics, aggregates, operators, collations, languages …
#include <fmt/format.h>

#include <algorithm>

#include "plan/names.hpp"
#include "plan/statements.hpp"
#include "plan/targets.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

namespace {

using ast::ObjectType;

bool lives_in_schema(ObjectType type) {
  switch (type) {
    case ObjectType::Language:
    case ObjectType::AccessMethod:
    case ObjectType::ForeignDataWrapper:
    case ObjectType::ForeignServer:
    case ObjectType::UserMapping:
    case ObjectType::Cast:
    case ObjectType::Transform:
    case ObjectType::EventTrigger:
      return false;
    default:
      return true;
  }
}

void create_aggregate(Planner& planner, const ast::DefineObject& statement) {
  catalog::Function aggregate;
  aggregate.schema = schema_for(planner, statement.name.name.schema);
  aggregate.name = std::string(statement.name.name.name);
  aggregate.origin = planner.context.origin;
  aggregate.aggregate = true;
  aggregate.language = "internal";
  aggregate.volatility = ast::Volatility::Immutable;
  for (const ast::TypeName* type : statement.name.arguments) {
    aggregate.arguments.push_back({{}, ast::FunctionParameter::Mode::In, resolve_type(planner, type), false});
  }
  // Without a final function it returns its state.
  const auto option = [&](std::string_view name) -> const ast::Option* {
    for (const ast::Option* one : statement.options) {
      if (one->name == name) return one;
    }
    return nullptr;
  };
  const ast::Option* state = option("stype");
  if (state != nullptr && option("finalfunc") == nullptr) {
    aggregate.returns = resolve_type(planner, ast::as<ast::TypeName>(state->argument));
  }
  if (!planner.draft.functions_taking(aggregate.input_types(), aggregate.schema, aggregate.name, {})
           .empty()) {
    if (!statement.or_replace) {
      planner.error("42723",
                    fmt::format("function \"{}\" already exists with same argument types", aggregate.name));
    }
    return;
  }
  planner.draft.create(std::move(aggregate));
}

// CREATE TYPE name; makes a shell, CREATE TYPE name (INPUT = …) fills it.
void create_base_type(Planner& planner, const ast::DefineObject& statement) {
  const std::string schema = schema_for(planner, statement.name.name.schema);
  const bool shell = statement.options.empty();
  if (const catalog::Type* old = planner.draft.type(schema, statement.name.name.name, {})) {
    if (old->kind == catalog::TypeKind::Shell && !shell) {
      planner.draft.edit<catalog::Type>(old->id).kind = catalog::TypeKind::Base;
      return;
    }
  }
  if (type_exists(planner, schema, statement.name.name.name)) return;
  catalog::Type type;
  type.schema = schema;
  type.name = std::string(statement.name.name.name);
  type.origin = planner.context.origin;
  type.kind = shell ? catalog::TypeKind::Shell : catalog::TypeKind::Base;
  planner.draft.create(std::move(type));
}

}  // namespace

void plan_statement(Planner& planner, const ast::DefineObject& statement) {
  if (statement.object == ObjectType::Aggregate) return create_aggregate(planner, statement);
  if (statement.object == ObjectType::Type) return create_base_type(planner, statement);
  catalog::OtherObject made;
  made.type = statement.object;
  made.name = std::string(statement.name.name.name);
  made.origin = planner.context.origin;
  if (lives_in_schema(statement.object)) made.schema = schema_for(planner, statement.name.name.schema);
  const catalog::OtherObject* existing = planner.draft.other(made.type, made.schema, made.name, {});
  if (existing == nullptr) {
    planner.draft.create(std::move(made));
  } else if (statement.if_not_exists) {
    planner.plan.no_op = true;
  }
}

void plan_statement(Planner& planner, const ast::CreateStatistics& statement) {
  catalog::OtherObject made;
  made.type = ObjectType::Statistics;
  made.origin = planner.context.origin;
  std::vector<std::string> columns;
  for (const ast::RelationName& name : statement.tables) {
    const catalog::Object* found = require_relation(planner, name);
    planner.effect(planner.ref(name), LockMode::ShareUpdateExclusive);
    const auto* table = found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
    for (const ast::IndexElement* element : statement.elements) {
      columns.emplace_back(element->column.empty() ? "expr" : element->column.text);
      if (table == nullptr) continue;
      const auto depend = [&](catalog::ColumnNumber number) {
        made.dependencies.push_back({table->id, number, catalog::DependencyKind::Auto, Part::Whole, {}});
      };
      if (const catalog::Column* column = table->column(element->column.text)) depend(column->number);
      for (const catalog::ColumnNumber number : columns_of(element->expression, *table)) depend(number);
    }
    if (made.schema.empty() && found != nullptr) made.schema = catalog::base(*found).schema;
  }
  made.name = std::string(statement.name.name);
  if (made.name.empty() && !statement.tables.empty()) {
    made.name = choose_statistics_name(planner, made.schema, statement.tables[0].name, join_columns(columns));
  }
  if (!statement.name.empty()) made.schema = schema_for(planner, statement.name.schema);
  if (planner.draft.other(made.type, made.schema, made.name, {}) != nullptr) {
    if (statement.if_not_exists) {
      planner.plan.no_op = true;
    } else {
      planner.error("42710", fmt::format("statistics object \"{}\" already exists", made.name));
    }
    return;
  }
  planner.draft.create(std::move(made));
}

}  // namespace migcheck::plan
