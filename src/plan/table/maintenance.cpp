// SPDX-License-Identifier: MIT
// TRUNCATE, CLUSTER, VACUUM and ANALYZE, LOCK TABLE, whole tablespaces.
#include <algorithm>
#include <unordered_set>

#include "plan/query/data.hpp"
#include "plan/statements.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

using catalog::ObjectId;

namespace {

// --- TRUNCATE ---

void truncate_one(Planner& planner, const catalog::Table& table, bool restart_identity) {
  Effect& effect = planner.effect(Planner::ref(table), LockMode::AccessExclusive);
  // New, empty files take the place of the old ones; the indexes get empty ones too.
  if (holds_rows(table)) effect.builds = index_names(planner, table.id);
  if (planner.version() < 14 && table.partition_of != catalog::kNoObject) {
    if (const auto* parent = planner.draft.get<catalog::Table>(table.partition_of)) {
      planner.effect(Planner::ref(*parent), LockMode::AccessShare);
    }
  }
  if (!restart_identity) return;
  for (const catalog::Sequence* sequence : planner.draft.sequences_of(table.id)) {
    planner.effect(Planner::ref(*sequence), LockMode::AccessExclusive);
  }
}

// The tables to empty: as named, their children, and with CASCADE those that refer to one of them.
std::vector<ObjectId> truncated_tables(Planner& planner, const ast::Truncate& statement) {
  std::vector<ObjectId> tables;
  std::unordered_set<ObjectId> seen;
  const auto add = [&](ObjectId id) {
    if (seen.insert(id).second) tables.push_back(id);
  };
  for (const ast::RelationName& name : statement.relations) {
    const catalog::Object* found = require_relation(planner, name);
    const auto* table = found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
    if (table == nullptr) {
      planner.effect(planner.ref(name), LockMode::AccessExclusive);
      continue;
    }
    for (const ObjectId member : name.only ? std::vector<ObjectId>{table->id} : family(planner, table->id))
      add(member);
  }
  for (std::size_t at = 0; at < tables.size(); ++at) {  // NOLINT(modernize-loop-convert): it grows meanwhile
    for (const catalog::Catalog::IncomingKey& key : planner.draft.keys_to(tables[at])) {
      if (seen.contains(key.table->id)) continue;
      if (!statement.cascade) {
        planner.error("0A000", "cannot truncate a table referenced in a foreign key constraint");
        return {};
      }
      add(key.table->id);
    }
  }
  return tables;
}

// --- CLUSTER ---

void cluster_table(Planner& planner, const catalog::Table& table) {
  for (const ObjectId member : family(planner, table.id)) {
    const auto& at = *planner.draft.get<catalog::Table>(member);
    if (member != table.id && table.kind != catalog::TableKind::Partitioned) break;
    Effect& effect = planner.effect(Planner::ref(at), LockMode::AccessExclusive);
    effect.reason = WorkReason::Cluster;
    effect.rewrite = holds_rows(at);
    effect.scan = holds_rows(at);
    if (holds_rows(at)) effect.builds = index_names(planner, member);
  }
}

// --- VACUUM, ANALYZE ---

bool option_is_on(const ast::Vacuum& statement, std::string_view name) {
  for (const ast::Option* option : statement.options) {
    if (option->name == name)
      return !option->has_value ||
             (option->value != "false" && option->value != "off" && option->value != "0");
  }
  return false;
}

void vacuum_relation(Planner& planner, const ast::Vacuum& statement, const catalog::ObjectBase& relation,
                     bool has_rows, LockMode lock) {
  const bool full = statement.full || option_is_on(statement, "full");
  Effect& effect = planner.effect(Planner::ref(relation), lock);
  if (!full || !has_rows) return;
  effect.reason = WorkReason::VacuumFull;
  effect.rewrite = true;
  effect.scan = true;
  effect.builds = index_names(planner, relation.id);
}

void vacuum_named(Planner& planner, const ast::Vacuum& statement, const ast::RelationName& name,
                  LockMode lock) {
  const catalog::Object* found = require_relation(planner, name);
  const auto* table = found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
  if (table == nullptr) {
    if (found != nullptr) return vacuum_relation(planner, statement, catalog::base(*found), true, lock);
    Effect& effect = planner.effect(planner.ref(name), lock);
    effect.rewrite = lock == LockMode::AccessExclusive;
    effect.scan = effect.rewrite;
    return;
  }
  vacuum_relation(planner, statement, *table, holds_rows(*table), lock);
  const bool recurses = table->kind == catalog::TableKind::Partitioned ||
                        (!statement.is_vacuum && !name.only) || (planner.version() >= 18 && !name.only);
  if (!recurses) return;
  // With ONLY (18), and for inheritors before 18, the children are sampled for the parent's statistics, and
  // nothing else.
  const bool sampled =
      name.only || (table->kind != catalog::TableKind::Partitioned && planner.version() < 18);
  const LockMode on_child = sampled ? LockMode::AccessShare : lock;
  for (const ObjectId member : descendant_ids(planner, table->id)) {
    const auto& child = *planner.draft.get<catalog::Table>(member);
    vacuum_relation(planner, statement, child, holds_rows(child) && !sampled, on_child);
  }
}

// --- ALTER TABLE (INDEX, MATERIALIZED VIEW) ALL IN TABLESPACE ---

// The history tells an owner only where it sets one: of the others, any role may be the owner.
bool owned_by(const catalog::ObjectBase& object, const ast::MoveAll& statement) {
  if (statement.owners.empty() || object.owner.empty()) return true;
  return std::find(statement.owners.begin(), statement.owners.end(), object.owner) != statement.owners.end();
}

std::string_view place_of(std::string_view tablespace) {
  return tablespace == "pg_default" ? std::string_view() : tablespace;
}

Effect& move(Planner& planner, const catalog::ObjectBase& object, const ast::MoveAll& statement) {
  Effect& effect = planner.effect(Planner::ref(object), LockMode::AccessExclusive);
  effect.reason = WorkReason::Tablespace;
  effect.assumed = !statement.owners.empty() && object.owner.empty();
  return effect;
}

void move_tables(Planner& planner, const ast::MoveAll& statement) {
  for (const catalog::Table* table : planner.before.tables()) {
    const bool has_files_or_parts =
        table->kind == catalog::TableKind::Plain || table->kind == catalog::TableKind::Partitioned;
    if (!has_files_or_parts || table->persistence == catalog::Persistence::Temporary) continue;
    if (place_of(table->tablespace) != place_of(statement.from) || !owned_by(*table, statement)) continue;
    move(planner, *table, statement).rewrite = holds_rows(*table);
    planner.draft.edit<catalog::Table>(table->id).tablespace = place_of(statement.to);
  }
}

// Where indexes and materialized views lie is not kept: all of them are taken to lie there.
void move_views(Planner& planner, const ast::MoveAll& statement) {
  for (const catalog::Object* object : planner.before.objects(catalog::ObjectKind::View)) {
    const auto& view = std::get<catalog::View>(*object);
    if (!view.materialized || !owned_by(view, statement)) continue;
    Effect& effect = move(planner, view, statement);
    effect.rewrite = true;
    effect.assumed = true;
  }
}

void move_indexes(Planner& planner, const ast::MoveAll& statement) {
  for (const catalog::Object* object : planner.before.objects(catalog::ObjectKind::Index)) {
    const auto& index = std::get<catalog::Index>(*object);
    if (!owned_by(index, statement)) continue;
    Effect& effect = move(planner, index, statement);
    effect.of_index = true;
    effect.builds.push_back(index.name);
    effect.assumed = true;
  }
}

}  // namespace

