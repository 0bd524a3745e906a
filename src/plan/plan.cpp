// SPDX-License-Identifier: MIT
#include "migcheck/plan.hpp"

#include <algorithm>
#include <unordered_map>

#include "plan/object/enum_use.hpp"
#include "plan/object/privileges.hpp"
#include "plan/statements.hpp"
#include "plan/syntax_versions.hpp"

namespace migcheck {

namespace {

template <typename Statement>
void plan_as(plan::Planner& planner, const ast::Statement& statement) {
  plan::plan_statement(planner, static_cast<const Statement&>(statement));
}

// What plans a kind of statement; null for those that neither lock nor change anything that is known here.
using PlanFunction = void (*)(plan::Planner&, const ast::Statement&);

PlanFunction function_for_data(ast::NodeKind kind) {
  switch (kind) {
    case ast::NodeKind::Select:
      return plan_as<ast::Select>;
    case ast::NodeKind::Insert:
      return plan_as<ast::Insert>;
    case ast::NodeKind::Update:
      return plan_as<ast::Update>;
    case ast::NodeKind::Delete:
      return plan_as<ast::Delete>;
    case ast::NodeKind::Merge:
      return plan_as<ast::Merge>;
    case ast::NodeKind::Copy:
      return plan_as<ast::Copy>;
    default:
      return nullptr;
  }
}

PlanFunction function_for_tables(ast::NodeKind kind) {
  switch (kind) {
    case ast::NodeKind::CreateTable:
      return plan_as<ast::CreateTable>;
    case ast::NodeKind::CreateTableAs:
      return plan_as<ast::CreateTableAs>;
    case ast::NodeKind::AlterTable:
      return plan_as<ast::AlterTable>;
    case ast::NodeKind::CreateIndex:
      return plan_as<ast::CreateIndex>;
    case ast::NodeKind::Reindex:
      return plan_as<ast::Reindex>;
    case ast::NodeKind::Truncate:
      return plan_as<ast::Truncate>;
    case ast::NodeKind::Cluster:
      return plan_as<ast::Cluster>;
    case ast::NodeKind::Vacuum:
      return plan_as<ast::Vacuum>;
    case ast::NodeKind::LockTable:
      return plan_as<ast::LockTable>;
    default:
      return nullptr;
  }
}

PlanFunction function_for_anything_named(ast::NodeKind kind) {
  switch (kind) {
    case ast::NodeKind::Drop:
      return plan_as<ast::Drop>;
    case ast::NodeKind::Rename:
      return plan_as<ast::Rename>;
    case ast::NodeKind::SetSchema:
      return plan_as<ast::SetSchema>;
    case ast::NodeKind::ChangeOwner:
      return plan_as<ast::ChangeOwner>;
    case ast::NodeKind::Comment:
      return plan_as<ast::Comment>;
    case ast::NodeKind::SecurityLabel:
      return plan_as<ast::SecurityLabel>;
    case ast::NodeKind::MoveAll:
      return plan_as<ast::MoveAll>;
    case ast::NodeKind::DependsOnExtension:
      return plan_as<ast::DependsOnExtension>;
    default:
      return nullptr;
  }
}

PlanFunction function_for_objects(ast::NodeKind kind) {
  switch (kind) {
    case ast::NodeKind::CreateSchema:
      return plan_as<ast::CreateSchema>;
    case ast::NodeKind::CreateView:
      return plan_as<ast::CreateView>;
    case ast::NodeKind::RefreshMaterializedView:
      return plan_as<ast::RefreshMaterializedView>;
    case ast::NodeKind::CreateSequence:
      return plan_as<ast::CreateSequence>;
    case ast::NodeKind::AlterSequence:
      return plan_as<ast::AlterSequence>;
    case ast::NodeKind::CreateEnum:
      return plan_as<ast::CreateEnum>;
    case ast::NodeKind::AlterEnum:
      return plan_as<ast::AlterEnum>;
    case ast::NodeKind::CreateCompositeType:
      return plan_as<ast::CreateCompositeType>;
    case ast::NodeKind::CreateRangeType:
      return plan_as<ast::CreateRangeType>;
    case ast::NodeKind::CreateDomain:
      return plan_as<ast::CreateDomain>;
    case ast::NodeKind::AlterDomain:
      return plan_as<ast::AlterDomain>;
    case ast::NodeKind::DefineObject:
      return plan_as<ast::DefineObject>;
    case ast::NodeKind::CreateFunction:
      return plan_as<ast::CreateFunction>;
    case ast::NodeKind::AlterFunction:
      return plan_as<ast::AlterFunction>;
    case ast::NodeKind::CreateTrigger:
      return plan_as<ast::CreateTrigger>;
    case ast::NodeKind::CreateEventTrigger:
      return plan_as<ast::CreateEventTrigger>;
    case ast::NodeKind::CreateRule:
      return plan_as<ast::CreateRule>;
    case ast::NodeKind::CreateStatistics:
      return plan_as<ast::CreateStatistics>;
    default:
      return nullptr;
  }
}

PlanFunction function_for_access(ast::NodeKind kind) {
  switch (kind) {
    case ast::NodeKind::Grant:
      return plan_as<ast::Grant>;
    case ast::NodeKind::GrantRole:
      return plan_as<ast::GrantRole>;
    case ast::NodeKind::AlterDefaultPrivileges:
      return plan_as<ast::AlterDefaultPrivileges>;
    case ast::NodeKind::CreateRole:
      return plan_as<ast::CreateRole>;
    case ast::NodeKind::AlterRole:
      return plan_as<ast::AlterRole>;
    case ast::NodeKind::AlterRoleSet:
      return plan_as<ast::AlterRoleSet>;
    case ast::NodeKind::DropRole:
      return plan_as<ast::DropRole>;
    case ast::NodeKind::DropOwned:
      return plan_as<ast::DropOwned>;
    case ast::NodeKind::ReassignOwned:
      return plan_as<ast::ReassignOwned>;
    case ast::NodeKind::CreatePolicy:
      return plan_as<ast::CreatePolicy>;
    case ast::NodeKind::AlterPolicy:
      return plan_as<ast::AlterPolicy>;
    default:
      return nullptr;
  }
}

PlanFunction function_for_the_server(ast::NodeKind kind) {
  switch (kind) {
    case ast::NodeKind::CreateDatabase:
      return plan_as<ast::CreateDatabase>;
    case ast::NodeKind::AlterDatabase:
      return plan_as<ast::AlterDatabase>;
    case ast::NodeKind::AlterSystem:
      return plan_as<ast::AlterSystem>;
    case ast::NodeKind::CreateTablespace:
      return plan_as<ast::CreateTablespace>;
    case ast::NodeKind::CreateExtension:
      return plan_as<ast::CreateExtension>;
    case ast::NodeKind::AlterExtension:
      return plan_as<ast::AlterExtension>;
    case ast::NodeKind::CreatePublication:
      return plan_as<ast::CreatePublication>;
    case ast::NodeKind::AlterPublication:
      return plan_as<ast::AlterPublication>;
    case ast::NodeKind::CreateSubscription:
      return plan_as<ast::CreateSubscription>;
    case ast::NodeKind::Explain:
      return plan_as<ast::Explain>;
    case ast::NodeKind::Discard:
      return plan_as<ast::Discard>;
    case ast::NodeKind::Transaction:
      return plan_as<ast::Transaction>;
    default:
      return nullptr;
  }
}

PlanFunction function_for(ast::NodeKind kind) {
  for (const auto find : {function_for_tables, function_for_data, function_for_anything_named,
                          function_for_objects, function_for_access, function_for_the_server}) {
    if (const PlanFunction function = find(kind)) return function;
  }
  return nullptr;
}

// One summary for each relation, in the order in which they come up. A statement locks a few of them or, of a
// partitioned table, thousands: then they are found by their names.
class Summaries {
 public:
  RelationSummary& of(const RelationRef& relation) {
    constexpr std::size_t kFew = 8;
    if (all.size() < kFew) {
      const auto found = std::find_if(all.begin(), all.end(), [&](const RelationSummary& summary) {
        return summary.relation == relation;
      });
      return found != all.end() ? *found : add(relation);
    }
    for (; known_ < all.size(); ++known_) places_.emplace(key(all[known_].relation), known_);
    const auto [from, to] = places_.equal_range(key(relation));
    const auto found =
        std::find_if(from, to, [&](const auto& place) { return all[place.second].relation == relation; });
    return found != to ? all[found->second] : add(relation);
  }

