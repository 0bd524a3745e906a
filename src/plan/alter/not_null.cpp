// SPDX-License-Identifier: MIT
// ALTER TABLE: SET and DROP NOT NULL, and the NOT NULL constraints of 18.
#include <algorithm>

#include "plan/alter/alter_table.hpp"
#include "plan/names.hpp"
#include "plan/table/implication.hpp"
#include "plan/table/inheritance.hpp"

namespace migcheck::plan {

using catalog::ObjectId;

namespace {

catalog::Column* own_column(Planner& planner, ObjectId id, std::string_view name) {
  for (catalog::Column& column : planner.draft.edit<catalog::Table>(id).columns) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

bool in_primary_key(const catalog::Table& table, catalog::ColumnNumber number) {
  const catalog::Constraint* key = table.primary_key();
  return key != nullptr && std::find(key->columns.begin(), key->columns.end(), number) != key->columns.end();
}

}  // namespace

void alter_set_not_null(Alteration& alteration, const ast::AlterAction& action) {
  Planner& planner = alteration.planner;
  const catalog::Column* column = column_or_error(alteration, action);
  if (column == nullptr) return;
  const bool has_children = planner.draft.has_children(alteration.table);
  const bool partitioned = alteration.target().kind == catalog::TableKind::Partitioned;
  if (alteration.statement.relation.only && has_children && partitioned && !column->not_null) {
    return planner.error("42P16", "constraint must be added to child tables too");
  }
  // From 18 on children are only looked at where the table gets something new.
  if (planner.version() >= 18 && column->not_null && column->not_null_valid) return;
  alteration.lock_descendants();
  for (const ObjectId id : alteration.targets()) {
    const catalog::Column* at = alteration.at(id).column(action.name.text);
    if (at == nullptr || (at->not_null && at->not_null_valid)) continue;
    // Before 12 no CHECK counts.
    const bool proven = planner.version() >= 12 && check_proves_not_null(alteration.at(id), *at);
    if (!proven) alteration.scan(id, WorkReason::SetNotNull);
    catalog::Column& changed = *own_column(planner, id, action.name.text);
    changed.not_null = true;
    changed.not_null_valid = true;
    if (planner.version() < 18 || !changed.not_null_name.empty()) continue;
    // The children's constraints are called as their parent's.
    changed.not_null_name = id == alteration.table
                                ? choose_constraint_name(planner, alteration.at(id), changed.name, "not_null")
                                : alteration.target().column(action.name.text)->not_null_name;
  }
}

void alter_drop_not_null(Alteration& alteration, const ast::AlterAction& action) {
  Planner& planner = alteration.planner;
  const catalog::Column* column = column_or_error(alteration, action);
  if (column == nullptr) return;
  const catalog::Table& table = alteration.target();
  if (table.kind == catalog::TableKind::Partitioned && alteration.statement.relation.only &&
      planner.draft.has_children(table.id)) {
    return planner.error("42P16",
                         "cannot remove constraint from only the partitioned table when partitions exist");
  }
  if (in_primary_key(table, column->number)) {
    return planner.error("42P16", "column \"" + column->name + "\" is in a primary key");
  }
  if (column->identity != catalog::Identity::No) {
    return planner.error(
        "42601", "column \"" + column->name + "\" of relation \"" + table.name + "\" is an identity column");
  }
  if (table.partition_of != catalog::kNoObject) {
    const catalog::Column* above = alteration.at(table.partition_of).column(column->name);
    if (above != nullptr && above->not_null) {
      return planner.error("42P16", "column \"" + column->name + "\" is marked NOT NULL in parent table");
    }
  }
  if (planner.version() >= 18 && !column->not_null) return;
  alteration.lock_descendants();
  for (const ObjectId id : alteration.targets()) {
    catalog::Column* changed = own_column(planner, id, action.name.text);
    if (changed == nullptr) continue;
    changed->not_null = false;
    changed->not_null_valid = true;
    changed->not_null_name.clear();
  }
}

}  // namespace migcheck::plan
