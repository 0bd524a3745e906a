// SPDX-License-Identifier: MIT
// ALTER TABLE: generated columns and identity.
#include "plan/alter/alter_table.hpp"
#include "plan/drop/cascade.hpp"
#include "plan/table/columns.hpp"

namespace migcheck::plan {

using catalog::ObjectId;
using Type = ast::AlterAction::Type;

namespace {

catalog::Column& own_column(Alteration& alteration, std::string_view name) {
  auto& columns = alteration.planner.draft.edit<catalog::Table>(alteration.table).columns;
  for (catalog::Column& column : columns) {
    if (column.name == name) return column;
  }
  return columns.front();  // the caller has found it before
}

std::string of_relation(const catalog::Column& column, const catalog::Table& table) {
  return "column \"" + column.name + "\" of relation \"" + table.name + "\"";
}

void lock_sequence(Planner& planner, ObjectId id, LockMode lock) {
  if (const auto* sequence = planner.draft.get<catalog::Sequence>(id))
    planner.effect(Planner::ref(*sequence), lock);
}

void add_identity(Alteration& alteration, const ast::AlterAction& action, const catalog::Column& column) {
  Planner& planner = alteration.planner;
  const catalog::Table& table = alteration.target();
  if (refuses_identity(planner, column.type)) return;
  if (!column.not_null) {
    return planner.error(
        "55000", of_relation(column, table) + " must be declared NOT NULL before identity can be added");
  }
  if (column.identity != catalog::Identity::No) {
    return planner.error("55000", of_relation(column, table) + " is already an identity column");
  }
  if (column.default_value != nullptr) {
    return planner.error("55000", of_relation(column, table) + " already has a default value");
  }
  catalog::Column& changed = own_column(alteration, column.name);
  const bool always = action.constraint != nullptr && action.constraint->generated_always;
  changed.identity = always ? catalog::Identity::Always : catalog::Identity::ByDefault;
  create_column_sequence(planner, table.id, changed, true);
}

void drop_identity(Alteration& alteration, const catalog::Column& column) {
  Planner& planner = alteration.planner;
  const ObjectId sequence = column.sequence;
  lock_sequence(planner, sequence, LockMode::AccessExclusive);
  catalog::Column& changed = own_column(alteration, column.name);
  changed.identity = catalog::Identity::No;
  changed.sequence = catalog::kNoObject;
  if (planner.draft.get<catalog::Sequence>(sequence) != nullptr) planner.draft.drop(sequence);
}

}  // namespace

void alter_expression(Alteration& alteration, const ast::AlterAction& action) {
  const catalog::Column* column = column_or_error(alteration, action);
  if (column == nullptr) return;
  Planner& planner = alteration.planner;
  if (column->generated == catalog::Generated::No) {
    if (action.missing_ok) return;
    return planner.error("55000", of_relation(*column, alteration.target()) + " is not a generated column");
  }
  const catalog::Generated kind = column->generated;
  if (action.type == Type::DropExpression && kind == catalog::Generated::Virtual) {
    return planner.error("0A000",
                         "ALTER TABLE / DROP EXPRESSION is not supported for virtual generated columns");
  }
  alteration.lock_descendants();
  for (const ObjectId id : alteration.targets()) {
    auto& table = planner.draft.edit<catalog::Table>(id);
    for (catalog::Column& changed : table.columns) {
      if (changed.name != action.name.text) continue;
      changed.default_value = ast::clone(action.expression, planner.draft.arena());
      if (action.type == Type::DropExpression) changed.generated = catalog::Generated::No;
      record_column_needs(planner, table, changed);
    }
    // A virtual column is computed when it is read: no row holds it.
    if (action.type == Type::SetExpression && kind == catalog::Generated::Stored) {
      alteration.rewrite(id, WorkReason::SetExpression);
    }
  }
}

void alter_identity(Alteration& alteration, const ast::AlterAction& action) {
  const catalog::Column* found = column_or_error(alteration, action);
  if (found == nullptr) return;
  const catalog::Column column = *found;
  if (action.type == Type::AddIdentity) return add_identity(alteration, action, column);
  if (column.identity == catalog::Identity::No) {
    if (action.missing_ok) return;
    return alteration.planner.error("55000",
                                    of_relation(column, alteration.target()) + " is not an identity column");
  }
  if (action.type == Type::DropIdentity) return drop_identity(alteration, column);
  lock_sequence(alteration.planner, column.sequence, LockMode::ShareRowExclusive);
  for (const ast::Option* option : action.options) {
    if (option->name != "generated") continue;
    // The grammar hands over the letter's number.
    own_column(alteration, column.name).identity =
        option->value == std::to_string(int{'a'}) ? catalog::Identity::Always : catalog::Identity::ByDefault;
  }
}

}  // namespace migcheck::plan