  std::vector<RelationSummary> all;

 private:
  static std::size_t key(const RelationRef& relation) {
    return relation.id != catalog::kNoObject ? relation.id : std::hash<std::string>{}(relation.name);
  }
  RelationSummary& add(const RelationRef& relation) {
    all.emplace_back();
    all.back().relation = relation;
    return all.back();
  }

  std::unordered_multimap<std::size_t, std::size_t> places_;  // of the first `known_`
  std::size_t known_ = 0;
};

}  // namespace

Plan plan_of(const ast::Statement& statement, const catalog::Catalog& catalog, const PlanContext& context) {
  plan::Planner planner(catalog, context);
  if (const auto newer = plan::newer_syntax(statement, planner.version())) {
    if (!context.settings.pg_version_assumed) {
      planner.clause = newer->span;
      planner.error("42601", newer->message);
      return std::move(planner.plan);
    }
    planner.plan.if_old = PlanError{.code = "42601", .message = newer->message, .clause = newer->span};
  }
  if (context.may_have_new_labels) plan::refuse_new_enum_values(planner, statement);
  if (!planner.plan.errors.empty()) return std::move(planner.plan);
  if (const PlanFunction function = function_for(statement.kind)) function(planner, statement);
  plan::grant_default_privileges(planner);
  planner.plan.changes = planner.draft.take();
  planner.plan.relations = summarize(planner.plan);
  return std::move(planner.plan);
}

std::vector<RelationSummary> summarize(const Plan& plan) {
  Summaries summaries;
  summaries.all.reserve(plan.effects.size());
  for (const Effect& effect : plan.effects) {
    RelationSummary& summary = summaries.of(effect.relation);
    summary.lock = std::max(summary.lock, effect.lock);
    summary.rewrite |= effect.rewrite;
    summary.scan |= effect.scan;
    summary.of_index |= effect.of_index;
    summary.creates |= effect.creates;
    for (const std::string& name : effect.builds) {
      if (std::find(summary.builds.begin(), summary.builds.end(), name) == summary.builds.end()) {
        summary.builds.push_back(name);
      }
    }
  }
  return std::move(summaries.all);
}

}  // namespace migcheck
