// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace policy_always_true_check {

// Permissive policies are ORed: one that is always true switches all others off. Reading what belongs to
// nobody is in order.
void run(const CheckContext& context, FindingSink& out) {
  const auto policy = policy_words::policy_at_hand(context);
  if (!policy || !policy->permissive || !policy_words::is_true(policy->using_expression)) return;
  if (policy_words::for_operators(context, policy->roles)) return;
  const bool reads = policy->command == ast::PolicyCommand::Select;
  const bool tenants = policy_words::is_of_tenants(context, policy->table);
  if (reads && !tenants) return;
  out.report(policy_words::at(policy->using_expression, *policy))
      .message("USING (true) lets {} every row of {}{}.",
               reads ? "everybody read" : "everybody read and change", sql_name(policy->table_name),
               tenants ? ", of all tenants, whatever other policies say" : "")
      .advice("compare the tenant column with the tenant of whoever asks");
}

}  // namespace policy_always_true_check

extern constexpr Check policy_always_true{
    .since = "0.1.0",
    .summary = "A policy whose USING is always true lets every row through.",
    .statements = {ast::NodeKind::CreatePolicy, ast::NodeKind::AlterPolicy},
    .on_statement = policy_always_true_check::run};

}  // namespace migcheck::checks
