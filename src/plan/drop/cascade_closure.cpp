// SPDX-License-Identifier: MIT
#include "plan/drop/cascade_closure.hpp"

#include <algorithm>

namespace migcheck::plan {

namespace {

using catalog::ColumnNumber;
using catalog::DependencyKind;

bool has(const std::vector<ColumnNumber>& numbers, ColumnNumber number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

bool reads_column(const catalog::Index& index, ColumnNumber number) {
  return has(index.including, number) || has(index.predicate_reads, number) ||
         std::any_of(index.keys.begin(), index.keys.end(), [&](const catalog::KeyElement& key) {
           return key.column == number || has(key.reads, number);
         });
}

// Can the object lose that part and stay? A function or a sequence has no parts: it goes as a whole.
bool has_part(const catalog::Object& object, Part part) {
  if (part == Part::Whole || part == Part::Body) return false;
  if (std::holds_alternative<catalog::Table>(object)) return true;
  if (std::holds_alternative<catalog::View>(object)) return part == Part::Trigger || part == Part::Rule;
  return std::holds_alternative<catalog::Type>(object) && (part == Part::Constraint || part == Part::Default);
}

// A foreign key needs the unique index behind the columns that it refers to.
bool uses_key(const catalog::Constraint& key, const catalog::Constraint& unique) {
  if (key.index != catalog::kNoObject && unique.index != catalog::kNoObject) return key.index == unique.index;
  return key.referenced_columns.size() == unique.columns.size() &&
         std::is_permutation(key.referenced_columns.begin(), key.referenced_columns.end(),
                             unique.columns.begin());
}

}  // namespace

DropClosure::DropClosure(const Planner& planner, const std::vector<DropTarget>& targets) : planner_(planner) {
  for (const DropTarget& target : targets) {
    add(target, false);
    found_.at(target).named = true;
  }
  // NOLINTNEXTLINE(modernize-loop-convert): the list grows while it is walked
  for (std::size_t at = 0; at < order_.size(); ++at) expand(DropTarget(order_[at]));
}

bool DropClosure::takes(catalog::ObjectId object) const {
  return found_.find(DropTarget{object, Part::Whole, {}}) != found_.end();
}

void DropClosure::add(DropTarget target, bool automatic) {
  const catalog::Object* object = planner_.draft.object(target.object);
  if (object == nullptr) return;
  const auto [entry, is_new] = found_.try_emplace(target);
  entry->second.automatic = entry->second.automatic || automatic;
  if (!is_new) return;
  entry->second.uncertain = catalog::base(*object).uncertain;
  order_.push_back(std::move(target));
}

void DropClosure::add_dependents(catalog::ObjectId object, ColumnNumber column, const DropTarget& from) {
  for (const auto& [dependent, dependency] : planner_.draft.dependents_of(object)) {
    if (column != 0 && dependency->column != column) continue;
    const catalog::ObjectId id = catalog::base(*dependent).id;
    const bool is_part = has_part(*dependent, dependency->part);
    DropTarget target{id, is_part ? dependency->part : Part::Whole,
                      is_part ? dependency->part_name : std::string()};
    // An object's own parts go with it.
    if (id == object && (column == 0 || target.part == Part::Whole)) continue;
    if (target == from) continue;
    add(std::move(target), dependency->kind != DependencyKind::Normal);
  }
}

void DropClosure::expand(const DropTarget& target) {
  const catalog::Object* object = planner_.draft.object(target.object);
  if (object == nullptr) return;
  const auto* table = std::get_if<catalog::Table>(object);
  if (target.part == Part::Column) {
    const catalog::Column* column = table == nullptr ? nullptr : table->column(target.name);
    if (column != nullptr) expand_column(*table, *column, target);
    return;
  }
  if (target.part == Part::Constraint) {
    const catalog::Constraint* constraint = table == nullptr ? nullptr : table->constraint(target.name);
    if (constraint != nullptr) expand_constraint(*table, *constraint);
    return;
  }
  if (target.part == Part::Trigger && table != nullptr) expand_trigger(*table, target.name);
  if (target.part != Part::Whole) return;
  add_dependents(target.object, 0, target);
  if (table != nullptr) expand_table(*table);
  if (std::holds_alternative<catalog::View>(*object)) {
    for (const catalog::Index* index : planner_.draft.indexes_of(target.object)) {
      add({index->id, Part::Whole, {}}, true);
    }
  }
  if (const auto* index = std::get_if<catalog::Index>(object)) expand_index(*index);
  if (const auto* sequence = std::get_if<catalog::Sequence>(object)) expand_sequence(*sequence);
  if (const auto* type = std::get_if<catalog::Type>(object)) expand_type(*type);
  if (const auto* schema = std::get_if<catalog::Schema>(object)) expand_schema(*schema);
}

void DropClosure::expand_table(const catalog::Table& table) {
  for (const catalog::Index* index : planner_.draft.indexes_of(table.id)) {
    add({index->id, Part::Whole, {}}, true);
  }
  for (const catalog::Sequence* sequence : planner_.draft.sequences_of(table.id)) {
    add({sequence->id, Part::Whole, {}}, true);
  }
  for (const auto& [other, key] : planner_.draft.keys_to(table.id)) {
    if (other->id != table.id) add({other->id, Part::Constraint, key->name}, false);
  }
  for (const catalog::Table* child : planner_.draft.children_of(table.id)) {
    add({child->id, Part::Whole, {}}, child->partition_of == table.id);
  }
}

void DropClosure::expand_index(const catalog::Index& index) {
  for (const auto& [other, key] : planner_.draft.keys_to(index.table)) {
    if (key->index == index.id) add({other->id, Part::Constraint, key->name}, false);
  }
  for (const catalog::Table* child : planner_.draft.children_of(index.table)) {
    for (const catalog::Index* part : planner_.draft.indexes_of(child->id)) {
      if (part->parent_index == index.id) add({part->id, Part::Whole, {}}, true);
    }
  }
  const auto* table = planner_.draft.get<catalog::Table>(index.table);
  if (!index.constraint.empty() && table != nullptr && table->constraint(index.constraint) != nullptr) {
    add({index.table, Part::Constraint, index.constraint}, true);
  }
}

void DropClosure::expand_sequence(const catalog::Sequence& sequence) {
  const auto* table = planner_.draft.get<catalog::Table>(sequence.owned_by);
  const catalog::Column* column = table == nullptr ? nullptr : table->column(sequence.owned_column);
  if (column != nullptr && column->sequence == sequence.id && column->default_value != nullptr) {
    add({table->id, Part::Default, column->name}, false);
  }
}

void DropClosure::expand_type(const catalog::Type& type) {
  if (type.composite != catalog::kNoObject) {
    add_dependents(type.composite, 0, {type.composite, Part::Whole, {}});
    add({type.composite, Part::Whole, {}}, true);
  }
}

void DropClosure::expand_schema(const catalog::Schema& schema) {
  for (const catalog::Object* object : planner_.draft.in_schema(schema.name)) {
    add({catalog::base(*object).id, Part::Whole, {}}, false);
  }
}

void DropClosure::expand_column(const catalog::Table& table, const catalog::Column& column,
                                const DropTarget& target) {
  const ColumnNumber number = column.number;
  // The default goes with its column; the sequence of a serial, which it needs, would refuse otherwise.
  if (column.default_value != nullptr) add({table.id, Part::Default, column.name}, true);
  add_dependents(table.id, number, target);
  for (const catalog::Sequence* sequence : planner_.draft.sequences_of(table.id)) {
    if (sequence->owned_column == number) add({sequence->id, Part::Whole, {}}, true);
  }
  for (const catalog::Index* index : planner_.draft.indexes_of(table.id)) {
    if (reads_column(*index, number)) add({index->id, Part::Whole, {}}, true);
  }
  for (const catalog::Constraint& constraint : table.constraints) {
    if (has(constraint.columns, number)) add({table.id, Part::Constraint, constraint.name}, true);
  }
  for (const auto& [other, key] : planner_.draft.keys_to(table.id)) {
    if (has(key->referenced_columns, number)) add({other->id, Part::Constraint, key->name}, false);
  }
  for (const catalog::Trigger& trigger : table.triggers) {
    if (has(trigger.update_columns, number) || has(trigger.when_columns, number)) {
      add({table.id, Part::Trigger, trigger.name}, false);
    }
  }
  // Up to 14 a column that is computed from the dropped one went with it silently.
  for (const catalog::Column& other : table.columns) {
    if (other.generated == catalog::Generated::No || other.number == number) continue;
    if (has(columns_of(other.default_value, table), number)) {
      add({table.id, Part::Column, other.name}, planner_.version() < 15);
    }
  }
}

// The partitions' copies of a trigger for each row.
void DropClosure::expand_trigger(const catalog::Table& table, const std::string& name) {
  for (const catalog::Table* child : planner_.draft.children_of(table.id)) {
    const bool has_copy =
        child->triggers.find(name, [](const catalog::Trigger& one) { return one.row; }) != nullptr;
    if (child->partition_of == table.id && has_copy) add({child->id, Part::Trigger, name}, true);
  }
}

void DropClosure::expand_constraint(const catalog::Table& table, const catalog::Constraint& constraint) {
  using catalog::ConstraintKind;
  for (const catalog::Table* child : planner_.draft.children_of(table.id)) {
    const catalog::Constraint* inherited = child->constraint(constraint.name);
    if (inherited != nullptr && inherited->inherited > 0 && !inherited->local) {
      add({child->id, Part::Constraint, inherited->name}, true);
    }
  }
  if (constraint.kind == ConstraintKind::Check || constraint.kind == ConstraintKind::ForeignKey) return;
  if (constraint.index != catalog::kNoObject) add({constraint.index, Part::Whole, {}}, true);
  for (const auto& [other, key] : planner_.draft.keys_to(table.id)) {
    if (uses_key(*key, constraint)) add({other->id, Part::Constraint, key->name}, false);
  }
}

}  // namespace migcheck::plan
