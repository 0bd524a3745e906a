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
const ast::Expression* without_gates(const CheckContext& context, const catalog::Table& table,
                                     const ast::Expression* condition, ast::Arena& arena) {
  std::vector<const ast::Expression*> sides = policy_words::sides_of(condition);
  const std::size_t before = sides.size();
  std::erase_if(sides,
                [&](const ast::Expression* side) { return policy_words::is_a_gate(context, &table, side); });
  if (sides.size() == before) return condition;
  if (sides.size() < 2) return sides.empty() ? nullptr : sides.front();
  auto* either = arena.make<ast::BoolOperation>(condition->span);
  either->op = ast::BoolOperation::Op::Or;
  either->arguments = arena.list(sides);
  return either;
}

// For each role that it is for, and that does not see everything anyway.
bool keeps_to_one_tenant_for_all(const CheckContext& context, const catalog::Table& table,
                                 const catalog::Policy& policy, const ast::Expression& condition) {
  const AccessContext access{context.catalog(), context.tenants(), context.settings().tenancy,
                             context.pg_version()};
  std::vector<std::string> roles = policy.roles;
  if (policy_words::for_everybody(roles)) roles = {std::string(kAnyOtherRole)};
  return std::all_of(roles.begin(), roles.end(), [&](const std::string& role) {
    return policy_words::is_operator(context, role) || keeps_to_one_tenant(table, condition, role, access);
  });
}

// Who is not logged in has no tenant: what a policy shows to anon alone is published. And to make a tenant is
// how one begins.
bool is_meant_for_others(const catalog::Policy& policy, TenantKind kind) {
  const bool anon = policy.roles.size() == 1 && policy.roles.front() == "anon";
  if (anon && policy.command == ast::PolicyCommand::Select) return true;
  return kind == TenantKind::Root && policy.command == ast::PolicyCommand::Insert;
}

bool is_constant(const ast::Expression* expression) {
  return expression == nullptr || ast::as<ast::Constant>(expression) != nullptr;
}

bool ignores_tenant(const CheckContext& context, const catalog::Table& table, const catalog::Policy& policy,
                    std::string_view column) {
  for (const ast::Expression* condition : {policy.using_expression, policy.check_expression}) {
    if (is_constant(condition) || may_ask_for_the_tenant(condition, column)) continue;
    ast::Arena arena;
    const ast::Expression* rest = without_gates(context, table, condition, arena);
    if (rest != nullptr && !keeps_to_one_tenant_for_all(context, table, policy, *rest)) return true;
  }
  return false;
}

// Asked at the end: what a policy leans on may get its own policy later.
void run(const CheckContext& context, FindingSink& out) {
  if (!context.tenants().on()) return;
  for (const catalog::Table* table : context.catalog().tables()) {
    const TenantTable& entry = context.tenants().of(table->id);
    if (table->uncertain || (entry.kind != TenantKind::Column && entry.kind != TenantKind::Root)) continue;
    for (const catalog::Policy& policy : table->policies) {
      if (!policy.permissive || !context.is_target(policy.written)) continue;
      if (policy_words::for_operators(context, policy.roles) || is_meant_for_others(policy, entry.kind))
        continue;
      if (!ignores_tenant(context, *table, policy, entry.column)) continue;
      out.report(policy.written.place)
          .message("The policy {} does not ask for {}: it lets rows of every tenant through.",
                   sql_name(policy.name), sql_name(entry.column))
          .advice("AND {} = the tenant of whoever asks", sql_name(entry.column));
    }
  }
}

}  // namespace policy_ignores_tenant_check

extern constexpr Check policy_ignores_tenant{
    .since = "0.1.0",
    .summary = "A policy on a table of tenants does not ask for the tenant.",
    .on_history_end = policy_ignores_tenant_check::run};

}  // namespace migcheck::checks
