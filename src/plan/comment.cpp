// SPDX-License-Identifier: MIT
#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using ast::ObjectType;

// COMMENT locks the relation itself against VACUUM and other DDL; a part of a table only against its drop.
void lock_for_comment(Planner& planner, ObjectType object, const ast::ObjectName& target) {
  switch (object) {
    case ObjectType::Table:
    case ObjectType::View:
    case ObjectType::MaterializedView:
    case ObjectType::Sequence:
    case ObjectType::ForeignTable:
    case ObjectType::Index: {
      const catalog::Object* found = require_relation(planner, target.name);
      Effect& effect = planner.effect(planner.ref(target.name), LockMode::ShareUpdateExclusive);
      effect.of_index =
          object == ObjectType::Index || (found != nullptr && std::holds_alternative<catalog::Index>(*found));
      return;
    }
    case ObjectType::Column:
    case ObjectType::Attribute:
      require_relation(planner, target.on);
      planner.effect(planner.ref(target.on), LockMode::ShareUpdateExclusive);
      return;
    case ObjectType::Constraint:
    case ObjectType::Trigger:
    case ObjectType::Rule:
    case ObjectType::Policy:
      require_relation(planner, target.on);
      planner.effect(planner.ref(target.on), LockMode::AccessShare);
      return;
    default:
      return;
  }
}

}  // namespace

void plan_statement(Planner& planner, const ast::Comment& statement) {
  lock_for_comment(planner, statement.object, statement.target);
}

// A label needs a provider, which is loaded in the server's configuration; with one it locks as COMMENT does.
void plan_statement(Planner& planner, const ast::SecurityLabel& statement) {
  lock_for_comment(planner, statement.object, statement.target);
}

}  // namespace migcheck::plan
