// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using ast::ObjectType;

struct KindWords {
  std::string_view word;  // "materialized view"
  std::string_view code;  // of "… does not exist"
};

KindWords words_for(ObjectType type) {
  switch (type) {
    case ObjectType::Table:
      return {"table", "42P01"};
    case ObjectType::ForeignTable:
      return {"foreign table", "42704"};
    case ObjectType::View:
      return {"view", "42P01"};
    case ObjectType::MaterializedView:
      return {"materialized view", "42P01"};
    case ObjectType::Sequence:
      return {"sequence", "42P01"};
    case ObjectType::Index:
      return {"index", "42704"};
    case ObjectType::Schema:
      return {"schema", "3F000"};
    case ObjectType::Function:
    case ObjectType::Routine:
      return {"function", "42883"};
    case ObjectType::Procedure:
      return {"procedure", "42883"};
    case ObjectType::Aggregate:
      return {"aggregate", "42883"};
    case ObjectType::Type:
    case ObjectType::Domain:
      return {"type", "42704"};
    case ObjectType::Extension:
      return {"extension", "42704"};
    case ObjectType::Trigger:
      return {"trigger", "42704"};
    case ObjectType::Policy:
      return {"policy", "42704"};
    case ObjectType::Rule:
      return {"rule", "42704"};
    case ObjectType::Publication:
      return {"publication", "42704"};
    case ObjectType::Statistics:
      return {"statistics object", "42704"};
    default:
      return {"object", "42704"};
  }
}

bool is_relation(ObjectType type) {
  return type == ObjectType::Table || type == ObjectType::ForeignTable || type == ObjectType::View ||
         type == ObjectType::MaterializedView || type == ObjectType::Sequence || type == ObjectType::Index;
}

// What must not be dropped by itself: it is a part of something else. Gives that as PostgreSQL words it.
std::string required_by(const Planner& planner, const catalog::Object& object) {
  if (const auto* index = std::get_if<catalog::Index>(&object)) {
    if (index->parent_index != catalog::kNoObject) {
      return describe(planner, {index->parent_index, Part::Whole, {}});
    }
    if (!index->constraint.empty()) {
      return describe(planner, {index->table, Part::Constraint, index->constraint});
    }
  }
  if (const auto* sequence = std::get_if<catalog::Sequence>(&object);
      sequence != nullptr && sequence->identity) {
    const auto* table = planner.draft.get<catalog::Table>(sequence->owned_by);
    const catalog::Column* column = table == nullptr ? nullptr : table->column(sequence->owned_column);
    if (column != nullptr) return describe(planner, {table->id, Part::Column, column->name});
  }
  for (const catalog::Dependency& dependency : catalog::base(object).dependencies) {
    if (dependency.kind != catalog::DependencyKind::Extension) continue;
    if (planner.draft.object(dependency.on) != nullptr) {
      return describe(planner, {dependency.on, Part::Whole, {}});
    }
  }
  return {};
}

void not_there(Planner& planner, const ast::Drop& statement, const ast::ObjectName& name) {
  const auto [word, code] = words_for(statement.object);
  const bool relation = is_relation(statement.object);
  if (relation && (!statement.if_exists || !surely_absent(planner, name.name))) {
    Effect& effect = planner.effect(planner.ref(name.name), LockMode::AccessExclusive);
    effect.of_index = statement.object == ObjectType::Index;
  }
  if (statement.if_exists) return;
  const bool certain = relation
                           ? planner.before.was_known(name.name.schema, name.name.name, planner.search_path())
                       : code == "42883" ? function_surely_absent(planner, name.name)
                                         : shows_everything(planner, name.name.schema);
  if (!certain) return;
  const std::string written = name.name.schema.empty()
                                  ? std::string(name.name.name)
                                  : fmt::format("{}.{}", name.name.schema, name.name.name);
  planner.error(code, fmt::format("{} \"{}\" does not exist", word, written));
}

bool has_part(const catalog::Object& object, ObjectType type, std::string_view name) {
  if (const auto* table = std::get_if<catalog::Table>(&object)) {
    return (type == ObjectType::Trigger && table->triggers.find(name) != nullptr) ||
           (type == ObjectType::Policy && table->policies.find(name) != nullptr) ||
           (type == ObjectType::Rule && table->rules.find(name) != nullptr);
  }
  const auto* view = std::get_if<catalog::View>(&object);
  return view != nullptr && ((type == ObjectType::Trigger && view->triggers.find(name) != nullptr) ||
                             (type == ObjectType::Rule && view->rules.find(name) != nullptr));
}

Part part_for(ObjectType type) {
  if (type == ObjectType::Trigger) return Part::Trigger;
  return type == ObjectType::Policy ? Part::Policy : Part::Rule;
}

