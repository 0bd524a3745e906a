// SPDX-License-Identifier: MIT
// What concerns the whole server: databases, tablespaces, settings, subscriptions. Most of it cannot be
// rolled back, so PostgreSQL refuses it in a transaction block.
#include <algorithm>

#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

const ast::Option* find_option(ast::List<const ast::Option*> options, std::string_view name) {
  const auto found = std::find_if(options.begin(), options.end(),
                                  [&](const ast::Option* option) { return option->name == name; });
  return found == options.end() ? nullptr : *found;
}

bool is_off(ast::List<const ast::Option*> options, std::string_view name) {
  const ast::Option* option = find_option(options, name);
  return option != nullptr && (option->value == "false" || option->value == "off" || option->value == "0");
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreateDatabase&) {
  planner.plan.not_in_transaction = "CREATE DATABASE";
}

void plan_statement(Planner& planner, const ast::AlterDatabase& statement) {
  if (find_option(statement.options, "tablespace") != nullptr) {
    planner.plan.not_in_transaction = "ALTER DATABASE SET TABLESPACE";
  }
}

void plan_statement(Planner& planner, const ast::AlterSystem&) {
  planner.plan.not_in_transaction = "ALTER SYSTEM";
}

void plan_statement(Planner& planner, const ast::CreateTablespace&) {
  planner.plan.not_in_transaction = "CREATE TABLESPACE";
}

// With connect = false no slot is made on the other side, unless it is asked for.
void plan_statement(Planner& planner, const ast::CreateSubscription& statement) {
  const bool makes_slot = !is_off(statement.options, "connect") && !is_off(statement.options, "create_slot");
  if (makes_slot) planner.plan.not_in_transaction = "CREATE SUBSCRIPTION ... WITH (create_slot = true)";
  catalog::OtherObject subscription;
  subscription.name = std::string(statement.name.text);
  subscription.type = ast::ObjectType::Subscription;
  subscription.origin = planner.context.origin;
  planner.draft.create(std::move(subscription));
}

void plan_statement(Planner& planner, const ast::Discard& statement) {
  if (statement.target == "all") planner.plan.not_in_transaction = "DISCARD ALL";
  if (statement.target != "all" && statement.target != "temp") return;
  std::vector<DropTarget> temporary;
  for (const catalog::Table* table : planner.before.tables()) {
    if (table->persistence == catalog::Persistence::Temporary) {
      temporary.push_back({table->id, Part::Whole, {}});
    }
  }
  if (!temporary.empty()) drop_all(planner, temporary, true);
}

void plan_statement(Planner& planner, const ast::Transaction& statement) {
  if (statement.action == ast::Transaction::Action::CommitPrepared) {
    planner.plan.not_in_transaction = "COMMIT PREPARED";
  } else if (statement.action == ast::Transaction::Action::RollbackPrepared) {
    planner.plan.not_in_transaction = "ROLLBACK PREPARED";
  }
}

}  // namespace migcheck::plan
