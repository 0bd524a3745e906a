// SPDX-License-Identifier: MIT
// Partitions come and go: PARTITION OF, ATTACH, DETACH.
#include <fmt/format.h>

#include <algorithm>

#include "plan/alter/alter_table.hpp"
#include "plan/drop/dependencies.hpp"
#include "plan/table/constraints.hpp"
#include "plan/table/implication.hpp"
#include "plan/table/index_definition.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/table/partition_bounds.hpp"
#include "plan/table/table_sources.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

using catalog::ObjectId;

namespace {

const ast::PartitionBound* kept_bound(Planner& planner, const ast::PartitionBound* bound) {
  return static_cast<const ast::PartitionBound*>(ast::clone(bound, planner.draft.arena()));
}

// Rows that belong into the new partition may lie in the DEFAULT partition: it is locked against everybody,
// and read unless a CHECK shows that there are none.
void look_into_default_partition(Planner& planner, const catalog::Table& parent, ObjectId newcomer,
                                 const ast::PartitionBound& bound) {
  const catalog::Table* fallback = planner.draft.default_partition_of(parent.id);
  if (fallback == nullptr || fallback->id == newcomer || bound.is_default) return;
  const bool excluded =
      parent.partitioning && checks_exclude_bound(*fallback, *parent.partitioning, parent, bound);
  for (const ObjectId member : family(planner, fallback->id)) {
    const auto& at = *planner.draft.get<catalog::Table>(member);
    Effect& effect = planner.effect(Planner::ref(at), LockMode::AccessExclusive);
    effect.reason = WorkReason::DefaultPartition;
    effect.scan = !excluded && holds_rows(at);
  }
}

// All rows of the newcomer must fit. A DEFAULT partition must hold none that fits elsewhere: nothing to prove
// when there is no other partition.
bool bound_is_proved(const Planner& planner, const catalog::Table& candidate, const catalog::Table& parent,
                     const ast::PartitionBound& bound) {
  if (!parent.partitioning) return false;
  if (bound.is_default) return !planner.draft.has_children(parent.id);
  return checks_imply_bound(candidate, *parent.partitioning, parent, bound);
}

// The columns must be the same by name and type, and as strict.
// The child has each column of the parent, as the parent has it.
bool parent_columns_fit(Planner& planner, const catalog::Table& candidate, const catalog::Table& parent) {
  for (const catalog::Column& column : parent.columns) {
    const catalog::Column* own = candidate.column(column.name);
    if (own == nullptr) {
      planner.error("42804", "child table is missing column \"" + column.name + "\"");
      return false;
    }
    const bool known = !own->type.schema.empty() && !column.type.schema.empty();
    if (known && own->type != column.type) {
      planner.error("42804", "child table \"" + candidate.name + "\" has different type for column \"" +
                                 column.name + "\"");
      return false;
    }
    if (column.not_null && !own->not_null) {
      planner.error("42804", "column \"" + column.name + "\" in child table must be marked NOT NULL");
      return false;
    }
  }
  return true;
}

bool columns_fit(Planner& planner, const catalog::Table& candidate, const catalog::Table& parent) {
  for (const catalog::Column& column : candidate.columns) {
    if (parent.column(column.name) != nullptr) continue;
    planner.error("42804", "table \"" + candidate.name + "\" contains column \"" + column.name +
                               "\" not found in parent \"" + parent.name + "\"");
    return false;
  }
  return parent_columns_fit(planner, candidate, parent);
}

bool checks_fit(Planner& planner, const catalog::Table& candidate, const catalog::Table& parent) {
  for (const catalog::Constraint& check : parent.constraints) {
    if (check.kind != catalog::ConstraintKind::Check || check.no_inherit) continue;
    const catalog::Constraint* own = candidate.constraint(check.name);
    if (own != nullptr && own->kind == catalog::ConstraintKind::Check) continue;
    planner.error("42804", "child table is missing constraint \"" + check.name + "\"");
    return false;
  }
  return true;
}

void join_parent(Planner& planner, ObjectId child_id, const catalog::Table& parent) {
  auto& child = planner.draft.edit<catalog::Table>(child_id);
  child.inherits.push_back(parent.id);
  for (catalog::Column& column : child.columns) {
    if (parent.column(column.name) != nullptr)
      column.inherited = static_cast<std::int16_t>(column.inherited + 1);
  }
  const auto is_shared = [&](const catalog::Constraint& check) {
    return check.kind == catalog::ConstraintKind::Check && parent.constraint(check.name) != nullptr;
  };
  child.constraints.edit_if(is_shared, [](catalog::Constraint& check) { ++check.inherited; });
}

// The one table is the other, or an ancestor of it.
bool is_above(const Planner& planner, ObjectId above, ObjectId below) {
  const std::vector<ObjectId> heirs = family(planner, above);
  return std::find(heirs.begin(), heirs.end(), below) != heirs.end();
}

void scan_candidate(Planner& planner, const catalog::Table& candidate, bool proved) {
  for (const ObjectId member : family(planner, candidate.id)) {
    const auto& at = *planner.draft.get<catalog::Table>(member);
    Effect& effect = planner.effect(Planner::ref(at), LockMode::AccessExclusive);
    effect.reason = WorkReason::PartitionBound;
    effect.scan = !proved && holds_rows(at);
  }
}

}  // namespace

