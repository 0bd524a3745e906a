// SPDX-License-Identifier: MIT
// ALTER TABLE: columns come and go, and the settings of a column that touch no row.
#include <algorithm>

#include "migcheck/reads.hpp"
#include "plan/alter/alter_table.hpp"
#include "plan/drop/cascade.hpp"
#include "plan/table/columns.hpp"
#include "plan/table/constraints.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/type/types.hpp"
#include "plan/type/volatility.hpp"

namespace migcheck::plan {

using catalog::ObjectId;
using Type = ast::AlterAction::Type;
using ConstraintType = ast::ConstraintDefinition::Type;

namespace {

// Why the new column is computed for each old row; None if a note in the catalog is enough. From 11 on a
// default that has one value for all rows is such a note.
WorkReason rewrite_reason(Alteration& alteration, const ast::ColumnDefinition& definition,
                          const catalog::Column& column, bool& assumed) {
  if (definition.type != nullptr && definition.type->serial()) return WorkReason::SerialColumn;
  if (column.identity != catalog::Identity::No) return WorkReason::IdentityColumn;
  if (column.generated == catalog::Generated::Virtual) return WorkReason::None;
  if (column.generated == catalog::Generated::Stored) return WorkReason::StoredColumn;
  Planner& planner = alteration.planner;
  // A domain's CHECK and NOT NULL must be tried on the value, null included.
  if (is_constrained_domain(planner, column.type)) return WorkReason::ConstrainedDomain;
  const ast::Expression* value = column.default_value;
  if (const catalog::Type* domain = domain_of(planner, column.type); value == nullptr && domain != nullptr) {
    value = domain->default_value;
  }
  const Steadiness steadiness = steadiness_of(planner, value, nullptr);
  if (surely_missing(planner, steadiness)) {
    planner.error("42883", "function " + steadiness.missing + " does not exist");
    planner.plan.errors.back().unseen = true;  // an extension, or another tool, may bring it
  }
  const bool stored_once = planner.version() >= 11 || value == nullptr;
  if (steadiness.volatility != ast::Volatility::Volatile) {
    return stored_once ? WorkReason::None : WorkReason::OldServerDefault;
  }
  assumed = steadiness.unknown;
  return steadiness.unknown ? WorkReason::UnknownDefault : WorkReason::VolatileDefault;
}

// A default may draw from a sequence: its lock is held like any other.
void lock_sequences(Planner& planner, const catalog::Table& table, const catalog::Column& column) {
  for (const catalog::Dependency& need : table.dependencies) {
    if (need.part != Part::Default || need.part_name != column.name || need.on == column.sequence) continue;
    const auto* sequence = planner.draft.get<catalog::Sequence>(need.on);
    if (sequence != nullptr) planner.effect(Planner::ref(*sequence), LockMode::RowExclusive);
  }
}

// NOT NULL without a value for the old rows: they are read, and any row is one too many. A domain that
// refuses nulls fails in the same way.
void work_of_new_column(Alteration& alteration, ObjectId id, const ast::ColumnDefinition& definition) {
  const catalog::Column column = *alteration.at(id).column(definition.name.text);
  bool assumed = false;
  const WorkReason reason = rewrite_reason(alteration, definition, column, assumed);
  if (reason != WorkReason::None) {
    alteration.rewrite(id, reason).assumed |= assumed;
    lock_sequences(alteration.planner, alteration.at(id), column);
    return;
  }
  const bool has_value = column.default_value != nullptr && column.generated == catalog::Generated::No;
  if (!has_value) alteration.null_columns.insert({id, column.number});
  if (column.generated == catalog::Generated::Virtual) {
    if (column.not_null) alteration.scan(id, WorkReason::VirtualColumn);
  } else if (column.not_null && !has_value) {
    alteration.scan(id, WorkReason::NotNullConstraint);
  }
}

// Up to 12 one new column with a default makes PostgreSQL look at the rows for the references of all of them.
bool any_default_clause(const Alteration& alteration) {
  const auto& actions = alteration.statement.actions;
  return std::any_of(actions.begin(), actions.end(), [](const ast::AlterAction* action) {
    return action->type == ast::AlterAction::Type::AddColumn && action->column != nullptr &&
           has_default_clause(*action->column);
  });
}

// CHECKs, keys and references that are written with the column. They are constraints of the table.
void add_constraints_of_column(Alteration& alteration, const ast::ColumnDefinition& definition) {
  Planner& planner = alteration.planner;
  const ObjectId table = alteration.table;
  const catalog::ColumnNumber column = alteration.target().column(definition.name.text)->number;
  for (const ast::ConstraintDefinition* constraint : definition.constraints) {
    planner.clause = constraint->span;
    if (constraint->type == ConstraintType::Check) {
      add_check(planner, table, *constraint);
      if (!constraint->enforced) continue;
      for (const ObjectId id : alteration.targets()) alteration.scan(id, WorkReason::CheckConstraint);
    } else if (constraint->type == ConstraintType::PrimaryKey || constraint->type == ConstraintType::Unique) {
      add_key(planner, table, *constraint, column, {});
    } else if (constraint->type == ConstraintType::ForeignKey) {
      // Without a default all old rows have null in the column, so there is nothing to look up. An explicit
      // DEFAULT NULL is a default like any other here.
      ForeignKeyWork work;
      work.lock = LockMode::AccessExclusive;
      work.validate =
          has_default_clause(definition) || (planner.version() < 13 && any_default_clause(alteration));
      work.rows_have_key = !alteration.null_columns.contains({table, column});
      const auto* value = definition.find(ConstraintType::Default);
      const auto* constant = value == nullptr ? nullptr : ast::as<ast::Constant>(value->expression);
      if (constant != nullptr && constant->type == ast::Constant::Type::Null) work.rows_have_key = false;
      alteration.column_keys.push_back({constraint, column, work, planner.action});
    }
  }
}

// The child has a column of that name already: it is merged.
bool merged_into_child(Alteration& alteration, ObjectId child_id, std::string_view name) {
  if (alteration.at(child_id).column(name) == nullptr) return false;
  for (catalog::Column& column : alteration.planner.draft.edit<catalog::Table>(child_id).columns) {
    if (column.name == name) column.inherited = static_cast<std::int16_t>(column.inherited + 1);
  }
  return true;
}

// IF NOT EXISTS, and the column is there. On 12 the constraints that are written with it are added all the
// same.
void column_exists(Alteration& alteration, const ast::AlterAction& action) {
  if (!action.missing_ok) {
    return alteration.planner.error("42701", "column \"" + std::string(action.column->name.text) +
                                                 "\" of relation \"" + alteration.target().name +
                                                 "\" already exists");
  }
  if (alteration.planner.version() < 13) {
    add_constraints_of_column(alteration, *action.column);
  } else if (alteration.statement.actions.size() == 1) {
    alteration.planner.plan.no_op = true;
  }
}

// A type that tables are made of changes with them, if CASCADE says so, or not at all.
bool refused_by_typed_tables(Alteration& alteration, const ast::AlterAction& action) {
  Planner& planner = alteration.planner;
  const catalog::Table& row = alteration.target();
  if (row.kind != catalog::TableKind::Composite || action.cascade) return false;
  const catalog::Type* type = planner.draft.type(row.schema, row.name, {});
  if (type == nullptr) return false;
  for (const catalog::Catalog::Dependent& dependent : planner.draft.dependents_of(type->id)) {
    const auto* typed = std::get_if<catalog::Table>(dependent.object);
    if (typed == nullptr || typed->of_type != type->id) continue;
    planner.error("2BP01", "cannot alter type \"" + row.name + "\" because it is the type of a typed table");
    return true;
  }
  return false;
}

bool may_add_column(Alteration& alteration, const ast::ColumnDefinition& definition) {
  const catalog::Table& table = alteration.target();
  Planner& planner = alteration.planner;
  if (table.partition_of != catalog::kNoObject) {
    planner.error("42809", "cannot add column to a partition");
    return false;
  }
  if (table.of_type != catalog::kNoObject) {
    planner.error("42809", "cannot add column to typed table");
    return false;
  }
  // Children would share the sequence; partitions do from 17 on.
  const bool shares = table.kind == catalog::TableKind::Partitioned && planner.version() >= 17;
  if (definition.find(ConstraintType::Identity) != nullptr && !shares &&
      !alteration.statement.relation.only && planner.draft.has_children(table.id)) {
    planner.error("42P16", "cannot recursively add identity column to table that has child tables");
    return false;
  }
  return true;
}

bool adds_to_parent_only(Alteration& alteration) {
  const bool only =
      alteration.statement.relation.only && alteration.planner.draft.has_children(alteration.table);
  if (only) alteration.planner.error("42P16", "column must be added to child tables too");
  return only;
}

// An identity column and a generated one have their value from elsewhere.
bool has_plain_default(Alteration& alteration, const catalog::Column& column) {
  const bool identity = column.identity != catalog::Identity::No;
  if (!identity && column.generated == catalog::Generated::No) return true;
  alteration.planner.error("42601", "column \"" + column.name + "\" of relation \"" +
                                        alteration.target().name +
                                        (identity ? "\" is an identity column" : "\" is a generated column"));
  return false;
}

void change_default(Alteration& alteration, const ast::AlterAction& action, ObjectId id) {
  auto& table = alteration.planner.draft.edit<catalog::Table>(id);
  for (catalog::Column& column : table.columns) {
    if (column.name != action.name.text) continue;
    column.default_value = stored_default(alteration.planner, action.expression, column.type);
    record_column_needs(alteration.planner, table, column);
  }
}

}  // namespace

// They wait for the keys that the same statement adds: the column may refer to its own table.
void add_column_keys(Alteration& alteration) {
  for (const Alteration::ColumnKey& key : alteration.column_keys) {
    alteration.planner.action = key.action;
    alteration.planner.clause = key.definition->span;
    add_foreign_key(alteration.planner, alteration.table, *key.definition, key.column, key.work);
  }
  alteration.column_keys.clear();
}

void alter_add_column(Alteration& alteration, const ast::AlterAction& action) {
  if (action.column == nullptr) return;
  Planner& planner = alteration.planner;
  const ast::ColumnDefinition& definition = *action.column;
  if (alteration.target().kind != catalog::TableKind::Composite && !may_add_column(alteration, definition)) {
    return;
  }
  if (refused_by_typed_tables(alteration, action)) return;
  if (alteration.target().column(definition.name.text) != nullptr) return column_exists(alteration, action);
  if (refuses_more_columns(planner, alteration.target())) return;
  if (adds_to_parent_only(alteration)) return;
  alteration.lock_descendants();
  const Span clause = planner.clause;
  for (const ObjectId id : alteration.targets()) {
    if (id != alteration.table && merged_into_child(alteration, id, definition.name.text)) continue;
    catalog::Column& column = add_column(planner, id, definition);
    column.origin = origin_at(planner, action.span);
    if (!action.missing_ok) {
      planner.draft.edit<catalog::Table>(id).settle(catalog::TablePart::Column, definition.name.text);
    }
    if (id != alteration.table) {
      column.local = false;
      column.inherited = 1;
    }
    work_of_new_column(alteration, id, definition);
  }
  add_constraints_of_column(alteration, definition);
  planner.clause = clause;
}

void alter_drop_column(Alteration& alteration, const ast::AlterAction& action) {
  Planner& planner = alteration.planner;
  const catalog::Table& table = alteration.target();
  const catalog::Column* column = table.column(action.name.text);
  if (refused_by_typed_tables(alteration, action)) return;
  alteration.lock_descendants();
  if (column == nullptr) {
    if (!action.missing_ok) column_or_error(alteration, action);
    const bool doubtful = table.is_doubtful(catalog::TablePart::Column, action.name.text);
    if (action.missing_ok && alteration.statement.actions.size() == 1 && !doubtful) planner.plan.no_op = true;
    if (doubtful)
      planner.draft.edit<catalog::Table>(table.id).settle(catalog::TablePart::Column, action.name.text);
    return;
  }
  if (column->inherited > 0) {
    return planner.error("42P16", "cannot drop inherited column \"" + column->name + "\"");
  }
  if (table.kind == catalog::TableKind::Partitioned && alteration.statement.relation.only &&
      planner.draft.has_children(table.id)) {
    return planner.error("42P16", "cannot drop column from only the partitioned table when partitions exist");
  }
  if (table.partitioning) {
    for (const catalog::KeyElement& key : table.partitioning->keys) {
      const bool reads = std::find(key.reads.begin(), key.reads.end(), column->number) != key.reads.end();
      if (key.column != column->number && !reads) continue;
      return planner.error("42P16", "cannot drop column \"" + column->name +
                                        "\" because it is part of the partition key of relation \"" +
                                        table.name + "\"");
    }
  }
  drop_all(planner, column_with_heirs(planner, table.id, column->name, alteration.statement.relation.only),
           action.cascade);
}

void alter_default(Alteration& alteration, const ast::AlterAction& action) {
  const catalog::Column* column = column_or_error(alteration, action);
  if (column == nullptr || !has_plain_default(alteration, *column)) return;
  alteration.lock_descendants();
  for (const ObjectId id : alteration.targets()) change_default(alteration, action, id);
}

void alter_column_setting(Alteration& alteration, const ast::AlterAction& action) {
  if (column_or_error(alteration, action) == nullptr) return;
  // Only the target of statistics, storage and compression are handed down.
  if (action.type != Type::SetColumnOptions && action.type != Type::ResetColumnOptions)
    alteration.lock_descendants();
  if (action.type != Type::SetStorage && action.type != Type::SetCompression) return;
  for (const ObjectId id : alteration.targets()) {
    for (catalog::Column& column : alteration.planner.draft.edit<catalog::Table>(id).columns) {
      if (column.name != action.name.text) continue;
      (action.type == Type::SetStorage ? column.storage : column.compression) = action.value;
    }
  }
}

}  // namespace migcheck::plan
