// SPDX-License-Identifier: MIT
// ALTER TABLE: what is said of the table as a whole.
#include <fmt/format.h>

#include <algorithm>

#include "plan/alter/alter_table.hpp"
#include "plan/drop/dependencies.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/targets.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

using catalog::ObjectId;
using catalog::Persistence;
using Type = ast::AlterAction::Type;

namespace {

catalog::Table& draft_of(Alteration& alteration) {
  return alteration.planner.draft.edit<catalog::Table>(alteration.table);
}

void switch_row_security(Alteration& alteration, bool catalog::Table::*which, bool on) {
  catalog::Table& table = draft_of(alteration);
  table.*which = on;
  table.row_security_switched = alteration.planner.context.origin;
}

// A logged table must not depend on an unlogged one: foreign keys between the two are refused.
bool persistence_is_refused(Alteration& alteration, bool to_unlogged) {
  Planner& planner = alteration.planner;
  const catalog::Table& table = alteration.target();
  const auto refuse = [&](const catalog::Table& other) {
    planner.error("42P16", "could not change table \"" + table.name + "\" to " +
                               (to_unlogged ? "unlogged" : "logged") + " because it references " +
                               (to_unlogged ? "logged" : "unlogged") + " table \"" + other.name + "\"");
    return true;
  };
  if (to_unlogged) {
    for (const catalog::Catalog::IncomingKey& key : planner.draft.keys_to(table.id)) {
      if (key.table->id != table.id && key.table->persistence == Persistence::Permanent)
        return refuse(*key.table);
    }
    return false;
  }
  for (const catalog::Constraint& key : table.constraints) {
    const auto* other = planner.draft.get<catalog::Table>(key.references);
    if (other != nullptr && other->id != table.id && other->persistence == Persistence::Unlogged)
      return refuse(*other);
  }
  return false;
}

void set_persistence(Alteration& alteration, Persistence wanted) {
  const catalog::Table& table = alteration.target();
  if (table.kind == catalog::TableKind::Partitioned) {
    if (alteration.planner.version() < 18) return;
    return alteration.planner.error("42809", std::string("ALTER action SET ") +
                                                 (wanted == Persistence::Unlogged ? "UNLOGGED" : "LOGGED") +
                                                 " cannot be performed on relation \"" + table.name + "\"");
  }
  const auto& actions = alteration.statement.actions;
  const auto sets = [](const ast::AlterAction* one) {
    return one->type == Type::SetLogged || one->type == Type::SetUnlogged;
  };
  if (std::count_if(actions.begin(), actions.end(), sets) > 1) {
    return alteration.planner.error("0A000", "cannot change persistence setting twice");
  }
  if (table.persistence == wanted || persistence_is_refused(alteration, wanted == Persistence::Unlogged))
    return;
  draft_of(alteration).persistence = wanted;
  alteration.rewrite(alteration.table, WorkReason::Persistence);
}

// The files are copied block by block: nothing is read as rows, and indexes stay where they are.
void set_tablespace(Alteration& alteration, std::string_view tablespace) {
  const catalog::Table& table = alteration.target();
  const std::string wanted = tablespace == "pg_default" ? std::string() : std::string(tablespace);
  if (table.tablespace == wanted) return;
  Effect& effect = alteration.planner.effect(Planner::ref(table), LockMode::AccessExclusive);
  effect.rewrite = holds_rows(table);
  effect.reason = WorkReason::Tablespace;
  draft_of(alteration).tablespace = wanted;
}

void set_access_method(Alteration& alteration, std::string_view method) {
  const catalog::Table& table = alteration.target();
  if (table.kind == catalog::TableKind::Partitioned && alteration.planner.version() < 17) {
    return alteration.planner.error("42809", "cannot change access method of a partitioned table");
  }
  const auto plain = [](std::string_view name) { return name.empty() ? std::string_view("heap") : name; };
  if (plain(table.access_method) == plain(method)) return;
  draft_of(alteration).access_method = method;
  alteration.rewrite(alteration.table, WorkReason::AccessMethod);
}

// The index of the table that is called so; an error, with nothing, where there surely is none.
const catalog::Index* named_index(Alteration& alteration, std::string_view name) {
  Planner& planner = alteration.planner;
  const catalog::Table& table = alteration.target();
  for (const catalog::Index* index : planner.draft.indexes_of(table.id)) {
    if (index->name == name) return index;
  }
  if (!table.uncertain && shows_everything(planner, table.schema)) {
    planner.error("42704",
                  "index \"" + std::string(name) + "\" for table \"" + table.name + "\" does not exist");
  }
  return nullptr;
}

bool is_deferrable(const catalog::Table& table, const catalog::Index& index) {
  const catalog::Constraint* key = index.constraint.empty() ? nullptr : table.constraint(index.constraint);
  return key != nullptr && key->deferrable;
}

// The columns of the index must name each row, at once and always.
bool refuse_as_replica_identity(Alteration& alteration, const catalog::Index& index) {
  const catalog::Table& table = alteration.target();
  if (index.uncertain || table.uncertain) return false;
  const auto refuse = [&](std::string_view code, std::string_view kind) {
    alteration.planner.error(code,
                             fmt::format("cannot use {} index \"{}\" as replica identity", kind, index.name));
    return true;
  };
  if (!index.unique) return refuse("42809", "non-unique");
  if (is_deferrable(table, index)) return refuse("0A000", "non-immediate");
  for (const catalog::KeyElement& key : index.keys) {
    if (key.column == 0) return refuse("0A000", "expression");
  }
  if (index.predicate != nullptr) return refuse("0A000", "partial");
  for (const catalog::KeyElement& key : index.keys) {
    const catalog::Column* column = table.column(key.column);
    if (column == nullptr || column->not_null || table.is_doubtful(catalog::TablePart::Column, column->name))
      continue;
    alteration.planner.error(
        "42809",
        fmt::format("index \"{}\" cannot be used as replica identity because column \"{}\" is nullable",
                    index.name, column->name));
    return true;
  }
  return false;
}

void set_replica_identity(Alteration& alteration, const ast::AlterAction& action) {
  Planner& planner = alteration.planner;
  const bool by_index = action.value == "index";
  const catalog::Index* index = by_index ? named_index(alteration, action.name.text) : nullptr;
  if (by_index && !planner.plan.errors.empty()) return;
  if (index != nullptr && refuse_as_replica_identity(alteration, *index)) return;
  catalog::Table& table = draft_of(alteration);
  table.replica_identity = action.value;
  table.replica_index = index == nullptr ? catalog::kNoObject : index->id;
  if (index != nullptr) planner.effect(Planner::ref(*index), LockMode::Share).of_index = true;
}

void cluster_on(Alteration& alteration, const ast::AlterAction& action) {
  if (alteration.target().kind == catalog::TableKind::Partitioned) {
    return alteration.planner.error("0A000", "cannot mark index clustered in partitioned table");
  }
  const bool drops = action.type == Type::DropCluster;
  const catalog::Index* index = drops ? nullptr : named_index(alteration, action.name.text);
  if (index != nullptr && index->method != "btree" && index->method != "gist") {
    return alteration.planner.error("0A000", "cannot cluster on index \"" + index->name +
                                                 "\" because access method does not support clustering");
  }
  if (index != nullptr && index->predicate != nullptr && !index->uncertain) {
    return alteration.planner.error("0A000", "cannot cluster on partial index \"" + index->name + "\"");
  }
  if (index != nullptr)
    alteration.planner.effect(Planner::ref(*index), LockMode::ShareUpdateExclusive).of_index = true;
  draft_of(alteration).clustered_on = index == nullptr ? catalog::kNoObject : index->id;
}

void set_options(Alteration& alteration, const ast::AlterAction& action) {
  catalog::Table& table = draft_of(alteration);
  // RESET of what cannot be set is accepted.
  if (table.kind == catalog::TableKind::Partitioned && action.type == Type::SetOptions &&
      !action.options.empty()) {
    Planner& planner = alteration.planner;
    if (planner.version() >= 16) {
      return planner.error("42809", "cannot specify storage parameters for a partitioned table");
    }
    return planner.error("22023", "unrecognized parameter \"" + std::string(action.options[0]->name) + "\"");
  }
  for (const ast::Option* option : action.options) {
    const std::string name = option->space.empty()
                                 ? std::string(option->name)
                                 : std::string(option->space) + "." + std::string(option->name);
    if (action.type == Type::ResetOptions) {
      table.options.erase(name);
    } else {
      table.options[name] = option->has_value ? std::string(option->value) : "true";
    }
  }
}

catalog::TriggerState trigger_state(const ast::AlterAction& action) {
  if (action.type == Type::DisableTrigger) return catalog::TriggerState::Disabled;
  if (action.value == "always") return catalog::TriggerState::Always;
  return action.value == "replica" ? catalog::TriggerState::Replica : catalog::TriggerState::Origin;
}

// From 15 on the partitions' copies of a trigger follow.
void switch_triggers(Alteration& alteration, const ast::AlterAction& action) {
  Planner& planner = alteration.planner;
  const bool all = action.value == "all" || action.value == "user";
  if (planner.version() >= 15 && alteration.target().kind == catalog::TableKind::Partitioned)
    alteration.lock_descendants();
  bool found = all;
  for (const ObjectId id : alteration.targets()) {
    if (id != alteration.table && planner.version() < 15) break;
    const auto switch_it = [&](catalog::Trigger& trigger) {
      trigger.state = trigger_state(action);
      found = true;
    };
    auto& triggers = planner.draft.edit<catalog::Table>(id).triggers;
    all ? triggers.edit_all(switch_it) : triggers.edit(action.name.text, switch_it);
  }
  if (found || alteration.target().is_doubtful(catalog::TablePart::Trigger, action.name.text)) return;
  planner.error("42704", "trigger \"" + std::string(action.name.text) + "\" for table \"" +
                             alteration.target().name + "\" does not exist");
}

void switch_rules(Alteration& alteration, const ast::AlterAction& action) {
  auto& rules = draft_of(alteration).rules;
  if (rules.find(action.name.text) != nullptr) {
    return rules.edit(action.name.text,
                      [&](catalog::Rule& rule) { rule.enabled = action.type == Type::EnableRule; });
  }
  if (alteration.target().is_doubtful(catalog::TablePart::Rule, action.name.text)) return;
  alteration.planner.error("42704", "rule \"" + std::string(action.name.text) + "\" for relation \"" +
                                        alteration.target().name + "\" does not exist");
}

}  // namespace

