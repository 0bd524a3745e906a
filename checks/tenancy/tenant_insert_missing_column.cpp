// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace tenant_insert_missing_column_check {

// Without a default or a trigger the row belongs to nobody, or the INSERT fails.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  if (!context.tenants().on()) return;
  for (const TenantFault& fault : context.tenant_faults_of(query)) {
    if (fault.kind != TenantFaultKind::MissingColumn) continue;
    const TableVerdict& verdict = *fault.verdict;
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
