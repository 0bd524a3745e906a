// SPDX-License-Identifier: MIT
#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

void plan_statement(Planner& planner, const ast::ChangeOwner& statement) {
  const catalog::Object* found = find_object(planner, statement.object, statement.target);
  if (found == nullptr) return;
  const catalog::ObjectBase& base = catalog::base(*found);
  if (std::holds_alternative<catalog::Table>(*found) || std::holds_alternative<catalog::View>(*found) ||
      std::holds_alternative<catalog::Sequence>(*found)) {
    planner.effect(Planner::ref(base), LockMode::AccessExclusive);
  }
  edit_base(planner.draft, base.id).owner = std::string(statement.new_owner);
}

void plan_statement(Planner& planner, const ast::ReassignOwned& statement) {
  using catalog::ObjectKind;
  for (const ObjectKind kind : {ObjectKind::Schema, ObjectKind::Table, ObjectKind::View, ObjectKind::Sequence,
                                ObjectKind::Type, ObjectKind::Function, ObjectKind::Publication}) {
    for (const catalog::Object* object : planner.before.objects(kind)) {
      const catalog::ObjectBase& base = catalog::base(*object);
      for (const std::string_view role : statement.roles) {
        if (base.owner != role) continue;
        const bool relation =
            kind == ObjectKind::Table || kind == ObjectKind::View || kind == ObjectKind::Sequence;
        if (relation) planner.effect(Planner::ref(base), LockMode::AccessExclusive);
        edit_base(planner.draft, base.id).owner = std::string(statement.new_role);
        break;
      }
    }
  }
}

}  // namespace migcheck::plan
