// SPDX-License-Identifier: MIT
#pragma once

// The columns that a statement gives to a table: CREATE TABLE and ADD COLUMN. Temporary tables are nobody's
// schema.

#include <string_view>
#include <vector>

#include "migcheck/check.hpp"

namespace migcheck::checks::new_columns {

struct NewColumn {
  const ast::QualifiedName* table = nullptr;
  const ast::ColumnDefinition* column = nullptr;
};

inline bool is_temporary(const ast::RelationName& relation) {
  return relation.temporary || relation.schema == "pg_temp";
}

inline std::vector<NewColumn> of(const CheckContext& context) {
  std::vector<NewColumn> found;
  if (const auto* create = context.statement_as<ast::CreateTable>()) {
    if (is_temporary(create->relation) || context.plan().no_op) return found;
    for (const ast::ColumnDefinition* column : create->columns) found.push_back({&create->relation, column});
  } else if (const auto* alter = context.statement_as<ast::AlterTable>()) {
    if (alter->object != ast::ObjectType::Table) return found;
    for (const ast::AlterAction* action : alter->actions) {
      if (action->type == ast::AlterAction::Type::AddColumn && action->column != nullptr)
        found.push_back({&alter->relation, action->column});
    }
  }
  std::erase_if(found, [](const NewColumn& one) { return one.column->type == nullptr; });
  return found;
}

// A built-in type by PostgreSQL's own name: int4, bpchar, timestamp.
inline bool is_type(const NewColumn& one, std::string_view name) {
  const ast::TypeName& type = *one.column->type;
  return type.name == name && (type.schema.empty() || type.schema == "pg_catalog");
}

inline std::string name_of(const NewColumn& one) {
  return sql_name(one.table->name) + "." + sql_name(one.column->name.text);
}

}  // namespace migcheck::checks::new_columns
