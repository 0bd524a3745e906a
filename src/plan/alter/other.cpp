// SPDX-License-Identifier: MIT
// ALTER INDEX, ALTER VIEW, ALTER SEQUENCE in their ALTER TABLE form, under whichever word they are written.
#include <algorithm>

#include "plan/alter/alter_table.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

using catalog::ObjectId;
using Type = ast::AlterAction::Type;

namespace {

std::string full_name(const ast::Option& option) {
  return option.space.empty() ? std::string(option.name)
                              : std::string(option.space) + "." + std::string(option.name);
}

template <typename Relation>
void set_options(Relation& relation, const ast::AlterAction& action) {
  for (const ast::Option* option : action.options) {
    if (action.type == Type::ResetOptions) {
      relation.options.erase(full_name(*option));
    } else {
      relation.options[full_name(*option)] = option->has_value ? std::string(option->value) : "true";
    }
  }
}

// ALTER INDEX … ATTACH PARTITION: once all partitions have theirs, the parent's index is valid.
void attach_index(Planner& planner, const catalog::Index& parent, const ast::AlterAction& action) {
  const auto* child = planner.find_as<catalog::Index>(action.relation);
  if (const auto* table = planner.draft.get<catalog::Table>(parent.table)) {
    planner.effect(Planner::ref(*table), LockMode::AccessShare);
  }
  if (child == nullptr) {
    planner.effect(planner.ref(action.relation), LockMode::AccessExclusive).of_index = true;
    return;
  }
  planner.effect(Planner::ref(*child), LockMode::AccessExclusive).of_index = true;
  if (const auto* partition = planner.draft.get<catalog::Table>(child->table)) {
    planner.effect(Planner::ref(*partition), LockMode::AccessShare);
  }
  const ObjectId parent_id = parent.id;
  planner.draft.edit<catalog::Index>(child->id).parent_index = parent_id;
  for (const catalog::Table* partition : planner.draft.children_of(parent.table)) {
    const auto indexes = planner.draft.indexes_of(partition->id);
    const bool has = std::any_of(indexes.begin(), indexes.end(), [&](const catalog::Index* index) {
      return index->parent_index == parent_id && index->valid;
    });
    if (!has) return;
  }
  planner.draft.edit<catalog::Index>(parent_id).valid = true;
}

// An index is locked alone; moved to another tablespace it is copied.
void alter_index(Planner& planner, const ast::AlterAction& action, const catalog::Index& index) {
  const LockMode lock =
      action.type == Type::AttachPartition ? LockMode::ShareUpdateExclusive : lock_for(action);
  Effect& effect = planner.effect(Planner::ref(index), lock);
  effect.of_index = true;
  if (action.type == Type::SetTablespace) {
    effect.reason = WorkReason::Tablespace;
    effect.builds.push_back(index.name);
  } else if (action.type == Type::AttachPartition) {
    attach_index(planner, index, action);
  } else if (action.type == Type::SetOptions || action.type == Type::ResetOptions) {
    set_options(planner.draft.edit<catalog::Index>(index.id), action);
  }
}

void alter_view(Planner& planner, const ast::AlterAction& action, const catalog::View& view) {
  planner.effect(Planner::ref(view), lock_for(action));
  if (!knows_view_options(planner, action.options)) return;
  auto& draft = planner.draft.edit<catalog::View>(view.id);
  if (action.type == Type::SetOptions || action.type == Type::ResetOptions ||
      action.type == Type::ReplaceOptions) {
    set_options(draft, action);
  } else if (action.type == Type::ChangeOwner) {
    change_owner(planner, view.id, action.value);
  } else if (action.type == Type::SetDefault || action.type == Type::DropDefault) {
    for (catalog::Column& column : draft.columns) {
      if (column.name == action.name.text)
        column.default_value = ast::clone(action.expression, planner.draft.arena());
    }
  }
}

bool is_whoever_runs(std::string_view role) {
  return role.empty() || role == "current_user" || role == "session_user" || role == "current_role";
}

// Only the owner of its table can be a linked sequence's; to name that one again is no change.
bool refuse_another_owner(Planner& planner, const catalog::Sequence& sequence, std::string_view owner) {
  const auto* table = planner.draft.get<catalog::Table>(sequence.owned_by);
  const bool by_name = !is_whoever_runs(sequence.owner) && !is_whoever_runs(owner);
  if (table == nullptr || !by_name || sequence.owner == owner) return false;
  planner.error("0A000", "cannot change owner of sequence \"" + sequence.name + "\"");
  return true;
}

void alter_sequence(Planner& planner, const ast::AlterAction& action, const catalog::Sequence& sequence) {
  const bool persistence = action.type == Type::SetLogged || action.type == Type::SetUnlogged;
  if (persistence && planner.version() < 15) {
    return planner.error("42809", "\"" + sequence.name + "\" is not a table");
  }
  planner.effect(Planner::ref(sequence), lock_for(action));
  if (action.type == Type::ChangeOwner && refuse_another_owner(planner, sequence, action.value)) return;
  auto& draft = planner.draft.edit<catalog::Sequence>(sequence.id);
  if (action.type == Type::SetLogged) draft.persistence = catalog::Persistence::Permanent;
  if (action.type == Type::SetUnlogged) draft.persistence = catalog::Persistence::Unlogged;
  if (action.type == Type::ChangeOwner) draft.owner = action.value;
}

}  // namespace

void alter_other_relation(Planner& planner, const ast::AlterTable& statement,
                          const catalog::Object& relation) {
  std::int32_t number = 0;
  for (const ast::AlterAction* action : statement.actions) {
    planner.action = number++;
    planner.clause = action->span;
    if (const auto* index = std::get_if<catalog::Index>(&relation)) {
      alter_index(planner, *action, *index);
    } else if (const auto* view = std::get_if<catalog::View>(&relation)) {
      alter_view(planner, *action, *view);
    } else if (const auto* sequence = std::get_if<catalog::Sequence>(&relation)) {
      alter_sequence(planner, *action, *sequence);
    }
  }
  planner.action = -1;
  planner.clause = {};
}

}  // namespace migcheck::plan
