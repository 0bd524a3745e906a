// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace policy_check_always_true_check {

// A missing WITH CHECK is no hole on ALL and UPDATE: USING holds for new rows too. Written as true, it
// replaces USING there.
void run(const CheckContext& context, FindingSink& out) {
  const auto policy = policy_words::policy_at_hand(context);
  if (!policy || !policy->permissive || !policy_words::is_true(policy->check_expression)) return;
  if (policy_words::is_true(policy->whole_using) || policy_words::for_operators(context, policy->roles))
    return;
  const bool inserts = policy->command == ast::PolicyCommand::Insert;
  if (inserts && !policy_words::is_of_tenants(context, policy->table)) return;
  const bool makes_a_tenant =
      inserts && context.tenants().of(policy->table->id).kind == TenantKind::Root;  // how one begins
  if (makes_a_tenant) return;
  out.report(policy_words::at(policy->check_expression, *policy))
      .message("WITH CHECK (true) lets whoever may write to {} write {}.", sql_name(policy->table_name),
               policy_words::is_of_tenants(context, policy->table) ? "rows of any tenant"
                                                                   : "rows that USING keeps from them")
      .advice("{}", policy->whole_using == nullptr
                        ? "WITH CHECK (the tenant column = the tenant of whoever asks)"
                        : "leave WITH CHECK out: then USING holds for new rows too");
}

}  // namespace policy_check_always_true_check

extern constexpr Check policy_check_always_true{
    .since = "0.1.0",
    .summary = "WITH CHECK (true) lets rows of any tenant be written.",
    .statements = {ast::NodeKind::CreatePolicy, ast::NodeKind::AlterPolicy},
    .on_statement = policy_check_always_true_check::run};

}  // namespace migcheck::checks
