// SPDX-License-Identifier: MIT
// Foreign keys: both tables are locked against writers, because both get triggers.
#include <algorithm>

#include "plan/names.hpp"
#include "plan/table/constraints.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/targets.hpp"
#include "plan/type/builtins.hpp"
#include "plan/type/conversions.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::ObjectId;

namespace {

// The other table's side of a foreign key.
struct Referenced {
  const catalog::Table* table = nullptr;
  ColumnNumbers columns;
  ObjectId index = catalog::kNoObject;
  bool refused = false;
};

bool same_set(ColumnNumbers left, ColumnNumbers right) {
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  return left == right;
}

// A unique index over exactly these columns that proves each value to be there once.
ObjectId unique_index_over(const Planner& planner, const catalog::Table& table,
                           const ColumnNumbers& columns) {
  for (const catalog::Index* index : planner.draft.indexes_of(table.id)) {
    if (!index->unique || index->predicate != nullptr || !index->valid) continue;
    ColumnNumbers keys;
    for (const catalog::KeyElement& key : index->keys) keys.push_back(key.column);
    if (same_set(keys, columns)) return index->id;
  }
  return catalog::kNoObject;
}

}  // namespace

bool foreign_key_types_fit(const Planner& planner, const catalog::TypeRef& from, const catalog::TypeRef& to) {
  const catalog::TypeRef a = base_type_of(planner, from);
  const catalog::TypeRef b = base_type_of(planner, to);
  if (!is_resolved(a) || !is_resolved(b)) return true;
  if (a.schema == b.schema && a.name == b.name && is_array(a) == is_array(b)) return true;
  if (a.schema != "pg_catalog" || b.schema != "pg_catalog") {
    const bool both_known = (a.schema == "pg_catalog" || a.id != catalog::kNoObject) &&
                            (b.schema == "pg_catalog" || b.id != catalog::kNoObject);
    return !both_known || a.name == "citext" || b.name == "citext";
  }
  if (is_array(a) || is_array(b)) return false;
  const auto group = [](std::string_view name) {
    if (name == "int2" || name == "int4" || name == "int8") return 1;
    if (name == "timestamp" || name == "timestamptz" || name == "date") return 2;
    if (name == "float4" || name == "float8") return 3;
    return 0;
  };
  if (group(a.name) != 0 && group(a.name) == group(b.name)) return true;
  const BuiltinCast* cast = builtin_cast(a.name, b.name, planner.version());
  return cast != nullptr && cast->context == 'i';
}

