// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace tenant_unique_not_scoped_check {

using catalog::Table;

void report(const Table& table, const TenantTable& entry, const std::vector<std::string>& columns,
            FindingBuilder finding) {
  std::string names;
  for (const std::string& column : columns) names += (names.empty() ? "" : ", ") + sql_name(column);
  finding
      .message(
          "{0} ({1}) is unique across all tenants: one tenant cannot use a value that another has, and "
          "learns from the error that it exists.",
          sql_name(table.name), names)
      .advice("unique over ({}, {})", sql_name(entry.column), names);
}

void run(const CheckContext& context, FindingSink& out) {
  const TenantMap& map = context.tenants();
  if (!map.on()) return;
  for (const Table* table : context.catalog().tables()) {
    const TenantTable& entry = map.of(table->id);
    if (entry.kind != TenantKind::Column || table->partition_of != catalog::kNoObject) continue;
    for (const catalog::Index* index : context.catalog().indexes_of(table->id)) {
      if (!context.is_target(index->origin)) continue;
      const auto columns = chosen_across_tenants(context.catalog(), map, *table, *index);
      if (!columns.empty()) report(*table, entry, columns, out.report(index->origin.place));
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
