// SPDX-License-Identifier: MIT

#include "tenancy/references.hpp"

#include <algorithm>

#include "tenancy/root_names.hpp"

namespace migcheck::tenancy {

namespace {

using catalog::Column;
using catalog::ColumnNumber;
using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::Table;

bool has(const std::vector<ColumnNumber>& columns, ColumnNumber number) {
  return std::find(columns.begin(), columns.end(), number) != columns.end();
}

// A table that is in parts often has a key of its id and the moment; the id is the row's name all the same.
bool is_row_id(const Model& model, const Table& table, const Column& column) {
  const TenantTable& entry = model.context.map.of(table.id);
  const Column* tenant = entry.kind == TenantKind::Column ? table.column(entry.column) : nullptr;
  const RowKeys& keys = row_keys(model, table);
  return std::any_of(keys.begin(), keys.end(), [&](const auto& key) {
    return has(key, column.number) && (key.size() == 1 || column.name == "id") &&
           (tenant == nullptr || !has(key, tenant->number));
  });
}

std::optional<RowName> named_by_key(const Model& model, const Constraint& key, const Column& column) {
  const auto* referred = model.context.catalog.get<Table>(key.references);
  if (referred == nullptr || !model.context.map.of(referred->id).tenants()) return std::nullopt;
  for (std::size_t i = 0; i < key.columns.size() && i < key.referenced_columns.size(); ++i) {
    const Column* target = referred->column(key.referenced_columns[i]);
    if (key.columns[i] == column.number && target != nullptr && is_row_id(model, *referred, *target))
      return RowName{referred->id, target->number};
  }
  return std::nullopt;
}

// The only one whose last word it is, or of several the one that is called so.
const Table* table_called(const Model& model, std::string_view name) {
  const auto tables = model.context.map.named.find(head_of(name));
  if (tables == model.context.map.named.end()) return nullptr;
  std::vector<const Table*> called;
  for (const catalog::ObjectId id : tables->second) {
    const auto* table = model.context.catalog.get<Table>(id);
    if (table == nullptr) continue;
    if (tables->second.size() == 1 || singular(snake_case(table->name)) == name) called.push_back(table);
  }
  return called.size() == 1 ? called.front() : nullptr;
}

// The table that the column may be called after: v1_tasks for task_id, parent_task_id.
std::optional<RowName> named_by_name(const Model& model, const Column& column) {
  std::string room;
  const std::string_view name = snake_case(column.name, room);
  if (!is_reference_name(name) || likeness_of_column(name) == RootLikeness::Person) return std::nullopt;
  const Table* referred = table_called(model, name.substr(0, name.size() - 3));
  const Column* id = referred == nullptr ? nullptr : referred->column("id");
  if (id == nullptr || id->type.name != column.type.name || !is_row_id(model, *referred, *id))
    return std::nullopt;
  return RowName{referred->id, id->number};
}

}  // namespace

// An inheritance parent's index says nothing about the rows of its children.
const RowKeys& row_keys(const Model& model, const catalog::Table& table) {
  const auto [known, first] = model.row_keys.try_emplace(table.id);
  RowKeys& keys = known->second;
  if (!first) return keys;
  if (table.kind != catalog::TableKind::Partitioned && model.context.catalog.count_children(table.id) > 0)
    return keys;
  for (const catalog::Index* index : model.context.catalog.indexes_of(table.id)) {
    if (!index->unique || !index->valid || index->predicate != nullptr) continue;
    std::vector<catalog::ColumnNumber> columns;
    for (const catalog::KeyElement& key : index->keys) columns.push_back(key.column);
    if (std::find(columns.begin(), columns.end(), 0) == columns.end()) keys.push_back(std::move(columns));
  }
  return keys;
}

TermId column_term(Model& model, RangeId range, catalog::ColumnNumber number) {
  const catalog::Table& table = *model.ranges[range].table;
  const catalog::Column* column = table.column(number);
  return column == nullptr ? kNone
                           : model.column(range, static_cast<std::int32_t>(column - table.columns.data()));
}

bool is_reference_name(std::string_view column) {
  std::string room;
  const std::string_view name = snake_case(column, room);
  return name.size() > 3 && name.ends_with("_id");
}

bool is_person(const Model& model, catalog::ObjectId id, const std::string& name) {
  if (model.context.map.of(id).tenants()) return false;
  const auto* table = model.context.catalog.get<catalog::Table>(id);
  const std::string known = table == nullptr ? name.substr(name.rfind('.') + 1) : table->name;
  return likeness_of_root(known) == RootLikeness::Person;
}

std::optional<RowName> row_named_by(const Model& model, const Table& table, const Column& column) {
  const TenantTable& entry = model.context.map.of(table.id);
  if (entry.kind == TenantKind::Root || (entry.kind == TenantKind::Column && column.name == entry.column))
    return std::nullopt;
  if (entry.tenants() && is_row_id(model, table, column)) return RowName{table.id, column.number};
  bool keyed = false;
  for (const Constraint& key : table.constraints) {
    if (key.kind != ConstraintKind::ForeignKey || !has(key.columns, column.number)) continue;
    keyed = true;
    if (const auto named = named_by_key(model, key, column)) return named;
  }
  return keyed ? std::nullopt : named_by_name(model, column);
}

bool names_group(const Model& model, std::string_view column) {
  const auto* root = model.context.catalog.get<Table>(model.context.map.root);
  return root != nullptr && root->column(column) != nullptr &&
         likeness_of_column(snake_case(column)) == RootLikeness::Tenant;
}

}  // namespace migcheck::tenancy
