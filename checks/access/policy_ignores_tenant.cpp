// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace policy_ignores_tenant_check {

// A call that is given a column may decide by it; what it does with it is not known here.
bool may_ask_for_the_tenant(const ast::Expression* expression, std::string_view column) {
  bool found = false;
  ast::walk(expression, [&](const ast::Node& node) {
    if (const auto* reference = ast::as<ast::ColumnRef>(&node))
      found = found || reference->column() == column;
    if (const auto* call = ast::as<ast::FunctionCall>(&node)) {
      for (const ast::Expression* argument : call->arguments) {
        found = found || ast::as<ast::ColumnRef>(argument) != nullptr;
      }
    }
    return !found;
  });
  return found;
}

// A policy is a condition on its table: the prover is asked about SELECT … FROM table WHERE condition.
bool is_bound(const CheckContext& context, const ast::CreatePolicy& policy,
              const ast::Expression* condition) {
  ast::Arena arena;
  auto* table = arena.make<ast::TableRef>(policy.table.span);
  table->relation = policy.table;
  auto* select = arena.make<ast::Select>();
  select->from = arena.list(std::vector<const ast::FromItem*>{table});
  select->where = condition;
  const auto verdicts = prove(*select, {.catalog = context.catalog(),
                                        .map = context.tenants(),
                                        .settings = context.settings().tenancy,
                                        .search_path = context.session().search_path});
  const auto own = std::find_if(verdicts.begin(), verdicts.end(), [&](const TableVerdict& verdict) {
    return verdict.span == policy.table.span;
  });
  return own == verdicts.end() || own->binding != Binding::Unbound;
}

bool is_constant(const ast::Expression* expression) {
  return expression == nullptr || ast::as<ast::Constant>(expression) != nullptr;
}

void run(const CheckContext& context, FindingSink& out) {
  const auto* policy = context.statement_as<ast::CreatePolicy>();
  if (policy == nullptr || !policy->permissive || !context.tenants().on()) return;
  const catalog::Table* table = context.table(policy->table);
  if (table == nullptr) return;
  const TenantTable& entry = context.tenants().of(table->id);
  if (entry.kind != TenantKind::Column && entry.kind != TenantKind::Root) return;
  const bool operators = std::all_of(policy->roles.begin(), policy->roles.end(), [&](std::string_view role) {
    return role == "service_role" || context.settings().tenancy.bypass_roles.count(role) != 0;
  });
  if (operators && !policy->roles.empty()) return;
  for (const ast::Expression* condition : {policy->using_expression, policy->check_expression}) {
    if (is_constant(condition) || may_ask_for_the_tenant(condition, entry.column)) continue;
    if (is_bound(context, *policy, condition)) continue;
    out.report(condition->span.empty() ? policy->name.span : condition->span)
        .message("The policy {} does not ask for {}: it lets rows of every tenant through.",
                 sql_name(policy->name.text), sql_name(entry.column))
        .advice("AND {} = the tenant of whoever asks", sql_name(entry.column));
    return;
  }
}

}  // namespace policy_ignores_tenant_check

extern constexpr Check policy_ignores_tenant{
    .since = "0.1.0",
    .summary = "A policy on a table of tenants does not ask for the tenant.",
    .on_statement = policy_ignores_tenant_check::run};

}  // namespace migcheck::checks
