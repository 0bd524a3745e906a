// SPDX-License-Identifier: MIT

#include <algorithm>

#include "policy_words.hpp"

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

// What is left of a condition without the sides that are gates; null if nothing is.
const ast::Expression* without_gates(const CheckContext& context, const policy_words::PolicyAtHand& policy,
                                     const ast::Expression* condition, ast::Arena& arena) {
  std::vector<const ast::Expression*> sides = policy_words::sides_of(condition);
  const std::size_t before = sides.size();
  std::erase_if(sides, [&](const ast::Expression* side) {
    return policy_words::is_a_gate(context, policy.table, side);
  });
  if (sides.size() == before) return condition;
  if (sides.size() < 2) return sides.empty() ? nullptr : sides.front();
  auto* either = arena.make<ast::BoolOperation>(condition->span);
  either->op = ast::BoolOperation::Op::Or;
  either->arguments = arena.list(sides);
  return either;
}

// A policy is a condition on its table: the prover is asked about SELECT … FROM table WHERE condition.
bool is_bound(const CheckContext& context, const policy_words::PolicyAtHand& policy,
              const ast::Expression* condition, ast::Arena& arena) {
  auto* table = arena.make<ast::TableRef>(policy.table_name.span);
  static_cast<ast::QualifiedName&>(table->relation) = policy.table_name;
  auto* select = arena.make<ast::Select>();
  select->from = arena.list(std::vector<const ast::FromItem*>{table});
  select->where = condition;
  const auto verdicts = prove(*select, {.catalog = context.catalog(),
                                        .map = context.tenants(),
                                        .settings = context.settings().tenancy,
                                        .search_path = context.session().search_path});
  const auto own = std::find_if(verdicts.begin(), verdicts.end(), [&](const TableVerdict& verdict) {
    return verdict.span == policy.table_name.span;
  });
  return own == verdicts.end() || own->binding != Binding::Unbound;
}

// Who is not logged in has no tenant: what a policy shows to anon alone is published. And to make a tenant is
// how one begins.
bool is_meant_for_others(const policy_words::PolicyAtHand& policy, TenantKind kind) {
  const bool anon = policy.roles.size() == 1 && policy.roles.front() == "anon";
  if (anon && policy.command == ast::PolicyCommand::Select) return true;
  return kind == TenantKind::Root && policy.command == ast::PolicyCommand::Insert;
}

bool is_constant(const ast::Expression* expression) {
  return expression == nullptr || ast::as<ast::Constant>(expression) != nullptr;
}

void run(const CheckContext& context, FindingSink& out) {
  const auto policy = policy_words::policy_at_hand(context);
  if (!policy || !policy->permissive || policy->table == nullptr || !context.tenants().on()) return;
  const TenantTable& entry = context.tenants().of(policy->table->id);
  if (entry.kind != TenantKind::Column && entry.kind != TenantKind::Root) return;
  if (policy_words::for_operators(context, policy->roles) || is_meant_for_others(*policy, entry.kind)) return;
  for (const ast::Expression* condition : {policy->using_expression, policy->check_expression}) {
    if (is_constant(condition) || may_ask_for_the_tenant(condition, entry.column)) continue;
    ast::Arena arena;
    const ast::Expression* rest = without_gates(context, *policy, condition, arena);
    if (rest == nullptr || is_bound(context, *policy, rest, arena)) continue;
    out.report(policy_words::at(condition, *policy))
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