// DROP TRIGGER, POLICY, RULE … ON table. Nothing is locked where it is missing.
void find_part(Planner& planner, const ast::Drop& statement, const ast::ObjectName& name,
               std::vector<DropTarget>& targets) {
  const catalog::Object* table = planner.find(name.on);
  const auto [word, code] = words_for(statement.object);
  if (table == nullptr) {
    if (statement.if_exists && surely_absent(planner, name.on)) return;
    planner.effect(planner.ref(name.on), LockMode::AccessExclusive);
    require_relation(planner, name.on, statement.if_exists);
    return;
  }
  const catalog::ObjectBase& base = catalog::base(*table);
  if (has_part(*table, statement.object, name.name.name)) {
    targets.push_back({base.id, part_for(statement.object), std::string(name.name.name)});
    return;
  }
  const auto* held = std::get_if<catalog::Table>(table);
  const catalog::TablePart part = table_part(statement.object);
  const bool doubtful = held == nullptr ? base.uncertain : held->is_doubtful(part, name.name.name);
  if (doubtful && held != nullptr) {
    planner.draft.edit<catalog::Table>(held->id).settle(part, name.name.name);
  } else if (statement.if_exists && shows_everything(planner, base.schema)) {
    return;
  }
  planner.effect(Planner::ref(base), LockMode::AccessExclusive).assumed = statement.if_exists;
  if (!statement.if_exists && !doubtful && shows_everything(planner, base.schema)) {
    planner.error(code,
                  fmt::format("{} \"{}\" for table \"{}\" does not exist", word, name.name.name, base.name));
  }
}

void find_whole(Planner& planner, const ast::Drop& statement, const ast::ObjectName& name,
                std::vector<DropTarget>& targets) {
  const bool routine = statement.object == ObjectType::Function ||
                       statement.object == ObjectType::Procedure || statement.object == ObjectType::Routine ||
                       statement.object == ObjectType::Aggregate;
  if (routine && find_function(planner, statement.object, name).ambiguous) {
    return planner.error("42725", fmt::format("{} name \"{}\" is not unique",
                                              words_for(statement.object).word, name.name.name));
  }
  const catalog::Object* found = find_object(planner, statement.object, name);
  if (found == nullptr) return not_there(planner, statement, name);
  const catalog::ObjectBase& base = catalog::base(*found);
  if (!is_of_kind(*found, statement.object)) {
    const std::string_view word = words_for(statement.object).word;
    planner.error("42809", fmt::format("\"{}\" is not {} {}", base.name, word == "index" ? "an" : "a", word));
    return;
  }
  if (const std::string owner = required_by(planner, *found); !owner.empty()) {
    planner.error("2BP01", fmt::format("cannot drop {} because {} requires it",
                                       describe(planner, {base.id, Part::Whole, {}}), owner));
    return;
  }
  targets.push_back({base.id, Part::Whole, {}});
}

// The table is not locked against anybody; the index itself is, at the very end.
void drop_concurrently(Planner& planner, const ast::Drop& statement, const std::vector<DropTarget>& targets) {
  planner.plan.not_in_transaction = "DROP INDEX CONCURRENTLY";
  planner.plan.waits.writers = true;
  if (statement.names.size() > 1) {
    return planner.error("0A000", "DROP INDEX CONCURRENTLY does not support dropping multiple objects");
  }
  if (statement.cascade) {
    return planner.error("0A000", "DROP INDEX CONCURRENTLY does not support CASCADE");
  }
  if (targets.empty()) {
    for (Effect& effect : planner.plan.effects) effect.lock = LockMode::AccessExclusive;
    return;
  }
  const auto* index = planner.draft.get<catalog::Index>(targets.front().object);
  const catalog::Object* owner = index == nullptr ? nullptr : planner.draft.object(index->table);
  if (owner == nullptr) return;
  const auto* table = std::get_if<catalog::Table>(owner);
  if (table != nullptr && table->kind == catalog::TableKind::Partitioned) {
    return planner.error("0A000",
                         fmt::format("cannot drop partitioned index \"{}\" concurrently", index->name));
  }
  const RelationRef index_ref = Planner::ref(*index);
  const RelationRef table_ref = Planner::ref(catalog::base(*owner));
  std::vector<Effect> before = planner.plan.effects;
  if (!drop_all(planner, targets, false)) return;
  planner.plan.effects = std::move(before);
  planner.effect(table_ref, LockMode::ShareUpdateExclusive);
  planner.effect(index_ref, LockMode::AccessExclusive).of_index = true;
}

std::string_view refused_in_transaction(ObjectType type) {
  if (type == ObjectType::Database) return "DROP DATABASE";
  if (type == ObjectType::Tablespace) return "DROP TABLESPACE";
  // Only while it has a replication slot, which is the rule.
  return type == ObjectType::Subscription ? "DROP SUBSCRIPTION" : std::string_view{};
}

bool outside_the_catalog(ObjectType type) {
  return type == ObjectType::Database || type == ObjectType::Tablespace || type == ObjectType::UserMapping ||
         type == ObjectType::LargeObject || type == ObjectType::Cast || type == ObjectType::Transform ||
         type == ObjectType::Other;
}

}  // namespace

void plan_statement(Planner& planner, const ast::Drop& statement) {
  planner.plan.not_in_transaction = refused_in_transaction(statement.object);
  if (outside_the_catalog(statement.object)) return;
  const bool is_part = statement.object == ObjectType::Trigger || statement.object == ObjectType::Policy ||
                       statement.object == ObjectType::Rule;
  std::vector<DropTarget> targets;
  for (const ast::ObjectName& name : statement.names) {
    planner.clause = name.name.span;
    if (is_part) {
      find_part(planner, statement, name, targets);
    } else {
      find_whole(planner, statement, name, targets);
    }
    planner.clause = {};
    if (!planner.plan.errors.empty()) break;
  }
  if (statement.concurrently) return drop_concurrently(planner, statement, targets);
  if (!planner.plan.errors.empty()) return;
  if (targets.empty()) {
    planner.plan.no_op = planner.plan.effects.empty();
    return;
  }
  drop_all(planner, targets, statement.cascade);
}

}  // namespace migcheck::plan
