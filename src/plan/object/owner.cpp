// SPDX-License-Identifier: MIT
#include <algorithm>

#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using catalog::ObjectId;
using catalog::ObjectKind;

bool is_type(ast::ObjectType type) {
  return type == ast::ObjectType::Type || type == ast::ObjectType::Domain;
}

bool is_relation(const Planner& planner, ObjectId id) {
  const catalog::Object* object = planner.draft.object(id);
  return std::holds_alternative<catalog::Table>(*object) || std::holds_alternative<catalog::View>(*object) ||
         std::holds_alternative<catalog::Sequence>(*object);
}

// With the lock on a relation itself, which ALTER TABLE has taken before it comes to its subcommands.
void take_over(Planner& planner, ObjectId id, std::string_view owner) {
  if (is_relation(planner, id))
    planner.effect(Planner::ref(catalog::base(*planner.draft.object(id))), LockMode::AccessExclusive);
  change_owner(planner, id, owner);
}

}  // namespace

void change_owner(Planner& planner, ObjectId id, std::string_view owner) {
  for (const catalog::Index* index : planner.draft.indexes_of(id)) {
    planner.effect(Planner::ref(*index), LockMode::AccessExclusive).of_index = true;
  }
  std::vector<ObjectId> sequences;
  for (const catalog::Sequence* sequence : planner.draft.sequences_of(id)) sequences.push_back(sequence->id);
  for (const ObjectId sequence : sequences) {
    auto& owned = planner.draft.edit<catalog::Sequence>(sequence);
    planner.effect(Planner::ref(owned), LockMode::AccessExclusive);
    owned.owner = owner;
  }
  edit_base(planner.draft, id).owner = owner;
}

void plan_statement(Planner& planner, const ast::ChangeOwner& statement) {
  const bool of_type = is_type(statement.object);
  if (of_type && require_type(planner, statement.target.name) == nullptr) return;
  const catalog::Object* found = find_object(planner, statement.object, statement.target);
  if (found == nullptr) return;
  const ObjectId id = catalog::base(*found).id;
  const auto* type = std::get_if<catalog::Type>(found);
  if (type != nullptr && type->composite != catalog::kNoObject)
    take_over(planner, type->composite, statement.new_owner);
  change_owner(planner, id, statement.new_owner);
}

void plan_statement(Planner& planner, const ast::ReassignOwned& statement) {
  for (const ObjectKind kind :
       {ObjectKind::Schema, ObjectKind::Table, ObjectKind::View, ObjectKind::Sequence, ObjectKind::Type,
        ObjectKind::Function, ObjectKind::Publication, ObjectKind::Other}) {
    for (const catalog::Object* object : planner.before.objects(kind)) {
      const catalog::ObjectBase& base = catalog::base(*object);
      const bool theirs = !base.owner.empty() && std::find(statement.roles.begin(), statement.roles.end(),
                                                           base.owner) != statement.roles.end();
      if (theirs) take_over(planner, base.id, statement.new_role);
    }
  }
}

}  // namespace migcheck::plan
