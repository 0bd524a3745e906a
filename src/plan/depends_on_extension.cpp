// SPDX-License-Identifier: MIT
// ALTER … DEPENDS ON EXTENSION: the object goes when the extension goes.
#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using ast::ObjectType;
using catalog::Dependency;

// An index and a materialized view are locked themselves, a trigger's table only against its drop.
void lock_target(Planner& planner, const ast::DependsOnExtension& statement) {
  if (statement.object == ObjectType::Trigger) {
    require_relation(planner, statement.target.on);
    planner.effect(planner.ref(statement.target.on), LockMode::AccessShare);
  } else if (statement.object == ObjectType::Index || statement.object == ObjectType::MaterializedView) {
    require_relation(planner, statement.target.name);
    Effect& effect = planner.effect(planner.ref(statement.target.name), LockMode::AccessExclusive);
    effect.of_index = statement.object == ObjectType::Index;
  }
}

}  // namespace

void plan_statement(Planner& planner, const ast::DependsOnExtension& statement) {
  lock_target(planner, statement);
  const catalog::Object* extension =
      planner.draft.global(catalog::ObjectKind::Extension, statement.extension);
  const bool on_trigger = statement.object == ObjectType::Trigger;
  const catalog::Object* target = on_trigger ? planner.find(statement.target.on)
                                             : find_object(planner, statement.object, statement.target);
  if (extension == nullptr || target == nullptr || !planner.plan.errors.empty()) return;
  Dependency dependency;
  dependency.on = catalog::base(*extension).id;
  dependency.kind = catalog::DependencyKind::Auto;
  if (on_trigger) {
    dependency.part = Dependency::Part::Trigger;
    dependency.part_name = statement.target.name.name;
  }
  std::vector<Dependency>& all = edit_base(planner.draft, catalog::base(*target).id).dependencies;
  std::erase(all, dependency);
  if (!statement.remove) all.push_back(std::move(dependency));
}

}  // namespace migcheck::plan
