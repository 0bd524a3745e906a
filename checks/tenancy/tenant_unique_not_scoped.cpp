// SPDX-License-Identifier: MIT

#include <algorithm>
#include <array>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace tenant_unique_not_scoped_check {

using catalog::Table;

using catalog::ColumnNumber;

// Values that are unguessable and the same for all tenants by design.
constexpr std::array<std::string_view, 14> kWorldWide = {
    "token", "hash",     "secret", "uuid",      "guid",     "stripe",   "external",
    "key",   "hostname", "domain", "challenge", "verifier", "username", "digest"};

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
  return column.type.name == "uuid" || names_world_wide(column.name) || is_reference(column.name);
}

// The tenants' own table has the column too: tenants are grouped by it (an organization of projects), and the
// key is meant to hold for the group.
bool groups_tenants(const CheckContext& context, const catalog::Column& column) {
  const auto* root = context.catalog().get<Table>(context.tenants().root);
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

void judge(const CheckContext& context, const Table& table, const catalog::Index& index, FindingSink& out) {
  const TenantMap& map = context.tenants();
  if (names_world_wide(table.name)) return;
  const TenantTable& entry = map.of(table.id);
  const catalog::Column* tenant = table.column(entry.column);
  std::vector<ColumnNumber> columns;
  std::string names;
  for (const catalog::KeyElement& key : index.keys) {
    columns.push_back(key.column);
    const auto& reads = key.column != 0 ? std::vector<ColumnNumber>{key.column} : key.reads;
    for (const ColumnNumber number : reads) {
      const catalog::Column* column = table.column(number);
      if (column == nullptr || column == tenant || is_world_wide(*column) || groups_tenants(context, *column))
        return;
      names += (names.empty() ? "" : ", ") + sql_name(column->name);
    }
  }
  if (names.empty() || is_scoped(map, table, columns)) return;
  out.report(index.origin.place)
      .message(
          "{0} ({1}) is unique across all tenants: one tenant cannot use a value that another has, and "
          "learns "
          "from the error that it exists.",
          sql_name(table.name), names)
      .advice("unique over ({}, {})", sql_name(entry.column), names);
}

void run(const CheckContext& context, FindingSink& out) {
  const TenantMap& map = context.tenants();
  if (!map.on()) return;
  for (const Table* table : context.catalog().tables()) {
    if (map.of(table->id).kind != TenantKind::Column || table->partition_of != catalog::kNoObject) continue;
    for (const catalog::Index* index : context.catalog().indexes_of(table->id)) {
      if (!index->unique || index->primary || !context.is_target(index->origin)) continue;
      judge(context, *table, *index, out);
    }
  }
}

}  // namespace tenant_unique_not_scoped_check

extern constexpr Check tenant_unique_not_scoped{
    .since = "0.1.0",
    .summary = "A unique key of a tenant table lacks the tenant column.",
    .severity = Severity::Warning,
    .on_history_end = tenant_unique_not_scoped_check::run};

}  // namespace migcheck::checks
