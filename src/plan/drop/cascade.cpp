// SPDX-License-Identifier: MIT
#include "plan/drop/cascade.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plan/drop/cascade_closure.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using catalog::ConstraintKind;

// The table goes as a whole, or the named part does: is that a part of something that goes anyway?
bool goes_with_its_object(const DropClosure& closure, const DropTarget& target) {
  return target.part != Part::Whole && closure.takes(target.object);
}

// An automatic dependent of something named needs no word: a table's own indexes and sequences.
bool is_silent(const Planner& planner, const DropClosure& closure, const DropTarget& target) {
  if (goes_with_its_object(closure, target)) return true;
  if (target.part == Part::Default) return false;
  if (target.part == Part::Trigger) return closure.reason(target).automatic;  // a partition's copy
  const catalog::Object* object = planner.draft.object(target.object);
  if (const auto* index = std::get_if<catalog::Index>(object)) return closure.takes(index->table);
  if (const auto* sequence = std::get_if<catalog::Sequence>(object)) {
    return sequence->owned_by != catalog::kNoObject && closure.takes(sequence->owned_by);
  }
  if (const auto* table = std::get_if<catalog::Table>(object)) {
    return target.part == Part::Whole && table->kind == catalog::TableKind::Composite;
  }
  return catalog::base(*object).extension_member;
}

bool refuse(Planner& planner, const DropClosure& closure, const std::vector<DropTarget>& targets) {
  std::vector<std::string> in_the_way;
  for (const DropTarget& target : closure.order()) {
    const DropReason& reason = closure.reason(target);
    if (reason.named || reason.automatic || goes_with_its_object(closure, target)) continue;
    // Whether an uncertain object is there is not known, so neither is the error.
    if (reason.uncertain) return false;
    in_the_way.push_back(describe(planner, target));
  }
  if (in_the_way.empty()) return false;
  planner.error("2BP01", targets.size() == 1
                             ? fmt::format("cannot drop {} because other objects depend on it",
                                           describe(planner, targets.front()))
                             : "cannot drop desired object(s) because other objects depend on them");
  planner.plan.errors.back().in_the_way = std::move(in_the_way);
  return true;
}

void lock_relation(Planner& planner, const catalog::ObjectBase& object, bool is_index = false) {
  planner.effect(Planner::ref(object), LockMode::AccessExclusive).of_index = is_index;
}

void lock_referenced(Planner& planner, const catalog::Constraint& key) {
  // A partition's share of its parent's key has no triggers on the other table.
  if (key.kind != ConstraintKind::ForeignKey || key.inherited > 0) return;
  const auto* other = planner.draft.get<catalog::Table>(key.references);
  if (other == nullptr) return;
  lock_relation(planner, *other);
  // A partitioned table has the key's triggers on all its partitions.
  if (other->kind != catalog::TableKind::Partitioned) return;
  for (const catalog::Table* partition : descendants(planner, other->id)) lock_relation(planner, *partition);
}

// The parent's list of partitions changes; a default partition would from now on take the dropped one's rows.
void lock_parent(Planner& planner, const catalog::Table& partition) {
  const auto* parent = planner.draft.get<catalog::Table>(partition.partition_of);
  if (parent == nullptr) return;
  lock_relation(planner, *parent);
  if (const catalog::Table* fallback = planner.draft.default_partition_of(parent->id))
    lock_relation(planner, *fallback);
}

void lock_whole(Planner& planner, const catalog::Object& object) {
  if (const auto* table = std::get_if<catalog::Table>(&object)) {
    lock_relation(planner, *table);
    lock_parent(planner, *table);
    // Foreign keys have triggers on both ends.
    for (const catalog::Constraint& constraint : table->constraints) lock_referenced(planner, constraint);
  } else if (const auto* index = std::get_if<catalog::Index>(&object)) {
    lock_relation(planner, *index, true);
    if (const catalog::Object* owner = planner.draft.object(index->table)) {
      lock_relation(planner, catalog::base(*owner));
    }
  } else if (std::holds_alternative<catalog::View>(object) ||
             std::holds_alternative<catalog::Sequence>(object)) {
    lock_relation(planner, catalog::base(object));
  } else if (const auto* other = std::get_if<catalog::OtherObject>(&object);
             other != nullptr && other->type == ast::ObjectType::Statistics) {
    for (const catalog::Dependency& dependency : other->dependencies) {
      if (const auto* measured = planner.draft.get<catalog::Table>(dependency.on)) {
        planner.effect(Planner::ref(*measured), LockMode::ShareUpdateExclusive);
      }
    }
  }
}

void lock_part(Planner& planner, const DropTarget& target) {
  const catalog::Object* object = planner.draft.object(target.object);
  if (std::holds_alternative<catalog::Type>(*object)) return;
  lock_relation(planner, catalog::base(*object));
  const auto* table = std::get_if<catalog::Table>(object);
  if (table == nullptr || target.part != Part::Constraint) return;
  if (const catalog::Constraint* constraint = table->constraint(target.name)) {
    lock_referenced(planner, *constraint);
  }
}

void erase_from_view(catalog::View& view, const DropTarget& target) {
  if (target.part == Part::Rule) view.rules.erase(target.name);
  if (target.part == Part::Trigger) view.triggers.erase(target.name);
}

void erase_from_type(catalog::Type& type, const DropTarget& target) {
  if (target.part == Part::Constraint) type.constraints.erase(target.name);
  if (target.part == Part::Default) type.default_value = nullptr;
}

