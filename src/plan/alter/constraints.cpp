// SPDX-License-Identifier: MIT
// ALTER TABLE: constraints are added, proved, changed and dropped.
#include <algorithm>

#include "plan/alter/alter_table.hpp"
#include "plan/alter/key_from_index.hpp"
#include "plan/drop/cascade.hpp"
#include "plan/names.hpp"
#include "plan/table/constraints.hpp"
#include "plan/table/implication.hpp"
#include "plan/table/inheritance.hpp"

namespace migcheck::plan {

using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::ObjectId;
using Kind = ast::ConstraintDefinition::Type;

namespace {

void add_check_constraint(Alteration& alteration, const ast::ConstraintDefinition& definition) {
  Planner& planner = alteration.planner;
  const bool has_children = planner.draft.has_children(alteration.table);
  if (alteration.statement.relation.only && has_children && !definition.no_inherit) {
    return planner.error("42P16", "constraint must be added to child tables too");
  }
  if (definition.no_inherit && alteration.target().kind == catalog::TableKind::Partitioned) {
    return planner.error("42P16", "cannot add NO INHERIT constraint to partitioned table \"" +
                                      alteration.target().name + "\"");
  }
  if (!definition.no_inherit) alteration.lock_descendants();
  add_check(planner, alteration.table, definition);
  if (definition.not_valid || !definition.enforced) return;
  for (const ObjectId id :
       definition.no_inherit ? std::vector<ObjectId>{alteration.table} : alteration.targets()) {
    alteration.scan(id, WorkReason::CheckConstraint);
  }
}

// ADD [CONSTRAINT name] NOT NULL column (18).
void add_not_null_constraint(Alteration& alteration, const ast::ConstraintDefinition& definition) {
  Planner& planner = alteration.planner;
  alteration.lock_descendants();
  for (const ObjectId id : alteration.targets()) {
    auto& table = planner.draft.edit<catalog::Table>(id);
    for (catalog::Column& column : table.columns) {
      if (definition.columns.empty() || column.name != definition.columns[0].text || column.not_null)
        continue;
      column.not_null = true;
      column.not_null_valid = !definition.not_valid;
      column.not_null_name = definition.name.empty()
                                 ? choose_constraint_name(planner, table, column.name, "not_null")
                                 : std::string(definition.name.text);
      if (definition.not_valid || check_proves_not_null(table, column)) continue;
      alteration.scan(id, WorkReason::NotNullConstraint);
    }
  }
}

// A primary key cannot rest on a NOT NULL that old rows may break (18).
bool rests_on_unproved_not_null(Alteration& alteration, const ast::ConstraintDefinition& definition) {
  if (definition.type != Kind::PrimaryKey) return false;
  for (const ast::Name& name : definition.columns) {
    const catalog::Column* column = alteration.target().column(name.text);
    if (column == nullptr || !column->not_null || column->not_null_valid) continue;
    alteration.planner.error("55000", "cannot create primary key on column \"" + column->name + "\"");
    return true;
  }
  return false;
}

// Before 18 a primary key of a table with inheritors marks their columns too, whether they need it or not.
void mark_inheritors(Alteration& alteration, const ast::ConstraintDefinition& definition) {
  Planner& planner = alteration.planner;
  const bool inherits = alteration.target().kind == catalog::TableKind::Plain;
  if (definition.type != Kind::PrimaryKey || planner.version() >= 18 || !inherits) return;
  alteration.lock_descendants();
  for (const ObjectId id : alteration.targets()) {
    for (const ast::Name& name : definition.columns) {
      const catalog::Column* column = alteration.at(id).column(name.text);
      if (id == alteration.table || column == nullptr || column->not_null) continue;
      if (!check_proves_not_null(alteration.at(id), *column)) alteration.scan(id, WorkReason::PrimaryKey);
    }
  }
}

void add_key_constraint(Alteration& alteration, const ast::ConstraintDefinition& definition) {
  if (!definition.using_index.empty()) return add_key_from_index(alteration, definition);
  if (rests_on_unproved_not_null(alteration, definition)) return;
  mark_inheritors(alteration, definition);
  KeyWork work;
  work.only = alteration.statement.relation.only;
  work.lock = alteration.lock;
  work.partition_lock = alteration.planner.version() >= 18 ? LockMode::AccessExclusive : LockMode::Share;
  add_key(alteration.planner, alteration.table, definition, 0, work);
}

void add_foreign_key_constraint(Alteration& alteration, const ast::ConstraintDefinition& definition) {
  ForeignKeyWork work;
  work.lock = alteration.lock;
  work.validate = !definition.not_valid;
  for (const ast::Name& name : definition.columns) {
    const catalog::Column* column = alteration.target().column(name.text);
    if (column != nullptr && alteration.null_columns.contains({alteration.table, column->number})) {
      work.rows_have_key = false;
    }
  }
  add_foreign_key(alteration.planner, alteration.table, definition, 0, work);
}

// The NOT NULL constraint of that name, as a column; nullptr if it is none (18).
const catalog::Column* not_null_named(const catalog::Table& table, std::string_view name) {
  const auto found =
      std::find_if(table.columns.begin(), table.columns.end(), [&](const catalog::Column& column) {
        return column.not_null && !column.not_null_name.empty() && column.not_null_name == name;
      });
  return found == table.columns.end() ? nullptr : &*found;
}

void no_such_constraint(Alteration& alteration, const ast::AlterAction& action) {
  if (alteration.target().is_doubtful(catalog::TablePart::Constraint, action.name.text)) return;
  alteration.planner.error("42704", "constraint \"" + std::string(action.name.text) + "\" of relation \"" +
                                        alteration.target().name + "\" does not exist");
}

void drop_not_null_constraint(Alteration& alteration, std::string_view column) {
  for (const ObjectId id : alteration.targets()) {
    for (catalog::Column& at : alteration.planner.draft.edit<catalog::Table>(id).columns) {
      if (at.name != column) continue;
      at.not_null = false;
      at.not_null_valid = true;
      at.not_null_name.clear();
    }
  }
}

void validate_foreign_key(Alteration& alteration, ObjectId id, const Constraint& key) {
  Planner& planner = alteration.planner;
  alteration.scan(id, WorkReason::Validate);
  const auto* referenced = planner.draft.get<catalog::Table>(key.references);
  if (referenced == nullptr) {
    planner.effect({catalog::kNoObject, {}, key.references_name}, LockMode::RowShare).scan = true;
    return;
  }
  Effect& effect = planner.effect(Planner::ref(*referenced), LockMode::RowShare);
  effect.reason = WorkReason::Validate;
  effect.scan = holds_rows(*referenced);
}

void validate_constraint(Alteration& alteration, ObjectId id, std::string_view name) {
  auto& constraints = alteration.planner.draft.edit<catalog::Table>(id).constraints;
  constraints.edit(name, [&](Constraint& constraint) {
    if (constraint.valid) return;
    constraint.valid = true;
    if (constraint.kind == ConstraintKind::ForeignKey) {
      validate_foreign_key(alteration, id, constraint);
    } else {
      alteration.scan(id, WorkReason::Validate);
    }
  });
  for (catalog::Column& column : alteration.planner.draft.edit<catalog::Table>(id).columns) {
    if (column.not_null_name != name || column.not_null_valid || name.empty()) continue;
    column.not_null_valid = true;
    alteration.scan(id, WorkReason::Validate);
  }
}

// ALTER CONSTRAINT … [NOT] ENFORCED (18): switched on, all rows are compared.
void change_enforcement(Alteration& alteration, Constraint& key, bool enforced) {
  if (key.enforced == enforced) return;
  Planner& planner = alteration.planner;
  key.enforced = enforced;
  key.valid = enforced;
  if (enforced) alteration.scan(alteration.table, WorkReason::ForeignKey);
  const auto* referenced = planner.draft.get<catalog::Table>(key.references);
  if (referenced == nullptr) return;
  Effect& effect = planner.effect(Planner::ref(*referenced),
                                  enforced ? LockMode::ShareRowExclusive : LockMode::AccessExclusive);
  effect.reason = WorkReason::ForeignKey;
  effect.scan = enforced && holds_rows(*referenced);
}

}  // namespace

void alter_add_constraint(Alteration& alteration, const ast::AlterAction& action) {
  if (action.constraint == nullptr) return;
  const ast::ConstraintDefinition& definition = *action.constraint;
  // From 18 on the children are locked whether the constraint reaches them or not.
  if (alteration.planner.version() >= 18) alteration.lock_descendants();
  if (constraint_name_taken(alteration.planner, alteration.target(), definition.name.text)) return;
  switch (definition.type) {
    case Kind::Check:
      return add_check_constraint(alteration, definition);
    case Kind::NotNull:
      return add_not_null_constraint(alteration, definition);
    case Kind::ForeignKey:
      return add_foreign_key_constraint(alteration, definition);
    case Kind::PrimaryKey:
    case Kind::Unique:
    case Kind::Exclusion:
      return add_key_constraint(alteration, definition);
    default:
      return;
  }
}

void alter_drop_constraint(Alteration& alteration, const ast::AlterAction& action) {
  Planner& planner = alteration.planner;
  const catalog::Table& table = alteration.target();
  const Constraint* constraint = table.constraint(action.name.text);
  if (constraint == nullptr) {
    alteration.lock_descendants();
    if (const catalog::Column* column = not_null_named(table, action.name.text)) {
      return drop_not_null_constraint(alteration, std::string(column->name));
    }
    if (!action.missing_ok) return no_such_constraint(alteration, action);
    const bool doubtful = table.is_doubtful(catalog::TablePart::Constraint, action.name.text);
    if (alteration.statement.actions.size() == 1 && !doubtful) planner.plan.no_op = true;
    if (doubtful) {
      planner.draft.edit<catalog::Table>(table.id).settle(catalog::TablePart::Constraint, action.name.text);
    }
    return;
  }
  if (constraint->inherited > 0) {
    return planner.error("42P16", "cannot drop inherited constraint \"" + constraint->name +
                                      "\" of relation \"" + table.name + "\"");
  }
  // Heirs have no part in their parent's keys; partitions have.
  const bool partitioned = table.kind == catalog::TableKind::Partitioned;
  if (partitioned || (constraint->kind == ConstraintKind::Check && !constraint->no_inherit)) {
    alteration.lock_descendants();
  }
  drop_all(planner, {{table.id, Part::Constraint, constraint->name}}, action.cascade);
}

void alter_validate_constraint(Alteration& alteration, const ast::AlterAction& action) {
  const catalog::Table& table = alteration.target();
  const Constraint* constraint = table.constraint(action.name.text);
  const catalog::Column* not_null = not_null_named(table, action.name.text);
  if (constraint == nullptr && not_null == nullptr) return no_such_constraint(alteration, action);
  if (constraint != nullptr && !constraint->enforced) {
    return alteration.planner.error("55000", "cannot validate NOT ENFORCED constraint");
  }
  if (constraint != nullptr && constraint->kind != ConstraintKind::Check &&
      constraint->kind != ConstraintKind::ForeignKey) {
    return alteration.planner.error("42809", "constraint \"" + constraint->name + "\" of relation \"" +
                                                 table.name + "\" is not a foreign key or check constraint");
  }
  const bool valid = constraint != nullptr ? constraint->valid : not_null->not_null_valid;
  if (valid) return;
  const bool has_children = alteration.planner.draft.has_children(alteration.table);
  if (alteration.statement.relation.only && has_children && constraint != nullptr &&
      constraint->kind == ConstraintKind::Check && !constraint->no_inherit) {
    return alteration.planner.error("42P16", "constraint must be validated on child tables too");
  }
  alteration.lock_descendants();
  for (const ObjectId id : alteration.targets()) validate_constraint(alteration, id, action.name.text);
}

void alter_change_constraint(Alteration& alteration, const ast::AlterAction& action) {
  Planner& planner = alteration.planner;
  const std::string_view name = action.name.text;
  if (not_null_named(alteration.target(), name) != nullptr) return alteration.lock_descendants();
  if (alteration.target().constraint(name) == nullptr) return no_such_constraint(alteration, action);
  const Constraint* constraint = alteration.target().constraint(name);
  if (action.constraint == nullptr) return;
  if (constraint->kind != ConstraintKind::ForeignKey) {
    const bool enforcement = !action.constraint->enforced;
    return planner.error("42809", enforcement
                                      ? "cannot alter enforceability of constraint \"" + constraint->name +
                                            "\" of relation \"" + alteration.target().name + "\""
                                      : "constraint \"" + constraint->name + "\" of relation \"" +
                                            alteration.target().name + "\" is not a foreign key constraint");
  }
  planner.draft.edit<catalog::Table>(alteration.table).constraints.edit(name, [&](Constraint& key) {
    key.deferrable = action.constraint->deferrable;
    key.initially_deferred = action.constraint->initially_deferred;
    change_enforcement(alteration, key, action.constraint->enforced);
  });
}

}  // namespace migcheck::plan
