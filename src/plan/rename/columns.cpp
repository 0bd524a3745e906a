// SPDX-License-Identifier: MIT
// New names of columns and constraints, and the expressions that mention them.
#include <algorithm>
#include <string>
#include <vector>

#include "migcheck/ast/mentions.hpp"
#include "plan/drop/dependencies.hpp"
#include "plan/query/stored_trees.hpp"
#include "plan/rename/rename.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using catalog::ColumnNumber;
using catalog::ObjectId;

struct ColumnRename {
  Planner& planner;
  const catalog::Table& before;  // the table whose column it is, with the old name
  ColumnNumber number;
  std::string_view to;

  void in(const ast::Expression*& expression, const catalog::Table* over) const {
    expression = rename_column_in(planner, expression, over, before.id, number, to);
  }
};

// WHEN (NEW.old_name …): the row stands for the table, and nothing else can be meant.
void rename_in_row(const ColumnRename& rename, const ast::Expression*& when, std::string_view from) {
  if (!ast::mentions_column(when, from)) return;
  // OLD and NEW as names of the table.
  for (const std::string_view row : {"old", "new"}) {
    catalog::Table as_row = rename.before;
    as_row.name = std::string(row);
    when = rename_column_in(rename.planner, when, &as_row, rename.before.id, rename.number, rename.to);
  }
}

void rename_in_table(const ColumnRename& rename, catalog::Table& table, std::string_view from) {
  for (catalog::Column& column : table.columns) {
    if (column.generated != catalog::Generated::No) rename.in(column.default_value, &rename.before);
    if (column.number == rename.number) column.name = std::string(rename.to);
  }
  table.constraints.edit_all(
      [&](catalog::Constraint& constraint) { rename.in(constraint.expression, &rename.before); });
  table.policies.edit_all([&](catalog::Policy& policy) {
    rename.in(policy.using_expression, &rename.before);
    rename.in(policy.check_expression, &rename.before);
  });
  const auto reads = [&](const catalog::Trigger& trigger) {
    return std::find(trigger.when_columns.begin(), trigger.when_columns.end(), rename.number) !=
           trigger.when_columns.end();
  };
  table.triggers.edit_if(reads,
                         [&](catalog::Trigger& trigger) { rename_in_row(rename, trigger.when, from); });
  if (table.partitioning) {
    for (catalog::KeyElement& key : table.partitioning->keys) rename.in(key.expression, &rename.before);
  }
  const auto is_for = [&](const catalog::Acl& entry) {
    return std::find(entry.columns.begin(), entry.columns.end(), from) != entry.columns.end();
  };
  table.acl.edit_if(is_for, [&](catalog::Acl& entry) {
    std::replace(entry.columns.begin(), entry.columns.end(), std::string(from), std::string(rename.to));
  });
  rename_needs(table, Part::Column, from, rename.to);
  rename_needs(table, Part::Default, from, rename.to);
}

void rename_in_indexes(const ColumnRename& rename) {
  std::vector<ObjectId> ids;
  for (const catalog::Index* index : rename.planner.draft.indexes_of(rename.before.id)) {
    const bool has_expression =
        index->predicate != nullptr ||
        std::any_of(index->keys.begin(), index->keys.end(),
                    [](const catalog::KeyElement& key) { return key.expression != nullptr; });
    if (has_expression) ids.push_back(index->id);
  }
  for (const ObjectId id : ids) {
    auto& index = rename.planner.draft.edit<catalog::Index>(id);
    rename.in(index.predicate, &rename.before);
    for (catalog::KeyElement& key : index.keys) rename.in(key.expression, &rename.before);
  }
}

// Views keep the names of their own columns; policies of other tables look into this one.
void rename_in_dependents(const ColumnRename& rename) {
  std::vector<ObjectId> ids;
  for (const auto& [dependent, dependency] : rename.planner.draft.dependents_of(rename.before.id)) {
    const ObjectId id = catalog::base(*dependent).id;
    if (dependency->column == rename.number && id != rename.before.id && (ids.empty() || ids.back() != id)) {
      ids.push_back(id);
    }
  }
  for (const ObjectId id : ids) {
    if (const auto* view = rename.planner.draft.get<catalog::View>(id)) {
      const ast::Node* query =
          rename_column_in(rename.planner, view->query, nullptr, rename.before.id, rename.number, rename.to);
      rename.planner.draft.edit<catalog::View>(id).query = static_cast<const ast::Select*>(query);
    } else if (const auto* other = rename.planner.draft.get<catalog::Table>(id)) {
      const catalog::Table over = *other;
      rename.planner.draft.edit<catalog::Table>(id).policies.edit_all([&](catalog::Policy& policy) {
        rename.in(policy.using_expression, &over);
        rename.in(policy.check_expression, &over);
      });
    }
  }
}

void rename_own_column(Planner& planner, ObjectId id, std::string_view from, std::string_view to) {
  const auto* table = planner.draft.get<catalog::Table>(id);
  const catalog::Column* column = table == nullptr ? nullptr : table->column(from);
  if (column == nullptr) return;
  const catalog::Table before = *table;
  const ColumnRename rename{planner, before, column->number, to};
  rename_in_dependents(rename);
  rename_in_indexes(rename);
  rename_in_table(rename, planner.draft.edit<catalog::Table>(id), from);
}

}  // namespace

void rename_column(Planner& planner, ObjectId table, std::string_view from, std::string_view to) {
  std::vector<ObjectId> ids = {table};
  for (const catalog::Table* child : descendants(planner, table, true)) ids.push_back(child->id);
  for (const ObjectId id : ids) rename_own_column(planner, id, from, to);
}

void rename_view_column(Planner& planner, ObjectId view, std::string_view from, std::string_view to) {
  for (catalog::Column& column : planner.draft.edit<catalog::View>(view).columns) {
    if (column.name == from) column.name = std::string(to);
  }
}

void rename_constraint(Planner& planner, ObjectId table, std::string_view from, std::string_view to) {
  std::vector<ObjectId> ids = {table};
  for (const catalog::Table* child : descendants(planner, table, true)) {
    const catalog::Constraint* inherited = child->constraint(from);
    if (inherited != nullptr && inherited->inherited > 0) ids.push_back(child->id);
  }
  for (const ObjectId id : ids) {
    auto& edited = planner.draft.edit<catalog::Table>(id);
    edited.constraints.edit(from, [&](catalog::Constraint& constraint) {
      constraint.name = std::string(to);
      const bool own_index = constraint.kind != catalog::ConstraintKind::ForeignKey;
      if (own_index && planner.draft.get<catalog::Index>(constraint.index) != nullptr) {
        auto& index = planner.draft.edit<catalog::Index>(constraint.index);
        index.name = std::string(to);
        index.constraint = std::string(to);
      }
    });
    rename_needs(edited, Part::Constraint, from, to);
  }
}

void rename_not_null(Planner& planner, const catalog::Table& table, std::string_view from,
                     std::string_view to) {
  const bool found = std::any_of(table.columns.begin(), table.columns.end(),
                                 [&](const catalog::Column& column) { return column.not_null_name == from; });
  if (!found) {
    if (!table.is_doubtful(catalog::TablePart::Constraint, from) && planner.version() < 18) {
      missing(planner, "42704", table.schema,
              "constraint \"" + std::string(from) + "\" for table \"" + table.name + "\" does not exist");
    }
    return;
  }
  for (catalog::Column& column : planner.draft.edit<catalog::Table>(table.id).columns) {
    if (column.not_null_name == from) column.not_null_name = std::string(to);
  }
}

}  // namespace migcheck::plan