namespace {

void refuse(Planner& planner, Referenced& referenced, std::string_view code, std::string message) {
  // What is uncertain may have got the key that nothing shows.
  const bool doubtful = referenced.table->is_doubtful(catalog::TablePart::Constraint) ||
                        referenced.table->is_doubtful(catalog::TablePart::Column);
  if (!doubtful) planner.error(code, std::move(message));
  referenced.refused = true;
}

void find_referenced_key(Planner& planner, const ast::ConstraintDefinition& definition,
                         Referenced& referenced) {
  const catalog::Table& table = *referenced.table;
  if (definition.referenced_columns.empty()) {
    const Constraint* primary = table.primary_key();
    if (primary == nullptr) {
      return refuse(planner, referenced, "42704",
                    "there is no primary key for referenced table \"" + table.name + "\"");
    }
    referenced.columns = primary->columns;
    referenced.index = primary->index;
    return;
  }
  const std::size_t errors = planner.plan.errors.size();
  referenced.columns = column_numbers(planner, table, definition.referenced_columns,
                                      "referenced in foreign key constraint does not exist");
  referenced.refused = planner.plan.errors.size() != errors;
  if (referenced.refused || definition.with_period) return;
  referenced.index = unique_index_over(planner, table, referenced.columns);
  if (referenced.index == catalog::kNoObject) {
    refuse(planner, referenced, "42830",
           "there is no unique constraint matching given keys for referenced table \"" + table.name + "\"");
  }
}

// A table that outlives a crash must not refer to one that does not, nor to one of a session.
bool persistence_fits(Planner& planner, const catalog::Table& table, Referenced& referenced) {
  using catalog::Persistence;
  const Persistence to = referenced.table->persistence;
  if (table.persistence == Persistence::Permanent && to != Persistence::Permanent) {
    refuse(planner, referenced, "42P16",
           "constraints on permanent tables may reference only permanent tables");
  } else if (table.persistence == Persistence::Unlogged && to == Persistence::Temporary) {
    refuse(planner, referenced, "42P16",
           "constraints on unlogged tables may reference only permanent or unlogged tables");
  } else if (table.persistence == Persistence::Temporary && to != Persistence::Temporary) {
    refuse(planner, referenced, "42P16",
           "constraints on temporary tables may reference only temporary tables");
  }
  return !referenced.refused;
}

Referenced find_referenced(Planner& planner, const catalog::Table& table,
                           const ast::ConstraintDefinition& definition, const ColumnNumbers& columns,
                           const std::string& name) {
  Referenced referenced;
  const std::size_t errors = planner.plan.errors.size();
  const catalog::Object* found = require_relation(planner, definition.references);
  referenced.refused = planner.plan.errors.size() != errors;
  referenced.table = found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
  if (referenced.table == nullptr || !persistence_fits(planner, table, referenced)) return referenced;
  find_referenced_key(planner, definition, referenced);
  if (referenced.refused) return referenced;
  if (columns.size() != referenced.columns.size()) {
    refuse(planner, referenced, "42830",
           "number of referencing and referenced columns for foreign key disagree");
    return referenced;
  }
  for (std::size_t at = 0; at < columns.size(); ++at) {
    const catalog::Column* from = table.column(columns[at]);
    const catalog::Column* to = referenced.table->column(referenced.columns[at]);
    if (from == nullptr || to == nullptr || foreign_key_types_fit(planner, from->type, to->type)) continue;
    refuse(planner, referenced, "42804", "foreign key constraint \"" + name + "\" cannot be implemented");
    return referenced;
  }
  return referenced;
}

std::string name_of_key(const Planner& planner, const catalog::Table& table,
                        const ast::ConstraintDefinition& definition, const ColumnNumbers& columns) {
  if (!definition.name.empty()) return std::string(definition.name.text);
  std::vector<std::string> names;
  for (const catalog::ColumnNumber number : columns) {
    if (const catalog::Column* column = table.column(number)) names.push_back(column->name);
  }
  return choose_constraint_name(planner, table, join_columns(names), "fkey");
}

Constraint constraint_of(const Planner& planner, const ast::ConstraintDefinition& definition,
                         std::string name, const ColumnNumbers& columns, const Referenced& referenced) {
  Constraint key;
  key.name = std::move(name);
  key.kind = ConstraintKind::ForeignKey;
  key.columns = columns;
  key.references = referenced.table == nullptr ? catalog::kNoObject : referenced.table->id;
  key.references_name = planner.ref(definition.references).qualified();
  key.referenced_columns = referenced.columns;
  key.index = referenced.index;
  key.on_delete = definition.on_delete;
  key.on_update = definition.on_update;
  key.match_full = definition.match_full;
  key.on_delete_written = definition.referential_actions_given;
  key.enforced = definition.enforced;
  key.deferrable = definition.deferrable;
  key.initially_deferred = definition.initially_deferred;
  key.origin = origin_at(planner, definition.span);
  return key;
}

// Columns of one table as those of another that are called the same.
void renumber(ColumnNumbers& numbers, const catalog::Table& from, const catalog::Table& to) {
  for (catalog::ColumnNumber& number : numbers) {
    const catalog::Column* column = from.column(number);
    const catalog::Column* same = column == nullptr ? nullptr : to.column(column->name);
    number = same == nullptr ? catalog::ColumnNumber{0} : same->number;
  }
}

// The key on the partitions: each has it under the same name.
void copy_to_partitions(Planner& planner, ObjectId table_id, const Constraint& key) {
  for (const ObjectId child_id : descendant_ids(planner, table_id)) {
    auto& child = planner.draft.edit<catalog::Table>(child_id);
    const auto& table = *planner.draft.get<catalog::Table>(table_id);
    Constraint copy = key;
    copy.local = false;
    copy.inherited = 1;
    renumber(copy.columns, table, child);
    renumber(copy.delete_columns, table, child);
    child.constraints.push_back(std::move(copy));
  }
}

void effect_on_referenced(Planner& planner, const RelationRef& referenced, const catalog::Table* table,
                          bool scan) {
  if (table == nullptr) {
    Effect& effect = planner.effect(referenced, LockMode::ShareRowExclusive);
    effect.reason = WorkReason::ForeignKey;
    effect.scan = scan;
    return;
  }
  for (const ObjectId member : family(planner, table->id)) {
    const auto& at = *planner.draft.get<catalog::Table>(member);
    // Inheritors of a plain table hold none of its keys.
    if (member != table->id && table->kind != catalog::TableKind::Partitioned) break;
    Effect& effect = planner.effect(Planner::ref(at), LockMode::ShareRowExclusive);
    effect.reason = WorkReason::ForeignKey;
    effect.scan = scan && holds_rows(at);
  }
}

}  // namespace

