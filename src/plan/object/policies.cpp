// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "plan/drop/dependencies.hpp"
#include "plan/query/locks.hpp"
#include "plan/query/stored_trees.hpp"
#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using catalog::Dependency;

// What the policy needs of its own and of other tables. The table itself is no dependency: a policy has none
// without it.
void set_policy_needs(Planner& planner, catalog::Table& table, const catalog::Policy& policy) {
  std::vector<Dependency> needs;
  for (const ast::Expression* expression : {policy.using_expression, policy.check_expression}) {
    for (Dependency& need : needs_of(planner, expression, &table)) {
      const bool whole_table = need.on == table.id && need.column == 0;
      const bool known = std::find(needs.begin(), needs.end(), need) != needs.end();
      if (!whole_table && !known) needs.push_back(std::move(need));
    }
  }
  set_needs(table, Part::Policy, policy.name, std::move(needs));
}

const catalog::Table* lock_table(Planner& planner, const ast::QualifiedName& name) {
  const catalog::Object* found = require_relation(planner, name);
  planner.effect(planner.ref(name), LockMode::AccessExclusive);
  const auto* table = found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
  if (found != nullptr && table == nullptr) {
    planner.error("42809", fmt::format("\"{}\" is not a table", name.name));
  }
  return table;
}

// What a policy reads of old rows, and what it asks of new ones, where the command has only one of both.
bool conditions_fit(Planner& planner, ast::PolicyCommand command, const ast::Expression* using_expression,
                    const ast::Expression* check_expression) {
  const bool reads_only = command == ast::PolicyCommand::Select || command == ast::PolicyCommand::Delete;
  if (reads_only && check_expression != nullptr) {
    planner.error("42601", "WITH CHECK cannot be applied to SELECT or DELETE");
  } else if (command == ast::PolicyCommand::Insert && using_expression != nullptr) {
    planner.error("42601", "only WITH CHECK expression allowed for INSERT");
  } else {
    return true;
  }
  return false;
}

std::vector<std::string> names(ast::List<std::string_view> roles) {
  return {roles.begin(), roles.end()};
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreatePolicy& statement) {
  if (!conditions_fit(planner, statement.command, statement.using_expression, statement.check_expression))
    return;
  const catalog::Table* table = lock_table(planner, statement.table);
  lock_named_relations(planner, statement.using_expression);
  lock_named_relations(planner, statement.check_expression);
  if (table == nullptr || !planner.plan.errors.empty()) return;
  if (names_missing_column(planner, statement.using_expression, *table) ||
      names_missing_column(planner, statement.check_expression, *table))
    return;
  auto& edited = planner.draft.edit<catalog::Table>(table->id);
  if (edited.policies.find(statement.name.text) != nullptr) {
    if (edited.is_doubtful(catalog::TablePart::Policy, statement.name.text)) return;
    return planner.error("42710", fmt::format("policy \"{}\" for table \"{}\" already exists",
                                              statement.name.text, edited.name));
  }
  catalog::Policy policy;
  policy.name = std::string(statement.name.text);
  policy.command = statement.command;
  policy.permissive = statement.permissive;
  policy.roles = names(statement.roles);
  policy.using_expression = store_expression(planner, statement.using_expression);
  policy.check_expression = store_expression(planner, statement.check_expression);
  policy.origin = planner.context.origin;
  policy.written = policy.origin;
  set_policy_needs(planner, edited, policy);
  edited.settle(catalog::TablePart::Policy, policy.name);
  edited.policies.push_back(std::move(policy));
}

void plan_statement(Planner& planner, const ast::AlterPolicy& statement) {
  const catalog::Table* table = lock_table(planner, statement.table);
  lock_named_relations(planner, statement.using_expression);
  lock_named_relations(planner, statement.check_expression);
  if (table == nullptr || !planner.plan.errors.empty()) return;
  auto& edited = planner.draft.edit<catalog::Table>(table->id);
  const catalog::Policy* policy = edited.policies.find(statement.name.text);
  if (policy == nullptr) {
    if (edited.is_doubtful(catalog::TablePart::Policy, statement.name.text)) return;
    return missing(
        planner, "42704", edited.schema,
        fmt::format("policy \"{}\" for table \"{}\" does not exist", statement.name.text, edited.name));
  }
  if (!conditions_fit(planner, policy->command, statement.using_expression, statement.check_expression))
    return;
  edited.policies.edit(statement.name.text, [&](catalog::Policy& altered) {
    if (!statement.roles.empty()) altered.roles = names(statement.roles);
    if (statement.using_expression != nullptr)
      altered.using_expression = store_expression(planner, statement.using_expression);
    if (statement.check_expression != nullptr)
      altered.check_expression = store_expression(planner, statement.check_expression);
    if (statement.using_expression != nullptr || statement.check_expression != nullptr)
      altered.written = planner.context.origin;
  });
  set_policy_needs(planner, edited, *edited.policies.find(statement.name.text));
}

}  // namespace migcheck::plan
