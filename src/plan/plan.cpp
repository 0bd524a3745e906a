// SPDX-License-Identifier: MIT
#include "migcheck/plan.hpp"

#include <algorithm>

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

PlanFunction function_for(ast::NodeKind kind) {
  for (const auto find : {function_for_tables, function_for_data}) {
    if (const PlanFunction function = find(kind)) return function;
  }
  return nullptr;
}

RelationSummary& summary_of(std::vector<RelationSummary>& summaries, const Effect& effect) {
  const auto found = std::find_if(summaries.begin(), summaries.end(), [&](const RelationSummary& summary) {
    return summary.relation == effect.relation;
  });
  if (found != summaries.end()) return *found;
  summaries.emplace_back();
  summaries.back().relation = effect.relation;
  return summaries.back();
}

}  // namespace

Plan plan_of(const ast::Statement& statement, const catalog::Catalog& catalog, const PlanContext& context) {
  plan::Planner planner(catalog, context);
  if (const auto word = plan::newer_syntax(statement, planner.version())) {
    planner.clause = word->span;
    planner.error("42601", "syntax error at or near \"" + std::string(word->text) + "\"");
    return std::move(planner.plan);
  }
  if (const PlanFunction function = function_for(statement.kind)) function(planner, statement);
  planner.plan.changes = planner.draft.take();
  return std::move(planner.plan);
}

std::vector<RelationSummary> summarize(const Plan& plan) {
  std::vector<RelationSummary> summaries;
  for (const Effect& effect : plan.effects) {
    RelationSummary& summary = summary_of(summaries, effect);
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
  return summaries;
}

}  // namespace migcheck
