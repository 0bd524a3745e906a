// SPDX-License-Identifier: MIT

#include "login_only.hpp"

namespace migcheck::checks {
namespace policy_always_true_check {

// A role of the database's own (not everybody, and not the two that an API runs all its requests as): where a
// table has row level security, USING (true) is the only way to give one all of it.
bool for_own_roles(const std::vector<std::string>& roles) {
  return !policy_words::for_everybody(roles) &&
         std::none_of(roles.begin(), roles.end(),
                      [](const auto& role) { return policy_words::is_api_role(role); });
}

std::string_view deeds(const policy_words::PolicyAtHand& policy) {
  switch (policy.command) {
    case ast::PolicyCommand::Select:
      return "read";
    case ast::PolicyCommand::Update:
      return "change";
    case ast::PolicyCommand::Delete:
      return "delete";
    default:  // a WITH CHECK holds for what they write
      return policy.check_expression == nullptr || policy_words::is_true(policy.check_expression)
                 ? "read and change"
                 : "read and delete";
  }
}

// Who is logged in at all, or the bucket: of the row it asks nothing.
void report_login(const policy_words::PolicyAtHand& policy, const CheckContext& context, FindingSink& out) {
  if (policy.command == ast::PolicyCommand::Select || for_own_roles(policy.roles)) return;
  if (policy_words::is_of_tenants(context, policy.table)) return;  // policy-ignores-tenant says more
  const bool login = login_only::asks_for_a_login_at_all(policy.using_expression);
  const std::string who = login                                       ? "whoever is logged in"
                          : policy_words::for_everybody(policy.roles) ? "everybody"
                                                                      : enumerate(policy.roles);
  auto finding = out.report(policy_words::at(policy.using_expression, policy));
  if (login_only::is_storage(policy.table_name)) {
    finding
        .message("This asks nothing of the file: {} may {} those of all others in the bucket.", who,
                 deeds(policy))
        .advice("ask whose file it is: owner_id = (SELECT auth.uid()::text), or the folder in its name");
    return;
  }
  finding
      .message("This asks nothing of the row: {} may {} every row of {}.", who, deeds(policy),
               sql_name(policy.table_name))
      .advice("compare a column of the row with who asks: USING (user_id = …)");
}

// Permissive policies are ORed: one that is always true switches all others off. Reading what belongs to
// nobody is in order.
void run(const CheckContext& context, FindingSink& out) {
  const auto policy = policy_words::policy_at_hand(context);
  if (!policy || !policy->permissive || policy_words::for_operators(context, policy->roles)) return;
  if (login_only::is_all(policy->using_expression, policy->table_name))
    return report_login(*policy, context, out);
  if (!policy_words::is_true(policy->using_expression)) return;
  const bool reads = policy->command == ast::PolicyCommand::Select;
  const bool tenants = policy_words::is_of_tenants(context, policy->table);
  if (!tenants && (reads || for_own_roles(policy->roles))) return;
  out.report(policy_words::at(policy->using_expression, *policy))
      .message("USING (true) lets {} {} every row of {}{}.",
               policy_words::for_everybody(policy->roles) ? "everybody" : enumerate(policy->roles),
               deeds(*policy), sql_name(policy->table_name),
               tenants ? ", of all tenants, whatever other policies say" : "")
      .advice("{}", tenants ? "compare the tenant column with the tenant of whoever asks"
                            : "compare a column of the row with who asks: USING (user_id = …)");
}

}  // namespace policy_always_true_check

extern constexpr Check policy_always_true{
    .since = "0.1.0",
    .summary = "A policy whose USING is always true lets every row through.",
    .statements = {ast::NodeKind::CreatePolicy, ast::NodeKind::AlterPolicy},
    .on_statement = policy_always_true_check::run};

}  // namespace migcheck::checks