void alter_property(Alteration& alteration, const ast::AlterAction& action) {
  switch (action.type) {
    case Type::SetLogged:
      return set_persistence(alteration, Persistence::Permanent);
    case Type::SetUnlogged:
      return set_persistence(alteration, Persistence::Unlogged);
    case Type::SetTablespace:
      return set_tablespace(alteration, action.value);
    case Type::SetAccessMethod:
      return set_access_method(alteration, action.value);
    case Type::SetOptions:
    case Type::ResetOptions:
    case Type::ReplaceOptions:
      return set_options(alteration, action);
    case Type::ChangeOwner:
      return change_owner(alteration.planner, alteration.table, action.value);
    case Type::ReplicaIdentity:
      return set_replica_identity(alteration, action);
    case Type::ClusterOn:
    case Type::DropCluster:
      return cluster_on(alteration, action);
    case Type::EnableTrigger:
    case Type::DisableTrigger:
      return switch_triggers(alteration, action);
    case Type::EnableRule:
    case Type::DisableRule:
      return switch_rules(alteration, action);
    case Type::AddOf:
    case Type::DropOf:
      return alter_row_type(alteration, action);
    case Type::EnableRowSecurity:
      switch_row_security(alteration, &catalog::Table::row_security, true);
      return draft_of(alteration).settle(catalog::TablePart::RowSecurity);
    case Type::DisableRowSecurity:
      switch_row_security(alteration, &catalog::Table::row_security, false);
      return draft_of(alteration).settle(catalog::TablePart::RowSecurity);
    case Type::ForceRowSecurity:
      switch_row_security(alteration, &catalog::Table::force_row_security, true);
      return;
    case Type::NoForceRowSecurity:
      switch_row_security(alteration, &catalog::Table::force_row_security, false);
      return;
    default:
      return;  // DROP OIDS, OPTIONS (…): a lock and nothing that is kept here
  }
}

}  // namespace migcheck::plan
