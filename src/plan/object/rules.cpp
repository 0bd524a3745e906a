// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <string>

#include "plan/query/locks.hpp"
#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

template <typename Relation>
void put_rule(Planner& planner, Relation& relation, const ast::CreateRule& statement) {
  catalog::Rule rule;
  rule.name = std::string(statement.name.text);
  rule.event = std::string(statement.event);
  rule.instead = statement.instead;
  rule.origin = planner.context.origin;
  const bool replaces = relation.rules.find(rule.name) != nullptr;
  if (replaces && !statement.or_replace) {
    return planner.error(
        "42710", fmt::format("rule \"{}\" for relation \"{}\" already exists", rule.name, relation.name));
  }
  std::vector<catalog::Dependency> needs = needs_of(planner, statement.where);
  for (const ast::Statement* action : statement.actions) {
    for (catalog::Dependency& need : needs_of_query(planner, *action)) {
      if (need.on != relation.id) needs.push_back(std::move(need));
    }
  }
  set_needs(relation, Part::Rule, rule.name, std::move(needs));
  if (!replaces) return relation.rules.push_back(std::move(rule));
  relation.rules.edit(std::string(rule.name), [&](catalog::Rule& old) { old = std::move(rule); });
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreateRule& statement) {
  const catalog::Object* found = require_relation(planner, statement.table);
  planner.effect(planner.ref(statement.table), LockMode::AccessExclusive);
  for (const ast::Statement* action : statement.actions) lock_named_relations(planner, action);
  if (found == nullptr || !planner.plan.errors.empty()) return;
  if (std::holds_alternative<catalog::Table>(*found)) {
    put_rule(planner, planner.draft.edit<catalog::Table>(catalog::base(*found).id), statement);
  } else if (std::holds_alternative<catalog::View>(*found)) {
    put_rule(planner, planner.draft.edit<catalog::View>(catalog::base(*found).id), statement);
  }
}

}  // namespace migcheck::plan