void add_foreign_key(Planner& planner, ObjectId table_id, const ast::ConstraintDefinition& definition,
                     catalog::ColumnNumber column, ForeignKeyWork work) {
  const auto& table = *planner.draft.get<catalog::Table>(table_id);
  const bool partitioned = table.kind == catalog::TableKind::Partitioned;
  const std::size_t errors = planner.plan.errors.size();
  const ColumnNumbers columns = key_columns(planner, table, definition, column);
  if (planner.plan.errors.size() != errors) return;
  const std::string name = name_of_key(planner, table, definition, columns);
  if (partitioned && definition.not_valid && planner.version() < 18 && work.lock != LockMode::None) {
    return planner.error("42809", "cannot add NOT VALID foreign key on partitioned table \"" + table.name +
                                      "\" referencing relation \"" + std::string(definition.references.name) +
                                      "\"");
  }
  const Referenced referenced = find_referenced(planner, table, definition, columns, name);
  if (referenced.refused) return;
  const bool validate = work.validate && definition.enforced;
  if (work.lock != LockMode::None) {
    for (const ObjectId member : family(planner, table_id)) {
      const auto& at = *planner.draft.get<catalog::Table>(member);
      if (member != table_id && !partitioned) break;
      Effect& effect = planner.effect(Planner::ref(at), work.lock);
      effect.reason = WorkReason::ForeignKey;
      effect.scan = validate && (holds_rows(at) || has_unseen_partitions(planner, at));
    }
  }
  if (referenced.table == nullptr || referenced.table->id != table_id) {
    effect_on_referenced(planner, planner.ref(definition.references), referenced.table,
                         validate && work.rows_have_key);
  }
  Constraint key = constraint_of(planner, definition, name, columns, referenced);
  key.delete_columns = column_numbers(planner, table, definition.on_delete_columns,
                                      "referenced in ON DELETE SET action must be part of foreign key");
  // In CREATE TABLE and ADD COLUMN there is nothing to validate: NOT VALID says nothing there.
  key.valid = definition.enforced && (!definition.not_valid || work.lock == LockMode::None);
  if (partitioned) copy_to_partitions(planner, table_id, key);
  planner.draft.edit<catalog::Table>(table_id).constraints.push_back(std::move(key));
}

void inherit_foreign_key(Planner& planner, ObjectId partition_id, const catalog::Table& parent,
                         const Constraint& key, bool validate) {
  auto& partition = planner.draft.edit<catalog::Table>(partition_id);
  const auto* referenced = planner.draft.get<catalog::Table>(key.references);
  RelationRef ref;
  ref.name = key.references_name;
  if (referenced != nullptr) ref = Planner::ref(*referenced);
  effect_on_referenced(planner, ref, referenced, validate);
  Constraint copy = key;
  copy.local = false;
  copy.inherited = 1;
  renumber(copy.columns, parent, partition);
  renumber(copy.delete_columns, parent, partition);
  if (partition.constraint(copy.name) != nullptr)
    copy.name = choose_constraint_name(planner, partition, {}, "fkey");
  partition.constraints.push_back(std::move(copy));
}

}  // namespace migcheck::plan
