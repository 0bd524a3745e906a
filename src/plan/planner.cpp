// SPDX-License-Identifier: MIT
#include "plan/planner.hpp"

namespace migcheck::plan {

RelationRef Planner::ref(const ast::QualifiedName& name) const {
  if (const catalog::Object* found = find(name)) return ref(catalog::base(*found));
  return {catalog::kNoObject, std::string(name.schema), std::string(name.name)};
}

Effect& Planner::effect(RelationRef relation, LockMode lock) {
  Effect& added = plan.effects.emplace_back();
  added.relation = std::move(relation);
  added.lock = lock;
  added.action = action;
  added.clause = clause;
  added.assumed = added.relation.id == catalog::kNoObject;
  return added;
}

void Planner::error(std::string_view code, std::string message) {
  plan.errors.push_back({std::string(code), std::move(message), action, clause});
}

}  // namespace migcheck::plan
