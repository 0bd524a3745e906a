// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace tenant_column_nullable_check {

using catalog::Table;

// A row without a tenant is nobody's: policies hide it from everybody, or show it to everybody. Asked at the
// end, so that a later SET NOT NULL counts.
void run(const CheckContext& context, FindingSink& out) {
  const TenantMap& map = context.tenants();
  if (!map.on()) return;
  for (const Table* table : context.catalog().tables()) {
    const TenantTable& entry = map.of(table->id);
    if (entry.kind != TenantKind::Column || table->partition_of != catalog::kNoObject ||
        table->is_doubtful(catalog::TablePart::Column))
      continue;
    const catalog::Column* column = table->column(entry.column);
    if (column == nullptr || column->not_null || !context.is_target(column->origin) ||
        table->is_doubtful(catalog::TablePart::NotNull, column->name))
      continue;
    out.report(column->origin.place)
        .message("{0}.{1} may be null: a row without a tenant is nobody's, and `{1} = …` never finds it.",
                 sql_name(table->name), sql_name(column->name))
        .advice("{} NOT NULL (in steps, where rows exist: a CHECK … NOT VALID, VALIDATE, SET NOT NULL)",
                sql_name(column->name));
  }
}

}  // namespace tenant_column_nullable_check

extern constexpr Check tenant_column_nullable{
    .since = "0.1.0",
    .summary = "A tenant column may be null, so rows can belong to nobody.",
    .severity = Severity::Warning,
    .on_history_end = tenant_column_nullable_check::run};

}  // namespace migcheck::checks
