// SPDX-License-Identifier: MIT
#pragma once

// The workbench of one plan: the draft of the schema, the effects and errors so far. One function per kind of
// statement (statements.hpp) fills it.

#include <string>
#include <string_view>
#include <vector>

#include "migcheck/plan.hpp"
#include "plan/draft.hpp"

namespace migcheck::plan {

struct Planner {
  const catalog::Catalog& before;
  const PlanContext& context;
  Draft draft;
  Plan plan;
  std::int32_t action = -1;             // the subcommand at hand, for effects and errors
  Span clause;                          // where it stands
  std::vector<std::string> inner_path;  // of the elements of CREATE SCHEMA: the new schema first

  Planner(const catalog::Catalog& catalog, const PlanContext& plan_context)
      : before(catalog), context(plan_context), draft(catalog) {}

  [[nodiscard]] int version() const { return context.settings.pg_version; }
  [[nodiscard]] std::span<const std::string> search_path() const {
    return inner_path.empty() ? context.session.search_path : inner_path;
  }

  // The relation of that name in the draft; nullptr if the history does not show it.
  [[nodiscard]] const catalog::Object* find(const ast::QualifiedName& name) const {
    return draft.relation(name.schema, name.name, search_path());
  }
  template <typename T>
  [[nodiscard]] const T* find_as(const ast::QualifiedName& name) const {
    const catalog::Object* found = find(name);
    return found == nullptr ? nullptr : std::get_if<T>(found);
  }

  // How effects name a relation; an unknown one keeps the name as written.
  [[nodiscard]] static RelationRef ref(const catalog::ObjectBase& object) {
    return {object.id, object.schema, object.name};
  }
  [[nodiscard]] RelationRef ref(const ast::QualifiedName& name) const;

  // Adds an effect for the subcommand at hand; the reference is good until the next one is added.
  Effect& effect(RelationRef relation, LockMode lock);
  // The statement is refused with this error.
  void error(std::string_view code, std::string message);
};

}  // namespace migcheck::plan
