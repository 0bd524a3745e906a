// SPDX-License-Identifier: MIT

#include "open_policies.hpp"

namespace migcheck::checks {
namespace policy_always_true_check {

using open_policies::for_the_operator;
using open_policies::is_of_tenants;
using open_policies::is_true;

// Permissive policies are ORed: one that is always true switches all others off. Reading what belongs to
// nobody is in order.
void run(const CheckContext& context, FindingSink& out) {
  const auto* policy = context.statement_as<ast::CreatePolicy>();
  if (policy == nullptr || !policy->permissive || !is_true(policy->using_expression)) return;
  if (for_the_operator(context, *policy)) return;
  const bool reads = policy->command == ast::PolicyCommand::Select;
  if (reads && !is_of_tenants(context, *policy)) return;
  const Span at = policy->using_expression->span.empty() ? policy->name.span : policy->using_expression->span;
  out.report(at)
      .message("USING (true) lets {} every row of {}{}.",
               reads ? "everybody read" : "everybody read and change", sql_name(policy->table),
               is_of_tenants(context, *policy) ? ", of all tenants, whatever other policies say" : "")
      .advice("compare the tenant column with the tenant of whoever asks");
}

}  // namespace policy_always_true_check

extern constexpr Check policy_always_true{
    .since = "0.1.0",
    .summary = "A policy whose USING is always true lets every row through.",
    .on_statement = policy_always_true_check::run};

}  // namespace migcheck::checks
