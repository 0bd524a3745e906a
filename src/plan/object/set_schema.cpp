// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "plan/rename/rename.hpp"
#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using ast::ObjectType;
using catalog::ObjectId;

// A table takes its indexes and the sequences that its columns own along.
void move_relation(Planner& planner, const ast::SetSchema& statement) {
  const catalog::Object* found = require_relation(planner, statement.target.name, statement.if_exists);
  if (planner.plan.no_op) return;
  planner.effect(planner.ref(statement.target.name), LockMode::AccessExclusive);
  if (found == nullptr) return;
  const ObjectId id = catalog::base(*found).id;
  const std::string schema(statement.new_schema.text);
  if (refuse_wrong_kind(planner, *found, statement.object)) return;
  const auto* linked = std::get_if<catalog::Sequence>(found);
  if (linked != nullptr && planner.draft.get<catalog::Table>(linked->owned_by) != nullptr)
    return planner.error("0A000", "cannot move an owned sequence into another schema");
  const bool stays = catalog::base(*found).schema == schema;
  if (!stays && relation_exists(planner, schema, catalog::base(*found).name)) return;
  std::vector<ObjectId> moving = {id};
  for (const catalog::Sequence* sequence : planner.draft.sequences_of(id)) {
    planner.effect(Planner::ref(*sequence), LockMode::AccessExclusive);
    moving.push_back(sequence->id);
  }
  if (stays) return;
  for (const catalog::Index* index : planner.draft.indexes_of(id)) moving.push_back(index->id);
  for (const ObjectId one : moving) {
    rename_relation(planner, one, schema, std::string(catalog::base(*planner.draft.object(one)).name));
  }
}

void move_extension(Planner& planner, const catalog::Extension& extension, const std::string& schema) {
  std::vector<ObjectId> members;
  for (const auto& [dependent, dependency] : planner.draft.dependents_of(extension.id)) {
    if (dependency->kind == catalog::DependencyKind::Extension)
      members.push_back(catalog::base(*dependent).id);
  }
  for (const ObjectId id : members) {
    const catalog::Object* object = planner.draft.object(id);
    const std::string name = catalog::base(*object).name;
    if (std::holds_alternative<catalog::Type>(*object)) {
      move_type(planner, id, schema, name);
    } else if (std::holds_alternative<catalog::Function>(*object)) {
      move_function(planner, id, schema, name);
    } else {
      rename_relation(planner, id, schema, name);
    }
  }
  auto& edited = planner.draft.edit<catalog::Extension>(extension.id);
  edited.objects_schema = schema;
  std::vector<catalog::Dependency> needs;
  if (const catalog::Object* known = planner.draft.global(catalog::ObjectKind::Schema, schema)) {
    needs.push_back({catalog::base(*known).id, 0, catalog::DependencyKind::Normal, Part::Whole, {}});
  }
  set_needs(edited, Part::Whole, {}, std::move(needs));
}

}  // namespace

void plan_statement(Planner& planner, const ast::SetSchema& statement) {
  if (!schema_exists(planner, statement.new_schema.text)) return;
  switch (statement.object) {
    case ObjectType::Table:
    case ObjectType::View:
    case ObjectType::MaterializedView:
    case ObjectType::Sequence:
    case ObjectType::ForeignTable:
    case ObjectType::Index:
      return move_relation(planner, statement);
    default:
      break;
  }
  const std::string schema(statement.new_schema.text);
  const bool is_type = statement.object == ObjectType::Type || statement.object == ObjectType::Domain ||
                       statement.object == ObjectType::CompositeType;
  if (is_type && require_type(planner, statement.target.name, statement.if_exists) == nullptr) return;
  const catalog::Object* found = find_object(planner, statement.object, statement.target);
  if (found == nullptr) return;
  const catalog::ObjectBase& base = catalog::base(*found);
  const std::string name = base.name;
  if (is_type) {
    if (base.schema != schema && !type_exists(planner, schema, name))
      move_type(planner, base.id, schema, name);
  } else if (std::holds_alternative<catalog::Function>(*found)) {
    move_function(planner, base.id, schema, name);
  } else if (const auto* extension = std::get_if<catalog::Extension>(found)) {
    move_extension(planner, *extension, schema);
  } else {
    edit_base(planner.draft, base.id).schema = schema;
  }
}

}  // namespace migcheck::plan
