// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace tenant_column_missing_check {

using catalog::Table;

// A key to a tenant's row says whose row it is only through a join, and an optional key not always. Asked at
// the end of the history, so that a later ADD COLUMN counts.
void run(const CheckContext& context, FindingSink& out) {
  const TenantMap& map = context.tenants();
  if (!map.on()) return;
  for (const Table* table : context.catalog().tables()) {
    if (!context.is_target(table->origin) || table->partition_of != catalog::kNoObject ||
        table->is_doubtful(catalog::TablePart::Column, map.columns.front()))
      continue;
    const TenantTable& entry = map.of(table->id);
    const bool by_join = entry.kind == TenantKind::Inherited;
    if (!by_join && (entry.kind != TenantKind::Unknown || entry.reason.empty())) continue;
    out.report(table->origin.place)
        .message(
            "{0} belongs to tenants ({1}), but has no {2}: each query must join to find out whose row it is, "
            "and "
            "neither a policy nor an index can ask for the tenant directly.",
            sql_name(table->name), entry.reason, map.columns.front())
        .advice(
            "add {} NOT NULL, and make it part of the foreign key; or list the table under "
            "tenancy.global_tables if it belongs to everybody",
            map.columns.front());
  }
}

}  // namespace tenant_column_missing_check

extern constexpr Check tenant_column_missing{
    .since = "0.1.0",
    .summary = "A table refers to a tenant's rows and has no tenant column itself.",
    .severity = Severity::Warning,
    .on_history_end = tenant_column_missing_check::run};

}  // namespace migcheck::checks
