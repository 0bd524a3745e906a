// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "plan/query/stored_trees.hpp"
#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

const catalog::Function* trigger_function(const Planner& planner, const ast::QualifiedName& name) {
  const auto found = planner.draft.functions_taking({}, name.schema, name.name, planner.search_path());
  return found.empty() ? nullptr : found.front();
}

// PostgreSQL's own trigger functions are in no list of functions that expressions may call.
bool is_builtin_trigger(const ast::QualifiedName& name) {
  const bool of_postgres = name.schema.empty() || name.schema == "pg_catalog";
  return of_postgres &&
         (name.name == "suppress_redundant_updates_trigger" || name.name == "tsvector_update_trigger" ||
          name.name == "tsvector_update_trigger_column");
}

catalog::Trigger make_trigger(const Planner& planner, const ast::CreateTrigger& statement,
                              const catalog::Table* table) {
  catalog::Trigger trigger;
  trigger.name = std::string(statement.name.text);
  const catalog::Function* function = trigger_function(planner, statement.function);
  trigger.function_id = function == nullptr ? catalog::kNoObject : function->id;
  const std::string_view schema = function != nullptr ? std::string_view(function->schema)
                                  : is_builtin_trigger(statement.function) ? "pg_catalog"
                                                                           : statement.function.schema;
  trigger.function = schema.empty() ? std::string(statement.function.name)
                                    : fmt::format("{}.{}", schema, statement.function.name);
  trigger.timing = statement.timing;
  trigger.on_insert = statement.on_insert;
  trigger.on_update = statement.on_update;
  trigger.on_delete = statement.on_delete;
  trigger.on_truncate = statement.on_truncate;
  trigger.row = statement.row;
  trigger.constraint = statement.constraint;
  trigger.deferrable = statement.deferrable || statement.initially_deferred;
  trigger.initially_deferred = statement.initially_deferred;
  trigger.arguments.assign(statement.arguments.begin(), statement.arguments.end());
  for (const ast::Name& name : statement.transition_tables) trigger.transition_tables.emplace_back(name.text);
  trigger.when = store_expression(planner, statement.when);
  trigger.origin = planner.context.origin;
  if (table == nullptr) return trigger;
  for (const ast::Name& name : statement.update_columns) {
    if (const catalog::Column* column = table->column(name.text))
      trigger.update_columns.push_back(column->number);
  }
  // In WHEN the columns stand behind OLD and NEW.
  ast::walk(statement.when, [&](const ast::Node& node) {
    const auto* reference = ast::as<ast::ColumnRef>(&node);
    const bool of_row = reference != nullptr && (reference->table() == "old" || reference->table() == "new");
    const catalog::Column* column = of_row ? table->column(reference->column()) : nullptr;
    if (column != nullptr) trigger.when_columns.push_back(column->number);
    return true;
  });
  return trigger;
}

std::vector<catalog::Dependency> needs_of_trigger(const Planner& planner, const catalog::Trigger& trigger,
                                                  const ast::CreateTrigger& statement) {
  std::vector<catalog::Dependency> needs = needs_of(planner, statement.when);
  if (trigger.function_id != catalog::kNoObject) {
    needs.push_back({trigger.function_id, 0, catalog::DependencyKind::Normal, Part::Trigger, {}});
  }
  return needs;
}

// Adds or replaces it; false, with the error said, where it may not.
bool put(Planner& planner, catalog::Parts<catalog::Trigger>& triggers, catalog::Trigger trigger,
         const ast::CreateTrigger& statement) {
  if (triggers.find(trigger.name) == nullptr) {
    triggers.push_back(std::move(trigger));
    return true;
  }
  if (!statement.or_replace) {
    planner.error("42710", fmt::format("trigger \"{}\" for relation \"{}\" already exists", trigger.name,
                                       statement.table.name));
    return false;
  }
  triggers.edit(std::string(trigger.name), [&](catalog::Trigger& old) { old = std::move(trigger); });
  return true;
}

