// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>

#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using ast::ObjectType;

std::string_view kind_in_error(ObjectType object) {
  switch (object) {
    case ObjectType::View:
      return "a view";
    case ObjectType::MaterializedView:
      return "a materialized view";
    case ObjectType::Sequence:
      return "a sequence";
    case ObjectType::ForeignTable:
      return "a foreign table";
    case ObjectType::Index:
      return "an index";
    default:
      return "a table";
  }
}

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
      if (found != nullptr && !is_of_kind(*found, object)) {
        planner.error("42809",
                      "\"" + catalog::base(*found).name + "\" is not " + std::string(kind_in_error(object)));
      }
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
  const auto* table = statement.object == ObjectType::Table
                          ? planner.find_as<catalog::Table>(statement.target.name)
                          : nullptr;
  if (table == nullptr || table->commented == !statement.text.empty()) return;
  planner.draft.edit<catalog::Table>(table->id).commented = !statement.text.empty();
}

// A label needs a provider, which is loaded in the server's configuration; with one it locks as COMMENT does.
void plan_statement(Planner& planner, const ast::SecurityLabel& statement) {
  lock_for_comment(planner, statement.object, statement.target);
}

}  // namespace migcheck::plan
