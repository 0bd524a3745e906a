// SPDX-License-Identifier: MIT

#include "open_policies.hpp"

namespace migcheck::checks {
namespace policy_check_always_true_check {

using open_policies::for_the_operator;
using open_policies::is_of_tenants;
using open_policies::is_true;

// A missing WITH CHECK is no hole on ALL and UPDATE: USING holds for new rows too. Written as true, it
// replaces USING there.
void run(const CheckContext& context, FindingSink& out) {
  const auto* policy = context.statement_as<ast::CreatePolicy>();
  if (policy == nullptr || !policy->permissive || !is_true(policy->check_expression)) return;
  if (is_true(policy->using_expression) || for_the_operator(context, *policy)) return;
  if (policy->command == ast::PolicyCommand::Insert && !is_of_tenants(context, *policy)) return;
  const Span at = policy->check_expression->span.empty() ? policy->name.span : policy->check_expression->span;
  out.report(at)
      .message("WITH CHECK (true) lets whoever may write to {} write rows of any tenant.",
               sql_name(policy->table))
      .advice("{}", policy->using_expression == nullptr
                        ? "WITH CHECK (the tenant column = the tenant of whoever asks)"
                        : "leave WITH CHECK out: then USING holds for new rows too");
}

}  // namespace policy_check_always_true_check

extern constexpr Check policy_check_always_true{
    .since = "0.1.0",
    .summary = "WITH CHECK (true) lets rows of any tenant be written.",
    .on_statement = policy_check_always_true_check::run};

}  // namespace migcheck::checks
