// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace drop_column_takes_constraint_check {

using catalog::ColumnNumber;
using catalog::Table;

// A new primary key takes the old one's place.
bool has_new_key(const CheckContext& context, const Table& table) {
  const catalog::Object* changed = context.after(table.id);
  const auto* after = changed == nullptr ? nullptr : std::get_if<Table>(changed);
  if (after != nullptr && after->primary_key() != nullptr) return true;
  for (const ast::Statement* later : context.rest_of_transaction({table.name})) {
    const auto* alter = ast::as<ast::AlterTable>(later);
    if (alter == nullptr || alter->relation.name != table.name) continue;
    for (const ast::AlterAction* action : alter->actions) {
      if (action->constraint != nullptr &&
          action->constraint->type == ast::ConstraintDefinition::Type::PrimaryKey)
        return true;
    }
  }
  return false;
}

bool is_made_again(const CheckContext& context, const Table& table, std::string_view name) {
  const auto adds = [&](const ast::AlterTable& alter) {
    return std::any_of(alter.actions.begin(), alter.actions.end(), [&](const ast::AlterAction* action) {
      return action->type == ast::AlterAction::Type::AddConstraint && action->constraint->name.text == name;
    });
  };
  for (const ast::Statement* later : context.rest_of_transaction({table.name})) {
    if (const auto* index = ast::as<ast::CreateIndex>(later)) {
      if (index->table.name == table.name) return true;  // most likely the new index for what is left
    } else if (const auto* alter = ast::as<ast::AlterTable>(later)) {
      if (alter->relation.name == table.name && adds(*alter)) return true;
    }
  }
  const auto* alter = context.statement_as<ast::AlterTable>();
  return alter != nullptr && adds(*alter);
}

bool drops(const ast::AlterTable& alter, const Table& table, std::string_view column) {
  return alter.relation.name == table.name &&
         std::any_of(alter.actions.begin(), alter.actions.end(), [&](const ast::AlterAction* action) {
           return action->type == ast::AlterAction::Type::DropColumn && action->name.text == column;
         });
}

bool goes_in_file(const CheckContext& context, const Table& table, ColumnNumber number) {
  const catalog::Column* column = table.column(number);
  const auto* here = context.statement_as<ast::AlterTable>();
  if (column == nullptr || here == nullptr) return false;
  if (drops(*here, table, column->name)) return true;
  const auto later = context.rest_of_file({table.name, column->name});
  return std::any_of(later.begin(), later.end(), [&](const ast::Statement* statement) {
    const auto* alter = ast::as<ast::AlterTable>(statement);
    return alter != nullptr && drops(*alter, table, column->name);
  });
}

// One of the columns that it holds together stays: of those that all go nothing is left to hold.
bool holds_what_stays(const CheckContext& context, const Table& table,
                      const std::vector<ColumnNumber>& columns) {
  return columns.size() > 1 && std::any_of(columns.begin(), columns.end(), [&](ColumnNumber column) {
           return !goes_in_file(context, table, column);
         });
}

std::vector<ColumnNumber> columns_of(const catalog::Index& index) {
  std::vector<ColumnNumber> columns;
  for (const catalog::KeyElement& key : index.keys) columns.push_back(key.column);
  return columns;
}

// What is about the dropped column alone is meant to go with it; what holds other columns together is not.
std::vector<std::string> also_gone(const CheckContext& context, const Table& table) {
  std::vector<std::string> words;
  for (const AlsoDropped& fallen : context.plan().also_dropped_parts) {
    if (!fallen.automatic) continue;
    if (fallen.part == catalog::Dependency::Part::Constraint && fallen.object == table.id) {
      const catalog::Constraint* constraint = table.constraint(fallen.part_name);
      const bool key = constraint != nullptr && constraint->kind == catalog::ConstraintKind::PrimaryKey;
      if (constraint == nullptr || context.is_new_here(constraint->origin)) continue;
      if (key && has_new_key(context, table)) continue;
      if ((key || holds_what_stays(context, table, constraint->columns)) &&
          !is_made_again(context, table, constraint->name))
        words.push_back(key ? "its primary key" : "the constraint " + sql_name(constraint->name));
    } else if (const auto* index = context.catalog().get<catalog::Index>(fallen.object)) {
      if (!index->constraint.empty() || context.is_new_here(index->origin)) continue;
      if (!holds_what_stays(context, table, columns_of(*index))) continue;
      if (!is_made_again(context, table, index->name)) words.push_back("the index " + sql_name(index->name));
    }
  }
  return words;
}

// PostgreSQL drops every constraint and index that mentions the column, CASCADE or not, and does not say so.
void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  const Table* table = alter == nullptr ? nullptr : context.table(alter->relation);
  if (table == nullptr || context.is_refused() || context.is_new_here(alter->relation)) return;
  const std::vector<std::string> words = also_gone(context, *table);
  if (words.empty()) return;
  for (const ast::AlterAction* action : alter->actions) {
    if (action->type != ast::AlterAction::Type::DropColumn) continue;
    out.report(action->span)
        .message("Dropping a column of {} silently drops {} too.", sql_name(*table), enumerate(words))
        .advice(
            "Make what the other columns still need first: a UNIQUE index CONCURRENTLY on what is left of "
            "the key, "
            "say.");
    return;
  }
}

}  // namespace drop_column_takes_constraint_check

extern constexpr Check drop_column_takes_constraint{
    .since = "0.1.0",
    .summary = "DROP COLUMN silently drops constraints and indexes over several columns.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = drop_column_takes_constraint_check::run};

}  // namespace migcheck::checks
