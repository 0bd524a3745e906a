// SPDX-License-Identifier: MIT

#include "migcheck/tenancy/unique_keys.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace migcheck {

namespace {

using catalog::Catalog;
using catalog::ColumnNumber;
using catalog::Table;

// Values that are unguessable and the same for all tenants by design.
constexpr std::array<std::string_view, 16> kWorldWide = {
    "token", "hash",     "secret", "uuid",      "guid",     "stripe",   "external", "sha256",
    "key",   "hostname", "domain", "challenge", "verifier", "username", "digest",   "checksum"};

bool names_world_wide(std::string_view name) {
  return std::any_of(kWorldWide.begin(), kWorldWide.end(),
                     [&](std::string_view word) { return name.find(word) != std::string_view::npos; });
}

// A reference, or a number that the application makes: nobody chooses it, and what it refers to has a tenant.
bool is_reference(std::string_view name) {
  const auto ends = [&](std::string_view end) {
    return name.size() > end.size() && name.substr(name.size() - end.size()) == end;
  };
  return name == "id" || ends("_id") || ends("Id") || ends("ID");
}

bool is_world_wide(const catalog::Column& column) {
  const bool counted = column.identity != catalog::Identity::No || column.sequence != catalog::kNoObject;
  return counted || column.type.name == "uuid" || names_world_wide(column.name) || is_reference(column.name);
}

// The tenants' own table has the column too: tenants are grouped by it (an organization of projects), and the
// key is meant to hold for the group.
bool groups_tenants(const Catalog& catalog, const TenantMap& map, const catalog::Column& column) {
  const auto* root = catalog.get<Table>(map.root);
  const catalog::Column* same = root == nullptr ? nullptr : root->column(column.name);
  return same != nullptr && same->type == column.type &&
         std::any_of(root->constraints.begin(), root->constraints.end(), [&](const catalog::Constraint& key) {
           return key.kind == catalog::ConstraintKind::ForeignKey && key.columns.size() == 1 &&
                  key.columns.front() == same->number;
         });
}

// The primary key in it makes it unique anyway, and a key to a tenant's row keeps to that tenant.
bool is_scoped(const TenantMap& map, const Table& table, const std::vector<ColumnNumber>& columns) {
  const auto has = [&](ColumnNumber number) {
    return std::find(columns.begin(), columns.end(), number) != columns.end();
  };
  for (const catalog::Constraint& constraint : table.constraints) {
    const bool primary = constraint.kind == catalog::ConstraintKind::PrimaryKey;
    const bool foreign =
        constraint.kind == catalog::ConstraintKind::ForeignKey && map.of(constraint.references).tenants();
    if (!primary && !foreign) continue;
    if (std::all_of(constraint.columns.begin(), constraint.columns.end(), has)) return true;
  }
  return false;
}

// The key is over rows of nobody: WHERE team_id IS NULL.
bool is_over_nobodys_rows(const catalog::Index& index, const catalog::Column* tenant) {
  bool found = false;
  ast::walk(index.predicate, [&](const ast::Node& node) {
    const auto* test = ast::as<ast::NullTest>(&node);
    const auto* column = test == nullptr || test->negated ? nullptr : ast::as<ast::ColumnRef>(test->argument);
    found = found || (column != nullptr && tenant != nullptr && column->column() == tenant->name);
    return !found;
  });
  return found;
}

// The columns that decide about the key's column: itself, or what its expression reads.
std::vector<ColumnNumber> columns_of(const catalog::KeyElement& key) {
  return key.column != 0 ? std::vector<ColumnNumber>{key.column} : key.reads;
}

}  // namespace

std::vector<std::string> chosen_across_tenants(const Catalog& catalog, const TenantMap& map,
                                               const Table& table, const catalog::Index& index) {
  const TenantTable& entry = map.of(table.id);
  if (!index.unique || index.primary || entry.kind != TenantKind::Column || names_world_wide(table.name))
    return {};
  const catalog::Column* tenant = table.column(entry.column);
  if (is_over_nobodys_rows(index, tenant)) return {};
  std::vector<ColumnNumber> plain;
  std::vector<std::string> names;
  for (const catalog::KeyElement& key : index.keys) {
    plain.push_back(key.column);
    for (const ColumnNumber number : columns_of(key)) {
      const catalog::Column* column = table.column(number);
      if (column == nullptr || column == tenant || is_world_wide(*column) ||
          groups_tenants(catalog, map, *column))
        return {};
      names.push_back(column->name);
    }
  }
  if (is_scoped(map, table, plain)) return {};
  return names;
}

}  // namespace migcheck
