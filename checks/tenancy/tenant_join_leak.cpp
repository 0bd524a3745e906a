// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace tenant_join_leak_check {

// Two tenant tables whose tenants are not provably the same: a pair of ids is enough to cross over.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  if (!context.tenants().on()) return;
  for (const TenantFault& fault : context.tenant_faults_of(query)) {
    if (fault.kind != TenantFaultKind::JoinLeak) continue;
    const TableVerdict& verdict = *fault.verdict;
    std::string whose;
    if (verdict.near == verdict.name) {
      whose = fmt::format(": those of {} here and those of {} elsewhere in the query", verdict.name,
                          verdict.name);
    } else if (!verdict.near.empty()) {
      whose = fmt::format(": {} and {}", verdict.name, verdict.near);
    }
    out.report(verdict.span)
        .message("{} Rows of one tenant can meet rows of another{}.", verdict.reason, whose)
        .advice("{}", verdict.advice);
  }
}

}  // namespace tenant_join_leak_check

extern constexpr Check tenant_join_leak{.since = "0.1.0",
                                        .summary = "Rows of one tenant meet rows of another in a query.",
                                        .on_query = tenant_join_leak_check::run};

}  // namespace migcheck::checks
