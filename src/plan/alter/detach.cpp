// SPDX-License-Identifier: MIT
// A partition leaves: DETACH, and what makes the table its own again.
#include <algorithm>

#include "plan/alter/alter_table.hpp"
#include "plan/drop/dependencies.hpp"
#include "plan/table/constraints.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/table/partition_constraint.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

using catalog::ObjectId;

namespace {

// Before it lets go PostgreSQL writes the bounds down as a CHECK, so that the table can be attached again
// without a look at its rows. (tablecmds.c: DetachAddConstraintIfNeeded.)
void keep_bounds(Planner& planner, const catalog::Table& partition) {
  const ast::Expression* bounds = partition_constraint(planner, partition);
  if (bounds == nullptr || checks_imply_partition(planner, partition, bounds)) return;
  ast::ConstraintDefinition check;
  check.type = ast::ConstraintDefinition::Type::Check;
  check.expression = bounds;
  add_check(planner, partition.id, check);
}

// Copies of the parent's row triggers go, and from 17 on the identity that was the parent's.
void drop_shared(Planner& planner, ObjectId id, const catalog::Table& parent) {
  auto& partition = planner.draft.edit<catalog::Table>(id);
  for (const catalog::Trigger& trigger : parent.triggers) {
    const auto is_copy = [](const catalog::Trigger& own) { return own.row; };
    if (trigger.row && partition.triggers.erase(trigger.name, is_copy) > 0)
      drop_needs(partition, Part::Trigger, trigger.name);
  }
  for (catalog::Column& column : partition.columns) {
    const catalog::Column* shared = parent.column(column.name);
    if (shared == nullptr || column.sequence == catalog::kNoObject || column.sequence != shared->sequence)
      continue;
    column.identity = catalog::Identity::No;
    column.sequence = catalog::kNoObject;
  }
}

void lock_for_detach(Planner& planner, const catalog::Table& parent, const catalog::Table& partition,
                     bool concurrently) {
  // Who refers to the parent refers to the partition too, and its trigger there goes.
  const bool is_referenced = !planner.draft.keys_to(parent.id).empty();
  const LockMode on_partition =
      planner.version() >= 14 || is_referenced ? LockMode::AccessExclusive : LockMode::ShareUpdateExclusive;
  for (const ObjectId member : family(planner, partition.id)) {
    planner.effect(Planner::ref(*planner.draft.get<catalog::Table>(member)), on_partition);
  }
  for (const catalog::Index* index : planner.draft.indexes_of(partition.id)) {
    if (index->parent_index == catalog::kNoObject) continue;
    planner.effect(Planner::ref(*index), LockMode::AccessExclusive).of_index = true;
  }
  if (!concurrently) {
    if (const catalog::Table* fallback = planner.draft.default_partition_of(parent.id)) {
      planner.effect(Planner::ref(*fallback), LockMode::AccessExclusive).reason =
          WorkReason::DefaultPartition;
    }
  }
  // A foreign key of its own replaces the parent's …
  for (const catalog::Constraint& constraint : parent.constraints) {
    const auto* referenced = planner.draft.get<catalog::Table>(constraint.references);
    if (constraint.kind != catalog::ConstraintKind::ForeignKey || referenced == nullptr) continue;
    planner.effect(Planner::ref(*referenced), LockMode::ShareRowExclusive).reason = WorkReason::ForeignKey;
  }
  // … and the tables that refer to the parent are asked whether they still need a row of the partition.
  for (const catalog::Catalog::IncomingKey& key : planner.draft.keys_to(parent.id)) {
    if (key.table->id == partition.id) continue;
    planner.effect(Planner::ref(*key.table), LockMode::AccessExclusive).reason = WorkReason::ForeignKey;
  }
}

}  // namespace

void detach_partition(Planner& planner, const catalog::Table& parent, const ast::AlterAction& action) {
  if (parent.kind != catalog::TableKind::Partitioned) {
    return not_partitioned(planner, parent, "DETACH PARTITION");
  }
  if (action.concurrently) {
    planner.plan.not_in_transaction = "ALTER TABLE ... DETACH CONCURRENTLY";
    planner.plan.waits.writers = true;
    if (planner.draft.default_partition_of(parent.id) != nullptr) {
      return planner.error("55000", "cannot detach partitions concurrently when a default partition exists");
    }
  }
  const auto* partition = require_table(planner, action.relation);
  if (partition == nullptr) {
    planner.effect(planner.ref(action.relation), LockMode::AccessExclusive);
    return;
  }
  if (partition->partition_of != parent.id) {
    return planner.error("42P01", "relation \"" + partition->name + "\" is not a partition of relation \"" +
                                      parent.name + "\"");
  }
  const ObjectId id = partition->id;
  lock_for_detach(planner, parent, *partition, action.concurrently);
  if (action.concurrently) keep_bounds(planner, *partition);
  for (const ObjectId member : family(planner, id)) drop_shared(planner, member, parent);
  leave_parent(planner, id, parent);
}

void finalize_detach(Planner& planner, const catalog::Table& parent, const ast::AlterAction& action) {
  const auto* partition = planner.find_as<catalog::Table>(action.relation);
  if (partition == nullptr) {
    planner.effect(planner.ref(action.relation), LockMode::AccessExclusive);
    return;
  }
  if (!partition->detach_pending) {
    return planner.error("55000", "cannot complete detaching partition \"" + partition->name + "\"");
  }
  planner.effect(Planner::ref(*partition), LockMode::AccessExclusive);
  leave_parent(planner, partition->id, parent);
}

}  // namespace migcheck::plan
