// SPDX-License-Identifier: MIT
#include "plan/table/table_sources.hpp"

#include <algorithm>

#include "migcheck/reads.hpp"
#include "plan/drop/dependencies.hpp"
#include "plan/names.hpp"
#include "plan/table/columns.hpp"
#include "plan/table/constraints.hpp"
#include "plan/table/index_definition.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/targets.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

using catalog::ObjectId;

namespace {

// A parent's column joins the child's of the same name; otherwise it becomes one.
void inherit_column(Planner& planner, catalog::Table& child, const catalog::Column& column) {
  for (catalog::Column& existing : child.columns) {
    if (existing.name != column.name) continue;
    existing.inherited = static_cast<std::int16_t>(existing.inherited + 1);
    existing.not_null |= column.not_null;
    if (existing.default_value == nullptr) existing.default_value = column.default_value;
    return;
  }
  catalog::Column copy = copy_column(column, child, origin_at(planner, planner.clause));
  copy.local = false;
  copy.inherited = 1;
  // Partitions share their parent's identity from 17 on; before, and under INHERITS, it stays with the
  // parent.
  if (planner.version() >= 17 && child.partition_of != catalog::kNoObject) {
    copy.identity = column.identity;
    copy.sequence = column.sequence;
  }
  child.columns.push_back(std::move(copy));
  record_column_needs(planner, child, child.columns.back());
}

void inherit_from(Planner& planner, ObjectId child_id, const catalog::Table& parent) {
  auto& child = planner.draft.edit<catalog::Table>(child_id);
  for (const catalog::Column& column : parent.columns) inherit_column(planner, child, column);
  for (const catalog::Constraint& constraint : parent.constraints) {
    if (constraint.kind == catalog::ConstraintKind::Check && !constraint.no_inherit) {
      inherit_check(planner, child_id, constraint);
    }
  }
}

void copy_like_checks(Planner& planner, catalog::Table& table, const catalog::Table& source, Span clause) {
  for (const catalog::Constraint& constraint : source.constraints) {
    if (constraint.kind != catalog::ConstraintKind::Check) continue;
    catalog::Constraint copy = constraint;
    copy.columns = columns_of(copy.expression, table);
    copy.local = true;
    copy.inherited = 0;
    copy.valid = copy.enforced;
    copy.origin = origin_at(planner, clause);
    set_needs(table, Part::Constraint, copy.name, needs_of(planner, copy.expression));
    table.constraints.push_back(std::move(copy));
  }
}

void copy_like_column(Planner& planner, ObjectId table_id, const catalog::Column& column,
                      const ast::LikeClause& like) {
  auto& table = planner.draft.edit<catalog::Table>(table_id);
  if (table.column(column.name) != nullptr) {
    return planner.error("42701", "column \"" + column.name + "\" specified more than once");
  }
  catalog::Column copy = copy_column(column, table, origin_at(planner, like.span));
  copy.local = true;
  copy.inherited = 0;
  const bool is_generated = column.generated != catalog::Generated::No;
  if (is_generated ? !like.generated : !like.defaults) copy.default_value = nullptr;
  if (!like.generated) copy.generated = catalog::Generated::No;
  if (!like.storage) copy.storage.clear();
  if (!like.compression) copy.compression.clear();
  if (like.identity && column.identity != catalog::Identity::No) {
    copy.identity = column.identity;
    const ObjectId sequence = create_column_sequence(planner, table_id, copy, true);
    // The copied options name no type, and bigint is what a sequence has without one.
    planner.draft.edit<catalog::Sequence>(sequence).type = "int8";
  }
  // The copy's constraint is called as the original's.
  if (copy.not_null && copy.not_null_name.empty() && planner.version() >= 18) {
    copy.not_null_name = choose_constraint_name(planner, table, copy.name, "not_null");
  }
  table.columns.push_back(std::move(copy));
  record_column_needs(planner, table, table.columns.back());
}

void copy_statistics(Planner& planner, const catalog::OtherObject& original, const catalog::Table& source,
                     ObjectId table_id) {
  const auto& table = *planner.draft.get<catalog::Table>(table_id);
  catalog::OtherObject copy;
  copy.type = original.type;
  copy.schema = table.schema;
  copy.origin = origin_at(planner, planner.clause);
  std::vector<std::string> names;
  for (const catalog::Dependency& need : original.dependencies) {
    const catalog::Column* old = source.column(need.column);
    const catalog::Column* column = old == nullptr ? nullptr : table.column(old->name);
    if (column == nullptr) continue;
    names.push_back(column->name);
    copy.dependencies.push_back({table_id, column->number, need.kind, need.part, need.part_name});
  }
  copy.name = choose_statistics_name(planner, copy.schema, table.name, join_columns(names));
  planner.draft.create(std::move(copy));
}

// Row triggers of the parent fire for the partition too.
void inherit_triggers(Planner& planner, ObjectId partition, const catalog::Table& parent) {
  auto& table = planner.draft.edit<catalog::Table>(partition);
  for (const catalog::Trigger& trigger : parent.triggers) {
    if (!trigger.row) continue;
    if (table.triggers.find(trigger.name) != nullptr) continue;
    catalog::Trigger copy = trigger;
    const auto map = [&](std::vector<catalog::ColumnNumber>& numbers) {
      for (catalog::ColumnNumber& number : numbers) {
        const catalog::Column* column = parent.column(number);
        const catalog::Column* same = column == nullptr ? nullptr : table.column(column->name);
        number = same == nullptr ? catalog::ColumnNumber{0} : same->number;
      }
    };
    map(copy.update_columns);
    map(copy.when_columns);
    if (copy.function_id != catalog::kNoObject) {
      set_needs(table, Part::Trigger, copy.name,
                {{copy.function_id, 0, catalog::DependencyKind::Normal, Part::Trigger, copy.name}});
    }
    table.triggers.push_back(std::move(copy));
  }
}

void take_over_index(Planner& planner, ObjectId partition_id, const catalog::Table& parent, ObjectId index_id,
                     bool rows) {
  const auto& parent_index = *planner.draft.get<catalog::Index>(index_id);
  const auto& partition = *planner.draft.get<catalog::Table>(partition_id);
  Effect& effect = planner.effect(Planner::ref(parent_index), LockMode::ShareUpdateExclusive);
  effect.of_index = true;
  if (const catalog::Index* fitting = matching_index(planner, parent_index, parent, partition)) {
    planner.draft.edit<catalog::Index>(fitting->id).parent_index = index_id;
    return;
  }
  IndexRequest request;
  request.table = partition_id;
  request.index = mapped_index(planner, parent_index, parent, partition);
  request.lock = LockMode::AccessExclusive;
  request.partition_lock = LockMode::AccessExclusive;
  if (const catalog::Constraint* key = parent.constraint(parent_index.constraint)) {
    request.constraint = true;
    request.kind = key->kind;
    request.operators = key->operators;
    request.deferrable = key->deferrable;
    request.initially_deferred = key->initially_deferred;
  }
  const ObjectId made = define_index(planner, request);
  planner.draft.edit<catalog::Index>(made).parent_index = index_id;
  planner.draft.edit<catalog::Table>(partition_id)
      .constraints.edit_if([&](const catalog::Constraint& constraint) { return constraint.index == made; },
                           [](catalog::Constraint& constraint) {
                             constraint.local = false;
                             constraint.inherited = 1;
                           });
  if (!rows) planner.plan.effects.back().scan = false;
}

}  // namespace

