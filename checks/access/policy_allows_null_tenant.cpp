// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace policy_allows_null_tenant_check {

bool is_tenant(const ast::Expression* expression, const std::string& column) {
  const ast::ColumnRef* reference = policy_words::column_of(expression);
  return reference != nullptr && reference->column() == column;
}

// What lets a row without a tenant past: the tenant IS NULL on one side of an OR, IS NOT DISTINCT FROM, or
// coalesce(tenant, …) in its place.
bool passes_null(const ast::Expression* side, const std::string& column) {
  if (const auto* test = ast::as<ast::NullTest>(side))
    return !test->negated && is_tenant(test->argument, column);
  const auto* operation = ast::as<ast::Operation>(side);
  if (operation == nullptr) return false;
  const ast::Expression* both[] = {operation->left, operation->right};
  if (operation->form == ast::Operation::Form::NotDistinct)
    return std::any_of(std::begin(both), std::end(both),
                       [&](const ast::Expression* one) { return is_tenant(one, column); });
  if (operation->form != ast::Operation::Form::Plain || operation->op.name != "=") return false;
  return std::any_of(std::begin(both), std::end(both), [&](const ast::Expression* one) {
    const auto* coalesce = ast::as<ast::Coalesce>(one);
    return coalesce != nullptr && !coalesce->arguments.empty() && is_tenant(coalesce->arguments[0], column);
  });
}

void run(const CheckContext& context, FindingSink& out) {
  const auto policy = policy_words::policy_at_hand(context);
  if (!policy || !policy->permissive || policy->table == nullptr) return;
  if (policy_words::for_operators(context, policy->roles)) return;
  const TenantTable& entry = context.tenants().of(policy->table->id);
  if (entry.kind != TenantKind::Column) return;
  const catalog::Column* column = policy->table->column(entry.column);
  if (column == nullptr || (column->not_null && column->not_null_valid)) return;
  const bool only_reads = policy->command == ast::PolicyCommand::Select;
  for (const ast::Expression* condition : {policy->using_expression, policy->check_expression}) {
    for (const ast::Expression* side : policy_words::sides_of(condition)) {
      if (!passes_null(side, entry.column)) continue;
      auto finding = out.report(policy_words::at(side, *policy));
      finding
          .message("Rows of {} without a {} pass this policy: every tenant may {} them.",
                   sql_name(policy->table_name), sql_name(entry.column),
                   only_reads ? "read" : "read and change")
          .advice("{}", only_reads
                            ? "keep shared rows in a table of their own, or give them a policy that says so"
                            : "let shared rows be read only: a policy FOR SELECT of their own");
      if (only_reads) finding.severity(Severity::Warning);
      return;
    }
  }
}

}  // namespace policy_allows_null_tenant_check

extern constexpr Check policy_allows_null_tenant{
    .since = "0.1.0",
    .summary = "A policy lets rows without a tenant through, for every tenant.",
    .statements = {ast::NodeKind::CreatePolicy, ast::NodeKind::AlterPolicy},
    .on_statement = policy_allows_null_tenant_check::run};

}  // namespace migcheck::checks
