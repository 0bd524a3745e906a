// SPDX-License-Identifier: MIT
// REINDEX: the table lets readers in, the index does not, and a query's planning needs all indexes.
#include "plan/statements.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

using catalog::ObjectId;

namespace {

bool is_concurrent(const ast::Reindex& statement) {
  if (statement.concurrently) return true;
  for (const ast::Option* option : statement.options) {
    if (option->name == "concurrently") return option->value != "false" && option->value != "off";
  }
  return false;
}

void rebuild_index(Planner& planner, const catalog::Index& index, LockMode lock) {
  const catalog::Object* owner = planner.draft.object(index.table);
  if (owner == nullptr) return;
  Effect& effect = planner.effect(Planner::ref(catalog::base(*owner)), lock);
  effect.reason = WorkReason::Reindex;
  effect.scan = true;
  effect.builds.push_back(index.name);
  if (lock == LockMode::ShareUpdateExclusive) return;
  planner.effect(Planner::ref(index), LockMode::AccessExclusive).of_index = true;
}

void rebuild_all(Planner& planner, ObjectId owner, LockMode lock) {
  const catalog::Object* relation = planner.draft.object(owner);
  planner.effect(Planner::ref(catalog::base(*relation)), lock).reason = WorkReason::Reindex;
  for (const catalog::Index* index : planner.draft.indexes_of(owner)) rebuild_index(planner, *index, lock);
}

void refuse_in_transaction(Planner& planner, std::string_view what, bool concurrently) {
  planner.plan.not_in_transaction = concurrently ? std::string_view("REINDEX CONCURRENTLY") : what;
  if (!concurrently) return;
  planner.plan.waits.writers = true;
  planner.plan.waits.old_snapshots = true;
}

// A partitioned table's parts go one by one, each in a transaction of its own (14). Asking for a part, also
// the concurrent form first takes SHARE.
void reindex_partitioned(Planner& planner, const catalog::Table& table, LockMode lock) {
  planner.effect(Planner::ref(table), lock).reason = WorkReason::Reindex;
  if (planner.version() < 14) return;
  for (const ObjectId member : descendant_ids(planner, table.id)) {
    if (holds_rows(*planner.draft.get<catalog::Table>(member))) rebuild_all(planner, member, LockMode::Share);
  }
}

void reindex_table(Planner& planner, const ast::Reindex& statement, LockMode lock, bool concurrently) {
  const catalog::Object* found = require_relation(planner, statement.relation);
  if (concurrently) refuse_in_transaction(planner, {}, true);
  if (found == nullptr) {
    Effect& effect = planner.effect(planner.ref(statement.relation), lock);
    effect.reason = WorkReason::Reindex;
    effect.scan = true;
    return;
  }
  const auto* table = std::get_if<catalog::Table>(found);
  if (table == nullptr || table->kind != catalog::TableKind::Partitioned) {
    return rebuild_all(planner, catalog::base(*found).id, lock);
  }
  if (planner.version() >= 14) refuse_in_transaction(planner, "REINDEX TABLE", concurrently);
  reindex_partitioned(planner, *table, lock);
}

void reindex_partitioned_index(Planner& planner, const catalog::Index& index, const catalog::Table& table,
                               LockMode lock, bool concurrently) {
  if (planner.version() < 14) {
    return planner.error("0A000", "REINDEX is not yet implemented for partitioned indexes");
  }
  refuse_in_transaction(planner, "REINDEX INDEX", concurrently);
  planner.effect(Planner::ref(table), lock).reason = WorkReason::Reindex;
  if (planner.version() >= 15 && !concurrently) {
    planner.effect(Planner::ref(index), LockMode::AccessExclusive).of_index = true;
  }
  for (const ObjectId member : descendant_ids(planner, table.id)) {
    for (const catalog::Index* child : planner.draft.indexes_of(member)) {
      const auto* parent = planner.draft.get<catalog::Index>(child->parent_index);
      while (parent != nullptr && parent->id != index.id)
        parent = planner.draft.get<catalog::Index>(parent->parent_index);
      if (parent != nullptr) rebuild_index(planner, *child, LockMode::Share);
    }
  }
}

void reindex_index(Planner& planner, const ast::Reindex& statement, LockMode lock, bool concurrently) {
  if (concurrently) refuse_in_transaction(planner, {}, true);
  const catalog::Object* found = require_relation(planner, statement.relation);
  const auto* index = found == nullptr ? nullptr : std::get_if<catalog::Index>(found);
  if (index == nullptr) {
    Effect& effect = planner.effect(planner.ref(statement.relation), LockMode::AccessExclusive);
    effect.of_index = true;
    effect.reason = WorkReason::Reindex;
    effect.builds.emplace_back(statement.relation.name);
    return;
  }
  const auto* table = planner.draft.get<catalog::Table>(index->table);
  if (table != nullptr && table->kind == catalog::TableKind::Partitioned) {
    return reindex_partitioned_index(planner, *index, *table, lock, concurrently);
  }
  rebuild_index(planner, *index, lock);
}

// Every table of the schema (or of all of them) that has rows of its own, each in its own transaction.
void reindex_everything(Planner& planner, const ast::Reindex& statement, LockMode lock, bool concurrently) {
  using Target = ast::Reindex::Target;
  const std::string_view what = statement.target == Target::Schema     ? "REINDEX SCHEMA"
                                : statement.target == Target::Database ? "REINDEX DATABASE"
                                                                       : "REINDEX SYSTEM";
  refuse_in_transaction(planner, what, concurrently);
  if (statement.target == Target::System) return;
  const auto wanted = [&](std::string_view schema) {
    return statement.target == Target::Database || schema == statement.name.text;
  };
  for (const catalog::Table* table : planner.before.tables()) {
    if (holds_rows(*table) && wanted(table->schema)) rebuild_all(planner, table->id, lock);
  }
  for (const catalog::Object* object : planner.before.objects(catalog::ObjectKind::View)) {
    const auto& view = std::get<catalog::View>(*object);
    if (view.materialized && wanted(view.schema)) rebuild_all(planner, view.id, lock);
  }
}

}  // namespace

void plan_statement(Planner& planner, const ast::Reindex& statement) {
  const bool concurrently = is_concurrent(statement);
  const LockMode lock = concurrently ? LockMode::ShareUpdateExclusive : LockMode::Share;
  switch (statement.target) {
    case ast::Reindex::Target::Index:
      return reindex_index(planner, statement, lock, concurrently);
    case ast::Reindex::Target::Table:
      return reindex_table(planner, statement, lock, concurrently);
    default:
      return reindex_everything(planner, statement, lock, concurrently);
  }
}

}  // namespace migcheck::plan