void become_partition(Planner& planner, ObjectId table_id, const ast::CreateTable& statement) {
  auto& table = planner.draft.edit<catalog::Table>(table_id);
  table.bound = kept_bound(planner, statement.bound);
  const auto* parent = planner.draft.get<catalog::Table>(table.partition_of);
  if (parent == nullptr || statement.bound == nullptr) return;
  if (!bound_fits(planner, *parent, statement.bound, table)) return;
  look_into_default_partition(planner, *parent, table_id, *statement.bound);
  take_over_from_parent(planner, table_id, parent->id, false);
}

void not_partitioned(Planner& planner, const catalog::Table& table, std::string_view action) {
  if (planner.version() < 18)
    return planner.error("42P17", "table \"" + table.name + "\" is not partitioned");
  planner.error("42809",
                fmt::format("ALTER action {} cannot be performed on relation \"{}\"", action, table.name));
}

void attach_partition(Planner& planner, const catalog::Table& parent, const ast::AlterAction& action) {
  if (parent.kind != catalog::TableKind::Partitioned) {
    return not_partitioned(planner, parent, "ATTACH PARTITION");
  }
  const catalog::Object* found = require_relation(planner, action.relation);
  const auto* candidate = found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
  if (candidate == nullptr) {
    Effect& effect = planner.effect(planner.ref(action.relation), LockMode::AccessExclusive);
    effect.scan = true;
    effect.reason = WorkReason::PartitionBound;
    return;
  }
  if (candidate->partition_of != catalog::kNoObject) {
    return planner.error("42809", "\"" + candidate->name + "\" is already a partition");
  }
  if (is_above(planner, candidate->id, parent.id)) {
    return planner.error("42P07", "circular inheritance not allowed");
  }
  if (!bound_fits(planner, parent, action.bound, *candidate)) return;
  const bool has_children = planner.draft.has_children(candidate->id);
  if (candidate->kind != catalog::TableKind::Partitioned && (has_children || !candidate->inherits.empty())) {
    return planner.error("42809", std::string("cannot attach inheritance ") +
                                      (has_children ? "parent" : "child") + " as partition");
  }
  const ObjectId id = candidate->id;
  if (!columns_fit(planner, *candidate, parent) || !checks_fit(planner, *candidate, parent)) return;
  const bool proved = action.bound != nullptr && bound_is_proved(planner, *candidate, parent, *action.bound);
  scan_candidate(planner, *candidate, proved);
  if (action.bound != nullptr) look_into_default_partition(planner, parent, id, *action.bound);
  join_parent(planner, id, parent);
  auto& partition = planner.draft.edit<catalog::Table>(id);
  partition.partition_of = parent.id;
  partition.bound = kept_bound(planner, action.bound);
  take_over_from_parent(planner, id, parent.id, true);
}

namespace {

// Partitions have one parent, which is partitioned; no table is its own ancestor.
bool may_inherit(Planner& planner, const catalog::Table& child, const catalog::Table& parent) {
  if (parent.kind == catalog::TableKind::Partitioned) {
    planner.error("42809", "cannot inherit from partitioned table \"" + parent.name + "\"");
  } else if (parent.partition_of != catalog::kNoObject) {
    planner.error("42809", "cannot inherit from a partition");
  } else if (std::find(child.inherits.begin(), child.inherits.end(), parent.id) != child.inherits.end()) {
    planner.error("42P07", "relation \"" + parent.name + "\" would be inherited from more than once");
  } else if (is_above(planner, child.id, parent.id)) {
    planner.error("42P07", "circular inheritance not allowed");
  } else {
    return true;
  }
  return false;
}

bool may_change_parents(Planner& planner, const catalog::Table& child) {
  if (child.partition_of != catalog::kNoObject) {
    planner.error("42809", "cannot change inheritance of a partition");
  } else if (child.kind == catalog::TableKind::Partitioned) {
    planner.error("42809", "cannot change inheritance of partitioned table");
  } else {
    return true;
  }
  return false;
}

}  // namespace

void add_inherit(Planner& planner, const catalog::Table& child, const ast::AlterAction& action) {
  if (!may_change_parents(planner, child)) return;
  planner.effect(planner.ref(action.relation), LockMode::ShareUpdateExclusive);
  const auto* parent = require_table(planner, action.relation);
  if (parent == nullptr || !may_inherit(planner, child, *parent)) return;
  if (parent_columns_fit(planner, child, *parent) && checks_fit(planner, child, *parent))
    join_parent(planner, child.id, *parent);
}

void drop_inherit(Planner& planner, const catalog::Table& child, const ast::AlterAction& action) {
  if (!may_change_parents(planner, child)) return;
  planner.effect(planner.ref(action.relation), LockMode::AccessShare);
  const auto* parent = require_table(planner, action.relation);
  if (parent == nullptr) return;
  if (std::find(child.inherits.begin(), child.inherits.end(), parent->id) == child.inherits.end()) {
    return planner.error(
        "42P01", "relation \"" + parent->name + "\" is not a parent of relation \"" + child.name + "\"");
  }
  leave_parent(planner, child.id, *parent);
}

}  // namespace migcheck::plan
