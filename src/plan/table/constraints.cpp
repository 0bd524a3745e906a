// SPDX-License-Identifier: MIT
#include "plan/table/constraints.hpp"

#include <algorithm>

#include "migcheck/reads.hpp"
#include "plan/drop/dependencies.hpp"
#include "plan/names.hpp"
#include "plan/table/inheritance.hpp"

namespace migcheck::plan {

using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::ObjectId;
using ConstraintType = ast::ConstraintDefinition::Type;

namespace {

std::string check_name(const Planner& planner, const catalog::Table& table, const ColumnNumbers& reads) {
  const catalog::Column* column = reads.size() == 1 ? table.column(reads.front()) : nullptr;
  return choose_constraint_name(planner, table, column == nullptr ? std::string_view{} : column->name,
                                "check");
}

// A unique key of a partitioned table works only if it holds the partition key.
bool holds_partition_key(Planner& planner, const catalog::Table& table,
                         const std::vector<catalog::KeyElement>& keys, ConstraintKind kind) {
  if (!table.partitioning) return true;
  if (kind == ConstraintKind::Exclusion) {
    if (planner.version() >= 17) return true;
    planner.error("0A000", "exclusion constraints are not supported on partitioned tables");
    return false;
  }
  const std::string_view what = kind == ConstraintKind::PrimaryKey ? "primary key" : "unique";
  for (const catalog::KeyElement& part : table.partitioning->keys) {
    const bool found = std::any_of(keys.begin(), keys.end(), [&](const catalog::KeyElement& key) {
      return part.column != 0 && key.column == part.column;
    });
    if (found) continue;
    planner.error("0A000", std::string(what) +
                               " constraint on partitioned table must include all partitioning columns");
    return false;
  }
  return true;
}

IndexRequest key_request(Planner& planner, const catalog::Table& table,
                         const ast::ConstraintDefinition& definition, catalog::ColumnNumber column) {
  IndexRequest request;
  request.table = table.id;
  request.name = definition.name.text;
  request.constraint = true;
  request.deferrable = definition.deferrable;
  request.initially_deferred = definition.initially_deferred;
  request.clause = definition.span;
  catalog::Index& index = request.index;
  if (definition.type == ConstraintType::Exclusion) {
    request.kind = ConstraintKind::Exclusion;
    request.reason = WorkReason::ExclusionConstraint;
    index.method = definition.access_method.empty() ? "btree" : std::string(definition.access_method);
    index.keys = key_elements(planner, &table, definition.exclusion);
    index.predicate = ast::clone(definition.predicate, planner.draft.arena());
    for (const ast::QualifiedName& op : definition.exclusion_operators) {
      request.operators.emplace_back(op.name);
    }
  } else {
    const bool primary = definition.type == ConstraintType::PrimaryKey;
    request.kind = primary ? ConstraintKind::PrimaryKey : ConstraintKind::Unique;
    request.reason = primary ? WorkReason::PrimaryKey : WorkReason::UniqueIndex;
    index.unique = true;
    index.primary = primary;
    index.nulls_not_distinct = definition.nulls_not_distinct;
    if (definition.without_overlaps) index.method = "gist";
    for (const catalog::ColumnNumber number : key_columns(planner, table, definition, column)) {
      index.keys.emplace_back();
      index.keys.back().column = number;
    }
  }
  index.including = column_numbers(planner, table, definition.including, "named in key does not exist");
  for (const ast::Option* option : definition.options)
    index.options[std::string(option->name)] = option->value;
  return request;
}

void make_not_null(Planner& planner, ObjectId table_id, const std::vector<catalog::KeyElement>& keys) {
  for (const ObjectId member : family(planner, table_id)) {
    auto& table = planner.draft.edit<catalog::Table>(member);
    const auto& top = *planner.draft.get<catalog::Table>(table_id);
    for (const catalog::KeyElement& key : keys) {
      const catalog::Column* named = top.column(key.column);
      for (catalog::Column& column : table.columns) {
        if (named == nullptr || column.name != named->name || column.not_null) continue;
        column.not_null = true;
        if (planner.version() < 18) continue;
        column.not_null_name = member == table_id
                                   ? choose_constraint_name(planner, table, column.name, "not_null")
                                   : named->not_null_name;
      }
    }
  }
}

}  // namespace

bool constraint_name_taken(Planner& planner, const catalog::Table& table, std::string_view name) {
  if (name.empty() || table.constraint(name) == nullptr) return false;
  planner.error(
      "42710", "constraint \"" + std::string(name) + "\" for relation \"" + table.name + "\" already exists");
  return true;
}

void scan_family(Planner& planner, ObjectId table, LockMode lock, WorkReason reason) {
  for (const ObjectId member : family(planner, table)) {
    const auto& at = *planner.draft.get<catalog::Table>(member);
    Effect& effect = planner.effect(Planner::ref(at), lock);
    effect.reason = reason;
    effect.scan = holds_rows(at);
  }
}

std::string add_check(Planner& planner, ObjectId table_id, const ast::ConstraintDefinition& definition) {
  auto& table = planner.draft.edit<catalog::Table>(table_id);
  if (names_missing_column(planner, definition.expression, table)) return {};
  Constraint check;
  check.kind = ConstraintKind::Check;
  check.expression = ast::clone(definition.expression, planner.draft.arena());
  check.columns = columns_of(check.expression, table);
  check.name =
      definition.name.empty() ? check_name(planner, table, check.columns) : std::string(definition.name.text);
  check.enforced = definition.enforced;
  check.valid = !definition.not_valid && definition.enforced;
  check.no_inherit = definition.no_inherit;
  check.origin = origin_at(planner, definition.span);
  std::string name = check.name;
  set_needs(table, Part::Constraint, name, needs_of(planner, check.expression));
  table.constraints.push_back(check);
  if (!check.no_inherit) {
    for (const ObjectId child : descendant_ids(planner, table_id)) inherit_check(planner, child, check);
  }
  return name;
}

void inherit_check(Planner& planner, ObjectId child_id, const Constraint& check) {
  auto& child = planner.draft.edit<catalog::Table>(child_id);
  if (child.constraint(check.name) != nullptr) {
    child.constraints.edit(check.name, [](Constraint& existing) {
      existing.inherited = static_cast<std::int16_t>(existing.inherited + 1);
    });
    return;
  }
  Constraint copy = check;
  copy.columns = columns_of(copy.expression, child);
  copy.local = false;
  copy.inherited = 1;
  set_needs(child, Part::Constraint, copy.name, needs_of(planner, copy.expression));
  child.constraints.push_back(std::move(copy));
}

ColumnNumbers key_columns(Planner& planner, const catalog::Table& table,
                          const ast::ConstraintDefinition& definition, catalog::ColumnNumber column) {
  if (definition.columns.empty()) return column == 0 ? ColumnNumbers{} : ColumnNumbers{column};
  return column_numbers(planner, table, definition.columns, "named in key does not exist");
}

void add_key(Planner& planner, ObjectId table_id, const ast::ConstraintDefinition& definition,
             catalog::ColumnNumber column, KeyWork work) {
  const auto& table = *planner.draft.get<catalog::Table>(table_id);
  if (definition.type == ConstraintType::PrimaryKey && table.primary_key() != nullptr) {
    return planner.error("42P16", "multiple primary keys for table \"" + table.name + "\" are not allowed");
  }
  const std::size_t errors = planner.plan.errors.size();
  IndexRequest request = key_request(planner, table, definition, column);
  if (planner.plan.errors.size() != errors) return;
  if (!holds_partition_key(planner, table, request.index.keys, request.kind)) return;
  if (!keys_can_be_indexed(planner, table, request.index)) return;
  const bool primary = request.kind == ConstraintKind::PrimaryKey;
  const bool becomes_not_null =
      primary && std::any_of(request.index.keys.begin(), request.index.keys.end(), [&](const auto& key) {
        const catalog::Column* found = table.column(key.column);
        return found != nullptr && !found->not_null;
      });
  request.only = work.only;
  request.lock = work.lock;
  request.partition_lock = becomes_not_null ? LockMode::AccessExclusive : work.partition_lock;
  if (primary) make_not_null(planner, table_id, request.index.keys);
  define_index(planner, request);
}

}  // namespace migcheck::plan