// A trigger for each row is every partition's own too.
void put_on_partitions(Planner& planner, const catalog::Table& table, const ast::CreateTrigger& statement) {
  if (!statement.row) return;
  for (const catalog::Table* partition : descendants(planner, table.id)) {
    planner.effect(Planner::ref(*partition), LockMode::ShareRowExclusive);
    catalog::Trigger clone = make_trigger(planner, statement, partition);
    const std::string name = clone.name;
    std::vector<catalog::Dependency> needs = needs_of_trigger(planner, clone, statement);
    auto& edited = planner.draft.edit<catalog::Table>(partition->id);
    if (!put(planner, edited.triggers, std::move(clone), statement)) return;
    set_needs(edited, Part::Trigger, name, std::move(needs));
  }
}

// UPDATE OF a column that is not there.
bool column_is_missing(Planner& planner, const ast::CreateTrigger& statement, const catalog::Table* table) {
  if (table == nullptr || table->is_doubtful(catalog::TablePart::Column)) return false;
  for (const ast::Name& name : statement.update_columns) {
    if (table->column(name.text) != nullptr) continue;
    planner.error("42703",
                  fmt::format("column \"{}\" of relation \"{}\" does not exist", name.text, table->name));
    return true;
  }
  return false;
}

bool refused(Planner& planner, const ast::CreateTrigger& statement, const catalog::Table* table) {
  if (column_is_missing(planner, statement, table)) return true;
  const bool partitioned = table != nullptr && table->kind == catalog::TableKind::Partitioned;
  // BEFORE triggers for each row of a partitioned table came with 13.
  if (partitioned && statement.row && statement.timing == ast::CreateTrigger::Timing::Before &&
      planner.version() < 13) {
    planner.error("42809", fmt::format("\"{}\" is a partitioned table", table->name));
  } else if (table != nullptr && statement.timing == ast::CreateTrigger::Timing::InsteadOf) {
    planner.error("42809", fmt::format("\"{}\" is a table", table->name));
  } else if (!is_builtin_trigger(statement.function) && function_surely_absent(planner, statement.function)) {
    planner.error("42883", fmt::format("function {}() does not exist", statement.function.name));
  }
  return !planner.plan.errors.empty();
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreateTrigger& statement) {
  const catalog::Object* found = require_relation(planner, statement.table);
  planner.effect(planner.ref(statement.table), LockMode::ShareRowExclusive);
  if (!statement.constraint_from.empty()) {
    require_relation(planner, statement.constraint_from);
    planner.effect(planner.ref(statement.constraint_from), LockMode::AccessShare);
  }
  if (found == nullptr) return;
  const auto* table = std::get_if<catalog::Table>(found);
  if (refused(planner, statement, table)) return;
  catalog::Trigger trigger = make_trigger(planner, statement, table);
  const std::string name = trigger.name;
  std::vector<catalog::Dependency> needs = needs_of_trigger(planner, trigger, statement);
  if (table != nullptr) {
    put_on_partitions(planner, *table, statement);
    auto& edited = planner.draft.edit<catalog::Table>(table->id);
    if (put(planner, edited.triggers, std::move(trigger), statement)) {
      set_needs(edited, Part::Trigger, name, std::move(needs));
    }
  } else if (const auto* view = std::get_if<catalog::View>(found)) {
    auto& edited = planner.draft.edit<catalog::View>(view->id);
    if (put(planner, edited.triggers, std::move(trigger), statement)) {
      set_needs(edited, Part::Trigger, name, std::move(needs));
    }
  }
}

void plan_statement(Planner& planner, const ast::CreateEventTrigger& statement) {
  catalog::OtherObject trigger;
  trigger.name = std::string(statement.name.text);
  trigger.type = ast::ObjectType::EventTrigger;
  trigger.origin = planner.context.origin;
  if (planner.draft.other(trigger.type, {}, trigger.name, {}) != nullptr) {
    return planner.error("42710", fmt::format("event trigger \"{}\" already exists", trigger.name));
  }
  if (const catalog::Function* function = trigger_function(planner, statement.function)) {
    set_needs(trigger, Part::Whole, {},
              {{function->id, 0, catalog::DependencyKind::Normal, Part::Whole, {}}});
  }
  planner.draft.create(std::move(trigger));
}

}  // namespace migcheck::plan
