// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace tenant_insert_missing_column_check {

// A migration that fills a table in which rows may be nobody's puts the rows there that everybody sees.
bool is_for_everybody(const CheckContext& context, const TableVerdict& verdict) {
  const bool migration =
      context.query_origin() == QueryOrigin::Migration || context.query_origin() == QueryOrigin::Seed;
  const auto* table = context.catalog().get<catalog::Table>(verdict.table);
  const catalog::Column* column = table == nullptr ? nullptr : table->column(verdict.column);
  return migration && column != nullptr && !column->not_null;
}

// Without a default or a trigger the row belongs to nobody, or the INSERT fails.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  if (!context.tenants().on()) return;
  for (const TenantFault& fault : context.tenant_faults_of(query)) {
    if (fault.kind != TenantFaultKind::MissingColumn) continue;
    const TableVerdict& verdict = *fault.verdict;
    if (is_for_everybody(context, verdict)) continue;
    out.report(verdict.span)
        .message("{} The row belongs to no tenant, or NOT NULL refuses it.", verdict.reason)
        .advice("{}", verdict.advice);
  }
}

}  // namespace tenant_insert_missing_column_check

extern constexpr Check tenant_insert_missing_column{.since = "0.1.0",
                                                    .summary = "An INSERT leaves the tenant column out.",
                                                    .on_query = tenant_insert_missing_column_check::run};

}  // namespace migcheck::checks
