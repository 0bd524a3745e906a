// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace tenant_or_bypass_check {

// AND binds tighter than OR: `team_id = $1 AND a OR b` is the classical way to get here.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  if (!context.tenants().on()) return;
  for (const TenantFault& fault : context.tenant_faults_of(query)) {
    if (fault.kind != TenantFaultKind::OrBypass) continue;
    const TableVerdict& verdict = *fault.verdict;
    out.report(verdict.span)
        .message("{} The query reaches rows of every tenant.", verdict.reason)
        .advice("put the OR in parentheses, or repeat the condition on both sides: {}", verdict.advice);
  }
}

}  // namespace tenant_or_bypass_check

extern constexpr Check tenant_or_bypass{
    .since = "0.1.0",
    .summary = "An OR lets rows of other tenants past the tenant condition.",
    .on_query = tenant_or_bypass_check::run};

}  // namespace migcheck::checks
