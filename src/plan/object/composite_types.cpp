// SPDX-License-Identifier: MIT
// Types made of others: composite types, which are tables without rows, and ranges.
#include <fmt/format.h>

#include "plan/statements.hpp"
#include "plan/targets.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

void plan_statement(Planner& planner, const ast::CreateCompositeType& statement) {
  const std::string schema = schema_for(planner, statement.name.schema);
  if (relation_exists(planner, schema, statement.name.name)) return;
  std::optional<catalog::Type> type = new_type(planner, statement.name, catalog::TypeKind::Composite);
  if (!type) return;
  catalog::Table made;
  made.schema = schema;
  made.name = std::string(statement.name.name);
  made.origin = planner.context.origin;
  made.kind = catalog::TableKind::Composite;
  catalog::Table& table = planner.draft.create(std::move(made));
  for (const ast::ColumnDefinition* attribute : statement.attributes) {
    catalog::Column column;
    column.name = std::string(attribute->name.text);
    column.number = table.next_column++;
    column.type = resolve_type(planner, attribute->type);
    column.collation = std::string(attribute->collation.name);
    column.origin = planner.context.origin;
    set_needs(table, Part::Column, column.name, needs_of_type(planner, column.type));
    table.columns.push_back(std::move(column));
  }
  type->composite = table.id;
  planner.draft.create(std::move(*type));
}

void plan_statement(Planner& planner, const ast::CreateRangeType& statement) {
  std::optional<catalog::Type> type = new_type(planner, statement.name, catalog::TypeKind::Range);
  if (!type) return;
  for (const ast::Option* option : statement.options) {
    const auto* subtype = option->name == "subtype" ? ast::as<ast::TypeName>(option->argument) : nullptr;
    if (subtype == nullptr) continue;
    type->base = resolve_type(planner, subtype);
    set_needs(*type, Part::Whole, {}, needs_of_type(planner, type->base));
  }
  planner.draft.create(std::move(*type));
}

}  // namespace migcheck::plan
