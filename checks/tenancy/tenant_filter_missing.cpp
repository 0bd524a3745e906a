// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace tenant_filter_missing_check {

// The proof is the tenancy room's: here it only gets its words.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  if (!context.tenants().on()) return;
  for (const TenantFault& fault : context.tenant_faults_of(query)) {
    if (fault.kind != TenantFaultKind::FilterMissing) continue;
    const TableVerdict& verdict = *fault.verdict;
    std::string also;
    for (const std::string& name : fault.also) also += fmt::format("{}{}", also.empty() ? "" : ", ", name);
    out.report(verdict.span)
        .message("{} The query {} {} of every tenant{}.", verdict.reason,
                 verdict.written ? "changes" : "reads",
                 verdict.asked.empty() ? "rows" : fmt::format("the rows with {}", verdict.asked),
                 also.empty() ? "" : fmt::format(", and with them those of {}", also))
        .advice("{}", verdict.advice);
  }
}

}  // namespace tenant_filter_missing_check

extern constexpr Check tenant_filter_missing{.since = "0.1.0",
                                             .summary = "A query reads or changes rows of all tenants.",
                                             .on_query = tenant_filter_missing_check::run};

}  // namespace migcheck::checks
