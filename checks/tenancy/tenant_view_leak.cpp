// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace tenant_view_leak_check {

// Whoever reads a view can filter by what it shows and by nothing else.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  if (!context.tenants().on()) return;
  for (const TenantFault& fault : context.tenant_faults_of(query)) {
    if (fault.kind != TenantFaultKind::ViewLeak) continue;
    const TableVerdict& verdict = *fault.verdict;
    out.report(verdict.span)
        .message(
            "{} Whoever reads the view cannot keep to one tenant: it shows no tenant column that every row "
            "of "
            "{} comes with.",
            verdict.reason, verdict.table_name)
        .advice("select {}.{} in the view, and group, join and partition by it", verdict.name,
                verdict.column);
  }
}

}  // namespace tenant_view_leak_check

extern constexpr Check tenant_view_leak{
    .since = "0.1.0",
    .summary = "A view shows rows of all tenants and no column to tell them apart.",
    .on_query = tenant_view_leak_check::run};

}  // namespace migcheck::checks
