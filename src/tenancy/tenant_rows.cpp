// SPDX-License-Identifier: MIT

#include "tenancy/tenant_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "migcheck/tenancy/unique_keys.hpp"

namespace migcheck::tenancy {

namespace {

using catalog::Catalog;
using catalog::Table;

std::string columns_of(const Table& table, const catalog::Index& index) {
  std::string names;
  for (const catalog::KeyElement& key : index.keys) {
    const catalog::Column* column = table.column(key.column);
    names += fmt::format("{}{}", names.empty() ? "" : ", ", column == nullptr ? "expression" : column->name);
  }
  return names;
}

bool holds(const catalog::Index& index, catalog::ColumnNumber column) {
  return std::any_of(index.keys.begin(), index.keys.end(),
                     [column](const catalog::KeyElement& key) { return key.column == column; });
}

void look_at_indexes(const Catalog& catalog, const TenantMap& map, TableRow& row) {
  if (row.tenancy.kind != TenantKind::Column) return;
  const catalog::Column* tenant = row.table->column(row.tenancy.column);
  if (tenant == nullptr) return;
  row.tenant_may_be_null = !tenant->not_null;
  for (const catalog::Index* index : catalog.indexes_of(row.table->id)) {
    const std::string said = fmt::format("{} ({})", index->name, columns_of(*row.table, *index));
    if (index->unique && !index->primary && !holds(*index, tenant->number)) {
      const bool chosen = !chosen_across_tenants(catalog, map, *row.table, *index).empty();
      (chosen ? row.chosen_keys : row.unscoped_keys).push_back(said);
    }
    if (!index->unique && (index->keys.empty() || index->keys.front().column != tenant->number)) {
      row.indexes_without.push_back(said);
    }
  }
}

TableRow row_of(const Catalog& catalog, const TenantMap& map, const Table& table) {
  TableRow row{.table = &table, .name = table.name, .tenancy = map.of(table.id)};
  if (table.schema != "public") row.name = table.schema + "." + table.name;
  if (const auto* parent = catalog.get<Table>(row.tenancy.parent)) row.parent = parent->name;
  for (const catalog::ColumnNumber number : row.tenancy.key) {
    if (const auto* column = table.column(number)) row.key.push_back(column->name);
  }
  look_at_indexes(catalog, map, row);
  return row;
}

}  // namespace

std::string_view word(ast::PolicyCommand command) {
  switch (command) {
    case ast::PolicyCommand::All:
      return "ALL";
    case ast::PolicyCommand::Select:
      return "SELECT";
    case ast::PolicyCommand::Insert:
      return "INSERT";
    case ast::PolicyCommand::Update:
      return "UPDATE";
    case ast::PolicyCommand::Delete:
      return "DELETE";
  }
  return "";
}

std::string_view word(TenantKind kind) {
  switch (kind) {
    case TenantKind::Root:
      return "root";
    case TenantKind::Column:
      return "column";
    case TenantKind::Inherited:
      return "inherited";
    case TenantKind::Global:
      return "global";
    case TenantKind::Unknown:
      break;
  }
  return "unknown";
}

std::vector<TableRow> table_rows(const Catalog& catalog, const TenantMap& map) {
  std::vector<TableRow> rows;
  for (const Table* table : catalog.tables()) {
    if (table->kind == catalog::TableKind::Composite || map.tables.count(table->id) == 0) continue;
    rows.push_back(row_of(catalog, map, *table));
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const TableRow& a, const TableRow& b) { return a.name < b.name; });
  return rows;
}

}  // namespace migcheck::tenancy
