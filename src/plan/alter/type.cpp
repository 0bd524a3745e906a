// SPDX-License-Identifier: MIT
// ALTER COLUMN … TYPE: what refuses it, whether the rows are written anew, and which constraints and indexes
// over the column are made again. (tablecmds.c: ATPrepAlterColumnType, RememberAllDependentForRebuilding,
// ATPostAlterTypeCleanup.)
#include <algorithm>

#include "migcheck/reads.hpp"
#include "plan/alter/alter_table.hpp"
#include "plan/drop/type_dependents.hpp"
#include "plan/table/columns.hpp"
#include "plan/table/constraints.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/type/conversions.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

using catalog::ObjectId;

namespace {

struct TypeChange {
  std::string_view name;  // of the column
  catalog::TypeRef from;
  catalog::TypeRef to;
  bool collation = false;  // another one than before
};

bool contains(const std::vector<catalog::ColumnNumber>& numbers, catalog::ColumnNumber number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

bool may_change(Alteration& alteration, const catalog::Column& column) {
  Planner& planner = alteration.planner;
  const catalog::Table& table = alteration.target();
  if (column.inherited > 0) {
    planner.error("42P16", "cannot alter inherited column \"" + column.name + "\"");
    return false;
  }
  if (!table.partitioning) return true;
  for (const catalog::KeyElement& key : table.partitioning->keys) {
    if (key.column != column.number && !contains(key.reads, column.number)) continue;
    planner.error("42P16", "cannot alter column \"" + column.name +
                               "\" because it is part of the partition key of relation \"" + table.name +
                               "\"");
    return false;
  }
  return true;
}

// A default is cast as the values are, but without the help of USING. A literal has the column's own type.
bool default_is_castable(Alteration& alteration, const catalog::Column& column, const catalog::TypeRef& to) {
  if (column.default_value == nullptr || column.generated != catalog::Generated::No) return true;
  Planner& planner = alteration.planner;
  const catalog::TypeRef from = type_of(planner, column.default_value, nullptr).value_or(column.type);
  const auto* constant = ast::as<ast::Constant>(column.default_value);
  if (constant != nullptr && constant->type == ast::Constant::Type::Null) return true;
  if (conversion(planner, from, to) != Conversion::Impossible) return true;
  planner.error("42804", "default for column \"" + column.name + "\" cannot be cast automatically to type " +
                             type_in_message(to));
  return false;
}

Conversion conversion_of(Alteration& alteration, const ast::AlterAction& action,
                         const catalog::Column& column, const catalog::TypeRef& to) {
  const Planner& planner = alteration.planner;
  if (action.expression != nullptr) {
    return conversion_using(planner, alteration.target(), column, action.expression, to);
  }
  return conversion(planner, column.type, to);
}

// The index is made from the values that are there if nothing about its keys changes but the modifiers of a
// type. Expressions and predicates are never compared: such an index is built anew.
bool storage_is_kept(const Planner& planner, const catalog::Index& index, catalog::ColumnNumber number,
                     const TypeChange& change) {
  if (index.predicate != nullptr || change.collation) return false;
  for (const catalog::KeyElement& key : index.keys) {
    if (key.column == 0) return false;
    if (key.column == number && !same_operator_class(planner, index.method, change.from, change.to))
      return false;
  }
  return true;
}

bool mentions(const catalog::Index& index, catalog::ColumnNumber number) {
  const bool in_keys = std::any_of(index.keys.begin(), index.keys.end(), [&](const catalog::KeyElement& key) {
    return key.column == number || contains(key.reads, number);
  });
  return in_keys || contains(index.including, number) || contains(index.predicate_reads, number);
}

// Indexes over the column are dropped and made again, or taken over as they are.
void rework_indexes(Alteration& alteration, ObjectId id, catalog::ColumnNumber number,
                    const TypeChange& change) {
  Planner& planner = alteration.planner;
  for (const catalog::Index* index : planner.draft.indexes_of(id)) {
    if (!mentions(*index, number)) continue;
    Effect& effect = planner.effect(Planner::ref(*index), LockMode::AccessExclusive);
    effect.of_index = true;
    // A partition's index follows its parent's, which has no storage to keep.
    const bool kept =
        index->parent_index == catalog::kNoObject && storage_is_kept(planner, *index, number, change);
    if (kept || !holds_rows(alteration.at(id))) continue;
    alteration.index_work.push_back({index->id, WorkReason::IndexRebuild, planner.action, planner.clause});
  }
}

// CHECKs over the column are proved again for every row, whether the values change or not. A CHECK that was
// never validated stays so.
void recheck(Alteration& alteration, ObjectId id, catalog::ColumnNumber number) {
  const catalog::Table& table = alteration.at(id);
  for (const catalog::Constraint& constraint : table.constraints) {
    if (constraint.kind != catalog::ConstraintKind::Check || !constraint.valid) continue;
    if (contains(constraint.columns, number)) alteration.scan(id, WorkReason::CheckConstraint);
  }
}

// A foreign key over the column is made again, so both its tables are locked; its rows are compared again
// only if another operator compares them from now on.
void rework_foreign_keys(Alteration& alteration, ObjectId id, catalog::ColumnNumber number,
                         const TypeChange& change) {
  Planner& planner = alteration.planner;
  const bool compared_alike = same_comparison(planner, change.from, change.to);
  const auto touch = [&](const catalog::Table& table, bool scan) {
    Effect& effect = planner.effect(Planner::ref(table), LockMode::AccessExclusive);
    effect.reason = WorkReason::ForeignKey;
    effect.scan = scan && holds_rows(table);
  };
  const catalog::Table& table = alteration.at(id);
  for (const catalog::Constraint& key : table.constraints) {
    if (key.kind != catalog::ConstraintKind::ForeignKey || !contains(key.columns, number)) continue;
    const bool scan = !compared_alike && key.valid && key.enforced;
    if (const auto* referenced = planner.draft.get<catalog::Table>(key.references)) touch(*referenced, scan);
    touch(table, scan);
  }
  for (const catalog::Catalog::IncomingKey& incoming : planner.draft.keys_to(id)) {
    if (!contains(incoming.constraint->referenced_columns, number)) continue;
    const bool scan = !compared_alike && incoming.constraint->valid && incoming.constraint->enforced;
    touch(*incoming.table, scan);
    touch(table, scan);
  }
}

// A bare string took the column's type; once the column has another, it is still a value of the old one.
const ast::Expression* as_value_of(const Planner& planner, const ast::Expression* value,
                                   const catalog::TypeRef& type) {
  const auto* constant = ast::as<ast::Constant>(value);
  if (constant == nullptr || constant->type != ast::Constant::Type::String || type.name.empty()) return value;
  ast::Arena& arena = planner.draft.arena();
  auto* name = arena.make<ast::TypeName>();
  name->schema = type.schema == "pg_catalog" ? std::string_view{} : arena.text(type.schema);
  name->name = arena.text(type.name);
  name->array_dimensions = type.array_dimensions;
  auto* cast = arena.make<ast::Cast>(constant->span);
  cast->argument = value;
  cast->type = name;
  return cast;
}

void change_column(Alteration& alteration, ObjectId id, const ast::AlterAction& action,
                   const TypeChange& change) {
  Planner& planner = alteration.planner;
  auto& table = planner.draft.edit<catalog::Table>(id);
  for (catalog::Column& column : table.columns) {
    if (column.name != change.name) continue;
    const ObjectId type_before = column.type.id;
    column.default_value = as_value_of(planner, column.default_value, column.type);
    column.type = change.to;
    column.collation = action.column == nullptr ? std::string() : std::string(action.column->collation.name);
    record_column_needs(planner, table, column);
    // The default is still a value of the old type, converted: DROP TYPE finds it in its way.
    if (column.default_value != nullptr && type_before != catalog::kNoObject) {
      table.dependencies.push_back(
          {type_before, 0, catalog::DependencyKind::Normal, catalog::Dependency::Part::Default, column.name});
    }
    // The sequence of an identity column follows; that of a serial one stays what it was.
    const auto* sequence = planner.draft.get<catalog::Sequence>(column.sequence);
    if (sequence != nullptr && column.identity != catalog::Identity::No) {
      planner.draft.edit<catalog::Sequence>(column.sequence).type = change.to.name;
      planner.effect(Planner::ref(*sequence), LockMode::ShareRowExclusive);
    }
  }
}

void change_type_of(Alteration& alteration, ObjectId id, const ast::AlterAction& action,
                    const TypeChange& change, Conversion how) {
  const catalog::Column* column = alteration.at(id).column(change.name);
  if (column == nullptr) return;
  const catalog::ColumnNumber number = column->number;
  const bool is_virtual = column->generated == catalog::Generated::Virtual;
  if (!is_virtual && (how == Conversion::Rewrite || how == Conversion::Unknown)) {
    const bool unknown = how == Conversion::Unknown;
    Effect& effect = alteration.rewrite(id, unknown ? WorkReason::UnknownTypeChange : WorkReason::TypeChange);
    effect.assumed |= unknown;
  }
  rework_indexes(alteration, id, number, change);
  recheck(alteration, id, number);
  rework_foreign_keys(alteration, id, number, change);
  change_column(alteration, id, action, change);
}

// Foreign keys over the column are made again with the new type.
bool keys_still_fit(Alteration& alteration, ObjectId id, const catalog::Column& column,
                    const catalog::TypeRef& to) {
  Planner& planner = alteration.planner;
  const auto other_side = [](const std::vector<catalog::ColumnNumber>& own, catalog::ColumnNumber number,
                             const std::vector<catalog::ColumnNumber>& theirs, const catalog::Table& table) {
    const auto at = static_cast<std::size_t>(std::find(own.begin(), own.end(), number) - own.begin());
    return at < theirs.size() ? table.column(theirs[at]) : nullptr;
  };
  const auto refuse = [&](const catalog::Constraint& key) {
    planner.error("42804", "foreign key constraint \"" + key.name + "\" cannot be implemented");
    return false;
  };
  const catalog::Table& table = alteration.at(id);
  for (const catalog::Constraint& key : table.constraints) {
    const auto* referenced = planner.draft.get<catalog::Table>(key.references);
    if (referenced == nullptr || referenced->id == table.id) continue;
    const catalog::Column* theirs =
        other_side(key.columns, column.number, key.referenced_columns, *referenced);
    if (theirs != nullptr && !foreign_key_types_fit(planner, to, theirs->type)) return refuse(key);
  }
  for (const catalog::Catalog::IncomingKey& incoming : planner.draft.keys_to(table.id)) {
    const catalog::Constraint& key = *incoming.constraint;
    if (incoming.table->id == table.id) continue;
    const catalog::Column* theirs =
        other_side(key.referenced_columns, column.number, key.columns, *incoming.table);
    if (theirs != nullptr && !foreign_key_types_fit(planner, theirs->type, to)) return refuse(key);
  }
  return true;
}

// ALTER TYPE … ALTER ATTRIBUTE: the rows of tables that hold such values are not converted, so PostgreSQL
// refuses while there are any.
bool composite_is_used(Alteration& alteration) {
  Planner& planner = alteration.planner;
  const catalog::Table& composite = alteration.target();
  if (composite.kind != catalog::TableKind::Composite) return false;
  const catalog::Type* type = planner.draft.type(composite.schema, composite.name, {});
  if (type == nullptr) return false;
  for (const catalog::Catalog::Dependent& dependent : planner.draft.dependents_of(type->id)) {
    const auto* table = std::get_if<catalog::Table>(dependent.object);
    if (table == nullptr || dependent.dependency->part != catalog::Dependency::Part::Column) continue;
    planner.error("0A000", "cannot alter type \"" + composite.name + "\" because column \"" + table->name +
                               "." + dependent.dependency->part_name + "\" uses it");
    return true;
  }
  return false;
}

}  // namespace

bool prepare_type_change(Alteration& alteration, const ast::AlterAction& action) {
  Planner& planner = alteration.planner;
  const catalog::Column* column = column_or_error(alteration, action);
  if (column == nullptr || action.column == nullptr) return false;
  if (!may_change(alteration, *column)) return false;
  const catalog::TypeRef to = require_column_type(planner, action.column->type);
  const bool counts = to.name == "int2" || to.name == "int4" || to.name == "int8";
  if (column->identity != catalog::Identity::No && !(counts && to.array_dimensions == 0)) {
    planner.error("22023", "identity column type must be smallint, integer, or bigint");
    return false;
  }
  if (conversion_of(alteration, action, *column, to) == Conversion::Impossible) {
    planner.error("42804", "column \"" + column->name + "\" cannot be cast automatically to type " +
                               type_in_message(to));
    return false;
  }
  if (alteration.statement.relation.only && planner.draft.has_children(alteration.table)) {
    planner.error("42P16",
                  "type of inherited column \"" + column->name + "\" must be changed in child tables too");
    return false;
  }
  return true;
}

void alter_type(Alteration& alteration, const ast::AlterAction& action) {
  Planner& planner = alteration.planner;
  const catalog::Column* found = alteration.target().column(action.name.text);
  if (found == nullptr || action.column == nullptr || composite_is_used(alteration)) return;
  const catalog::Column column = *found;
  if (!alteration.retyped.insert(column.number).second) {
    return planner.error("0A000", "cannot alter type of column \"" + column.name + "\" twice");
  }
  const catalog::TypeRef to = resolve_type(planner, action.column->type);
  const Conversion how = conversion_of(alteration, action, column, to);
  for (const ObjectId id : alteration.targets()) {
    const catalog::Column* own = alteration.at(id).column(column.name);
    if (own == nullptr) continue;
    if (!keys_still_fit(alteration, id, *own, to)) return;
    if (refused_by_dependents(planner, alteration.at(id), *own, to)) return;
  }
  if (!default_is_castable(alteration, column, to)) return;
  TypeChange change{column.name, column.type, to,
                    std::string_view(column.collation) != action.column->collation.name};
  alteration.lock_descendants();
  for (const ObjectId id : alteration.targets()) change_type_of(alteration, id, action, change, how);
}

}  // namespace migcheck::plan
