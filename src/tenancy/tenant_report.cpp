// SPDX-License-Identifier: MIT

// The tenant map as a page for an auditor: whose rows each table holds, and what keeps them apart.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/tenancy.hpp"

namespace migcheck {

namespace {

using catalog::Catalog;
using catalog::Table;

// What is to be said of one table, for both formats.
struct Row {
  const Table* table = nullptr;
  std::string name;
  TenantTable tenancy = {};
  std::string parent;
  std::vector<std::string> policies = {};
  std::vector<std::string> unscoped_keys = {};    // unique keys without the tenant column
  std::vector<std::string> indexes_without = {};  // indexes that do not begin with it
  bool partition = false;
};

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

void look_at_indexes(const Catalog& catalog, Row& row) {
  if (row.tenancy.kind != TenantKind::Column) return;
  const catalog::Column* tenant = row.table->column(row.tenancy.column);
  if (tenant == nullptr) return;
  for (const catalog::Index* index : catalog.indexes_of(row.table->id)) {
    const std::string said = fmt::format("{} ({})", index->name, columns_of(*row.table, *index));
    if (index->unique && !index->primary && !holds(*index, tenant->number)) row.unscoped_keys.push_back(said);
    if (!index->unique && (index->keys.empty() || index->keys.front().column != tenant->number)) {
      row.indexes_without.push_back(said);
    }
  }
}

std::vector<Row> rows_of(const Catalog& catalog, const TenantMap& map) {
  std::vector<Row> rows;
  for (const Table* table : catalog.tables()) {
    if (table->kind == catalog::TableKind::Composite || map.tables.count(table->id) == 0) continue;
    Row row{.table = table, .tenancy = map.of(table->id), .parent = ""};
    row.name = table->schema == "public" ? table->name : table->schema + "." + table->name;
    if (const auto* parent = catalog.get<Table>(row.tenancy.parent)) row.parent = parent->name;
    for (const catalog::Policy& policy : table->policies) {
      row.policies.push_back(fmt::format("{} ({}{})", policy.name, policy.permissive ? "" : "restrictive ",
                                         word(policy.command)));
    }
    row.partition = table->partition_of != catalog::kNoObject;
    look_at_indexes(catalog, row);
    rows.push_back(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.name < b.name; });
  return rows;
}

std::string row_security(const Table& table) {
  if (!table.row_security) return table.policies.empty() ? "none" : "off, with policies that do nothing";
  return table.force_row_security ? "on, forced" : "on, not for the owner";
}

std::string belonging(const Row& row) {
  switch (row.tenancy.kind) {
    case TenantKind::Root:
      return "the tenants, by " + row.tenancy.column;
    case TenantKind::Column: {
      const catalog::Column* column = row.table->column(row.tenancy.column);
      const bool may_be_null = column != nullptr && !column->not_null;
      return fmt::format("by {}{}{}", row.tenancy.column, may_be_null ? ", which may be null" : "",
                         row.tenancy.membership ? " (memberships)" : "");
    }
    case TenantKind::Inherited:
      return fmt::format("inherited from {} by {}", row.parent, row.tenancy.column);
    case TenantKind::Global:
      return "everybody's: " + row.tenancy.reason;
    case TenantKind::Unknown:
      break;
  }
  return row.tenancy.reason.empty() ? "unknown" : "unknown: " + row.tenancy.reason;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string array(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : ", ") + quoted(item);
  return "[" + out + "]";
}

}  // namespace

std::string tenant_report_text(const Catalog& catalog, const TenantMap& map) {
  std::string out = map.explanation + "\n";
  if (!map.on()) return out;
  if (!map.root_name.empty()) out += fmt::format("The tenants are in {}.\n", map.root_name);
  for (const Row& row : rows_of(catalog, map)) {
    out += fmt::format("\n{}\n  {}\n", row.name, belonging(row));
    if (!row.tenancy.tenants()) continue;
    out += fmt::format("  row level security: {}\n", row_security(*row.table));
    for (const std::string& policy : row.policies) out += fmt::format("  policy: {}\n", policy);
    for (const std::string& key : row.unscoped_keys) out += fmt::format("  unique across tenants: {}\n", key);
    for (const std::string& index : row.indexes_without) {
      out += fmt::format("  index that does not begin with the tenant: {}\n", index);
    }
  }
  return out;
}

std::string tenant_report_json(const Catalog& catalog, const TenantMap& map) {
  std::string out = fmt::format("{{\n  \"on\": {},\n  \"inferred\": {},\n  \"explanation\": {},\n", map.on(),
                                map.inferred, quoted(map.explanation));
  out += fmt::format("  \"columns\": {},\n  \"root\": {},\n  \"tables\": [", array(map.columns),
                     quoted(map.root_name));
  bool first = true;
  for (const Row& row : rows_of(catalog, map)) {
    const catalog::Column* column = row.table->column(row.tenancy.column);
    out += fmt::format("{}\n    {{\"schema\": {}, \"name\": {}, \"tenancy\": {}", first ? "" : ",",
                       quoted(row.table->schema), quoted(row.table->name), quoted(word(row.tenancy.kind)));
    first = false;
    if (!row.tenancy.column.empty()) out += fmt::format(", \"column\": {}", quoted(row.tenancy.column));
    if (column != nullptr) out += fmt::format(", \"not_null\": {}", column->not_null);
    if (!row.parent.empty()) out += fmt::format(", \"parent\": {}", quoted(row.parent));
    out += fmt::format(
        ", \"reason\": {}, \"membership\": {}, \"row_security\": {}, \"forced\": {}, \"policies\": {}, "
        "\"unique_without_tenant\": {}, \"indexes_not_led_by_tenant\": {}}}",
        quoted(row.tenancy.reason), row.tenancy.membership, row.table->row_security,
        row.table->force_row_security, array(row.policies), array(row.unscoped_keys),
        array(row.indexes_without));
  }
  return out + "\n  ]\n}\n";
}

}  // namespace migcheck