namespace {

// The new table stands under its name already; to PostgreSQL it is not there yet.
void not_its_own_source(Planner& planner, const catalog::Table& table) {
  planner.error("42P01", "relation \"" + table.name + "\" does not exist");
}

}  // namespace

namespace {

// The relation that the new table is made from. The new one has its name already, and must not hide it.
const catalog::Object* source_of(Planner& planner, const ast::RelationName& name) {
  const catalog::Object* before = planner.before.relation(name.schema, name.name, planner.search_path());
  if (before == nullptr) return require_relation(planner, name);
  return planner.draft.object(catalog::base(*before).id);
}

}  // namespace

void add_parent(Planner& planner, ObjectId table, const ast::RelationName& name) {
  const catalog::Object* found = source_of(planner, name);
  planner.effect(found == nullptr ? planner.ref(name) : Planner::ref(catalog::base(*found)),
                 LockMode::ShareUpdateExclusive);
  const auto* parent = found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
  if (parent == nullptr) return;
  if (parent->id == table) return not_its_own_source(planner, *parent);
  if (parent->kind == catalog::TableKind::Partitioned) {
    return planner.error("42809", "cannot inherit from partitioned table \"" + parent->name + "\"");
  }
  if (parent->partition_of != catalog::kNoObject) {
    return planner.error("42809", "cannot inherit from partition \"" + parent->name + "\"");
  }
  planner.draft.edit<catalog::Table>(table).inherits.push_back(parent->id);
  inherit_from(planner, table, *parent);
}

void add_like_columns(Planner& planner, ObjectId table_id, const ast::LikeClause& like) {
  const catalog::Object* source = source_of(planner, like.relation);
  planner.effect(source == nullptr ? planner.ref(like.relation) : Planner::ref(catalog::base(*source)),
                 LockMode::AccessShare);
  if (source == nullptr) {
    planner.draft.edit<catalog::Table>(table_id).uncertain = true;
    return;
  }
  if (const auto* view = std::get_if<catalog::View>(source)) {
    for (const catalog::Column& column : view->columns) copy_like_column(planner, table_id, column, like);
  }
  const auto* original = std::get_if<catalog::Table>(source);
  if (original == nullptr) return;
  if (original->id == table_id) return not_its_own_source(planner, *original);
  const catalog::Table copied = *original;
  for (const catalog::Column& column : copied.columns) copy_like_column(planner, table_id, column, like);
  if (!like.constraints) return;
  copy_like_checks(planner, planner.draft.edit<catalog::Table>(table_id), copied, like.span);
}

