// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace tenant_foreign_key_not_scoped_check {

using catalog::Table;

using catalog::Constraint;
using catalog::ConstraintKind;

bool holds_tenant(const Table& child, const Table& parent, const Constraint& key, const TenantMap& map) {
  const catalog::Column* own = child.column(map.of(child.id).column);
  const catalog::Column* other = parent.column(map.of(parent.id).column);
  for (std::size_t i = 0; own != nullptr && other != nullptr && i < key.columns.size(); ++i) {
    if (i < key.referenced_columns.size() && key.columns[i] == own->number &&
        key.referenced_columns[i] == other->number)
      return true;
  }
  return false;
}

// Nothing but the application keeps such a key within a tenant: PostgreSQL checks it without row security.
void run(const CheckContext& context, FindingSink& out) {
  const TenantMap& map = context.tenants();
  if (!map.on()) return;
  for (const Table* table : context.catalog().tables()) {
    if (map.of(table->id).kind != TenantKind::Column || table->partition_of != catalog::kNoObject) continue;
    for (const Constraint& key : table->constraints) {
      if (key.kind != ConstraintKind::ForeignKey || !context.is_target(key.origin)) continue;
      const auto* parent = context.catalog().get<Table>(key.references);
      if (parent == nullptr || map.of(parent->id).kind != TenantKind::Column) continue;
      if (holds_tenant(*table, *parent, key, map) || key.columns.empty()) continue;
      const catalog::Column* column = table->column(key.columns.front());
      const std::string name = column == nullptr ? key.name : sql_name(column->name);
      const std::string& tenant = map.of(table->id).column;
      out.report(key.origin.place)
          .message("{0}.{1} may refer to a row of {2} of another tenant: the key does not hold {3}.",
                   sql_name(table->name), name, sql_name(parent->name), tenant)
          .advice("FOREIGN KEY ({0}, {1}) REFERENCES {2} ({0}, id), with a unique key on {2} ({0}, id)",
                  tenant, name, sql_name(parent->name));
    }
  }
}

}  // namespace tenant_foreign_key_not_scoped_check

extern constexpr Check tenant_foreign_key_not_scoped{
    .since = "0.1.0",
    .summary = "A foreign key between tenant tables lacks the tenant column.",
    .severity = Severity::Warning,
    .preset = Preset::Strict,
    .on_history_end = tenant_foreign_key_not_scoped_check::run};

}  // namespace migcheck::checks