// A privilege on the column alone goes with it; without columns an entry would be about the whole table.
void drop_column_grants(catalog::Table& table, const std::string& column) {
  erase_if(table.acl, [&](const catalog::Acl& entry) {
    return entry.columns.size() == 1 && entry.columns.front() == column;
  });
  const auto is_for = [&](const catalog::Acl& entry) {
    return std::find(entry.columns.begin(), entry.columns.end(), column) != entry.columns.end();
  };
  table.acl.edit_if(is_for, [&](catalog::Acl& entry) { std::erase(entry.columns, column); });
}

// What a doubt about the part is about.
catalog::TablePart doubtful_part(Part part) {
  switch (part) {
    case Part::Column:
      return catalog::TablePart::Column;
    case Part::Constraint:
      return catalog::TablePart::Constraint;
    case Part::Trigger:
      return catalog::TablePart::Trigger;
    case Part::Rule:
      return catalog::TablePart::Rule;
    case Part::Policy:
      return catalog::TablePart::Policy;
    default:
      return catalog::TablePart::Other;
  }
}

void erase_from_table(catalog::Table& table, const DropTarget& target) {
  table.settle(doubtful_part(target.part), target.name);
  switch (target.part) {
    case Part::Column:
      std::erase_if(table.columns, [&](const catalog::Column& column) { return column.name == target.name; });
      drop_column_grants(table, target.name);
      drop_needs(table, Part::Default, target.name);
      break;
    case Part::Default:
      for (catalog::Column& column : table.columns) {
        if (column.name == target.name) column.default_value = nullptr;
      }
      break;
    case Part::Constraint:
      table.constraints.erase(target.name);
      break;
    case Part::Trigger:
      table.triggers.erase(target.name);
      break;
    case Part::Rule:
      table.rules.erase(target.name);
      break;
    case Part::Policy:
      table.policies.erase(target.name);
      break;
    case Part::Whole:
    case Part::Body:
      break;
  }
}

void erase_part(Planner& planner, const DropTarget& target) {
  const auto erase_from = [&](auto& object, auto erase) {
    erase(object, target);
    drop_needs(object, target.part, target.name);
  };
  if (planner.draft.get<catalog::Table>(target.object) != nullptr) {
    erase_from(planner.draft.edit<catalog::Table>(target.object), erase_from_table);
  } else if (planner.draft.get<catalog::View>(target.object) != nullptr) {
    erase_from(planner.draft.edit<catalog::View>(target.object), erase_from_view);
  } else if (planner.draft.get<catalog::Type>(target.object) != nullptr) {
    erase_from(planner.draft.edit<catalog::Type>(target.object), erase_from_type);
  }
}

// What else points to the object without depending on it.
void forget(Planner& planner, const DropClosure& closure, const catalog::Object& object) {
  if (const auto* index = std::get_if<catalog::Index>(&object)) {
    const auto* table = planner.draft.get<catalog::Table>(index->table);
    if (table == nullptr || closure.takes(index->table)) return;
    if (table->replica_index != index->id && table->clustered_on != index->id) return;
    auto& edited = planner.draft.edit<catalog::Table>(index->table);
    if (edited.replica_index == index->id) edited.replica_index = catalog::kNoObject;
    if (edited.clustered_on == index->id) edited.clustered_on = catalog::kNoObject;
  } else if (const auto* sequence = std::get_if<catalog::Sequence>(&object)) {
    const auto* table = planner.draft.get<catalog::Table>(sequence->owned_by);
    if (table == nullptr || closure.takes(table->id) || table->column(sequence->owned_column) == nullptr)
      return;
    for (catalog::Column& column : planner.draft.edit<catalog::Table>(table->id).columns) {
      if (column.sequence == sequence->id) column.sequence = catalog::kNoObject;
    }
  } else if (const auto* table = std::get_if<catalog::Table>(&object)) {
    for (const catalog::Object* publication : planner.before.objects(catalog::ObjectKind::Publication)) {
      if (!std::get<catalog::Publication>(*publication).tables.has(table->id)) continue;
      planner.draft.edit<catalog::Publication>(catalog::base(*publication).id).tables.erase_like(table->id);
    }
  }
}

void say_also_dropped(Planner& planner, const DropTarget& target, bool automatic) {
  std::string words = describe(planner, target);
  planner.plan.also_dropped.push_back(words);
  planner.plan.also_dropped_parts.push_back(
      {target.object, target.part, target.name, std::move(words), automatic});
}

}  // namespace

bool drop_all(Planner& planner, const std::vector<DropTarget>& targets, bool cascade) {
  const DropClosure closure(planner, targets);
  if (!cascade && refuse(planner, closure, targets)) return false;
  std::vector<DropTarget> going;
  for (const DropTarget& target : closure.order()) {
    const DropReason& reason = closure.reason(target);
    const bool silent = is_silent(planner, closure, target);
    // What may not be there, and would refuse if it were, is left alone.
    if (!cascade && !reason.named && !reason.automatic && !silent) continue;
    if (!reason.named && !silent) say_also_dropped(planner, target, reason.automatic);
    if (target.part != Part::Whole) {
      if (!closure.takes(target.object)) lock_part(planner, target);
    } else {
      lock_whole(planner, *planner.draft.object(target.object));
    }
    going.push_back(target);
  }
  for (const DropTarget& target : going) {
    if (target.part != Part::Whole && !closure.takes(target.object)) erase_part(planner, target);
  }
  for (const DropTarget& target : going) {
    if (target.part != Part::Whole) continue;
    forget(planner, closure, *planner.draft.object(target.object));
  }
  for (const DropTarget& target : going) {
    if (target.part == Part::Whole) planner.draft.drop(target.object);
  }
  return true;
}

}  // namespace migcheck::plan