// INCLUDING STATISTICS: the new table's own, under names that PostgreSQL chooses.
void add_like_statistics(Planner& planner, ObjectId table_id, const ast::LikeClause& like) {
  const catalog::Object* found = source_of(planner, like.relation);
  const auto* source = found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
  if (source == nullptr || !like.statistics) return;
  std::vector<ObjectId> ids;
  for (const auto& [dependent, dependency] : planner.draft.dependents_of(source->id)) {
    const auto* other = std::get_if<catalog::OtherObject>(dependent);
    const bool counts = other != nullptr && other->type == ast::ObjectType::Statistics;
    if (counts && std::find(ids.begin(), ids.end(), other->id) == ids.end()) ids.push_back(other->id);
  }
  for (const ObjectId id : ids)
    copy_statistics(planner, *planner.draft.get<catalog::OtherObject>(id), *source, table_id);
}

void add_like_indexes(Planner& planner, ObjectId table_id, const ast::LikeClause& like) {
  const catalog::Object* found = source_of(planner, like.relation);
  const auto* source = found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
  if (source == nullptr || !like.indexes) return;
  const catalog::Table original = *source;
  planner.clause = like.span;
  for (const catalog::Index* index : planner.draft.indexes_of(original.id)) {
    IndexRequest request;
    request.table = table_id;
    request.index = mapped_index(planner, *index, original, *planner.draft.get<catalog::Table>(table_id));
    request.clause = like.span;
    if (const catalog::Constraint* key = original.constraint(index->constraint)) {
      request.constraint = true;
      request.kind = key->kind;
      request.operators = key->operators;
      request.deferrable = key->deferrable;
      request.initially_deferred = key->initially_deferred;
    }
    define_index(planner, request);
  }
}

void add_type_columns(Planner& planner, ObjectId table_id, const ast::TypeName& name) {
  const catalog::TypeRef type = resolve_type(planner, &name);
  const auto* composite = planner.draft.get<catalog::Type>(type.id);
  if (composite == nullptr) {
    planner.draft.edit<catalog::Table>(table_id).uncertain = true;
    return;
  }
  auto& table = planner.draft.edit<catalog::Table>(table_id);
  table.of_type = type.id;
  set_needs(table, Part::Whole, {}, needs_of_type(type));
  const auto* row = planner.draft.get<catalog::Table>(composite->composite);
  if (row == nullptr) return;
  planner.effect(Planner::ref(*row), LockMode::AccessShare);
  for (const catalog::Column& attribute : row->columns) {
    table.columns.push_back(copy_column(attribute, table, origin_at(planner, name.span)));
    record_column_needs(planner, table, table.columns.back());
  }
}

void add_partition_columns(Planner& planner, ObjectId table_id, const ast::RelationName& name) {
  const catalog::Object* found = source_of(planner, name);
  planner.effect(found == nullptr ? planner.ref(name) : Planner::ref(catalog::base(*found)),
                 LockMode::AccessExclusive);
  const auto* parent = found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
  auto& table = planner.draft.edit<catalog::Table>(table_id);
  if (parent == nullptr) {
    table.uncertain = true;
    return;
  }
  if (parent->kind != catalog::TableKind::Partitioned) {
    return planner.error("42809", "\"" + parent->name + "\" is not partitioned");
  }
  table.partition_of = parent->id;
  table.inherits.push_back(parent->id);
  inherit_from(planner, table_id, *parent);
}

void take_over_from_parent(Planner& planner, ObjectId partition_id, ObjectId parent_id, bool rows) {
  const auto& parent = *planner.draft.get<catalog::Table>(parent_id);
  std::vector<ObjectId> indexes;
  for (const catalog::Index* index : planner.draft.indexes_of(parent_id)) indexes.push_back(index->id);
  for (const ObjectId index : indexes) take_over_index(planner, partition_id, parent, index, rows);
  inherit_triggers(planner, partition_id, parent);
  for (const catalog::Constraint& constraint : parent.constraints) {
    if (constraint.kind != catalog::ConstraintKind::ForeignKey) continue;
    inherit_foreign_key(planner, partition_id, parent, constraint, rows && constraint.valid);
  }
  // Tables that refer to the parent refer to the new partition too: from 15 on they get a trigger for it.
  const LockMode lock = planner.version() >= 15 ? LockMode::ShareRowExclusive : LockMode::AccessShare;
  for (const catalog::Catalog::IncomingKey& key : planner.draft.keys_to(parent_id)) {
    if (key.table->id == partition_id || key.constraint->inherited > 0) continue;
    planner.effect(Planner::ref(*key.table), lock).reason = WorkReason::ForeignKey;
  }
}

}  // namespace migcheck::plan
