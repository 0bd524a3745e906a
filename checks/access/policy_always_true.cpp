// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace policy_always_true_check {

bool is_true(const ast::Expression* expression) {
  const auto* constant = ast::as<ast::Constant>(expression);
  return constant != nullptr && constant->type == ast::Constant::Type::Boolean && constant->integer != 0;
}

// Roles that see everything anyway, or are configured to.
bool for_the_operator(const CheckContext& context, const ast::CreatePolicy& policy) {
  return !policy.roles.empty() &&
         std::all_of(policy.roles.begin(), policy.roles.end(), [&](std::string_view role) {
           return role == "service_role" || role == "postgres" ||
                  context.settings().tenancy.bypass_roles.count(role) != 0;
         });
}

bool is_of_tenants(const CheckContext& context, const ast::CreatePolicy& policy) {
  const catalog::Table* table = context.table(policy.table);
  return table != nullptr && context.tenants().of(table->id).tenants();
}

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