void plan_statement(Planner& planner, const ast::Truncate& statement) {
  for (const ObjectId id : truncated_tables(planner, statement)) {
    truncate_one(planner, *planner.draft.get<catalog::Table>(id), statement.restart_identity);
  }
}

void plan_statement(Planner& planner, const ast::Cluster& statement) {
  if (statement.relation.empty()) {
    planner.plan.not_in_transaction = "CLUSTER";
    for (const catalog::Table* table : planner.before.tables()) {
      if (table->clustered_on != catalog::kNoObject) cluster_table(planner, *table);
    }
    return;
  }
  const catalog::Object* found = require_relation(planner, statement.relation);
  const auto* table = found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
  if (table == nullptr) {
    Effect& effect = planner.effect(planner.ref(statement.relation), LockMode::AccessExclusive);
    effect.reason = WorkReason::Cluster;
    effect.rewrite = true;
    effect.scan = true;
    if (found != nullptr) effect.builds = index_names(planner, catalog::base(*found).id);
    return;
  }
  if (table->kind == catalog::TableKind::Partitioned) {
    if (planner.version() < 15) return planner.error("0A000", "cannot cluster a partitioned table");
    planner.plan.not_in_transaction = "CLUSTER";
  }
  for (const catalog::Index* index : planner.draft.indexes_of(table->id)) {
    if (index->name == statement.index.text && index->predicate != nullptr) {
      return planner.error("0A000", "cannot cluster on partial index \"" + index->name + "\"");
    }
  }
  cluster_table(planner, *table);
  for (const catalog::Index* index : planner.draft.indexes_of(table->id)) {
    if (!statement.index.empty() && index->name == statement.index.text) {
      planner.draft.edit<catalog::Table>(table->id).clustered_on = index->id;
      return;
    }
  }
}

void plan_statement(Planner& planner, const ast::Vacuum& statement) {
  const bool full = statement.full || option_is_on(statement, "full");
  if (statement.is_vacuum) planner.plan.not_in_transaction = "VACUUM";
  const LockMode lock = full ? LockMode::AccessExclusive : LockMode::ShareUpdateExclusive;
  for (const ast::RelationName& name : statement.relations) vacuum_named(planner, statement, name, lock);
  if (!statement.relations.empty()) return;
  for (const catalog::Table* table : planner.before.tables()) {
    const bool partitioned = table->kind == catalog::TableKind::Partitioned;
    if (holds_rows(*table) || partitioned) vacuum_relation(planner, statement, *table, !partitioned, lock);
  }
  for (const catalog::Object* object : planner.before.objects(catalog::ObjectKind::View)) {
    const auto& view = std::get<catalog::View>(*object);
    if (view.materialized) vacuum_relation(planner, statement, view, true, lock);
  }
}

// A view is locked with all that it reads.
void plan_statement(Planner& planner, const ast::LockTable& statement) {
  const auto mode = static_cast<LockMode>(statement.mode);
  for (const ast::RelationName& name : statement.relations) {
    const catalog::Object* found = require_relation(planner, name);
    if (found == nullptr) {
      planner.effect(planner.ref(name), mode);
      continue;
    }
    for (const ObjectId id : locked_with(planner, catalog::base(*found).id, name.only)) {
      planner.effect(Planner::ref(catalog::base(*planner.draft.object(id))), mode);
    }
  }
}

void plan_statement(Planner& planner, const ast::MoveAll& statement) {
  if (place_of(statement.from) == place_of(statement.to)) {
    planner.plan.no_op = true;
    return;
  }
  switch (statement.object) {
    case ast::ObjectType::Index:
      return move_indexes(planner, statement);
    case ast::ObjectType::MaterializedView:
      return move_views(planner, statement);
    default:
      return move_tables(planner, statement);
  }
}

}  // namespace migcheck::plan
