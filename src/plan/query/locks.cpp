// SPDX-License-Identifier: MIT
#include "plan/query/locks.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

// A view over views over views: deeper than anybody goes.
constexpr std::size_t kMostRelations = 10000;

bool locked(const Planner& planner, const RelationRef& relation, LockMode mode) {
  return std::any_of(planner.plan.effects.begin(), planner.plan.effects.end(), [&](const Effect& effect) {
    return effect.relation == relation && effect.lock >= mode;
  });
}

}  // namespace

void lock_named_relations(Planner& planner, const ast::Node* tree) {
  std::vector<std::string> common;
  std::vector<std::pair<const ast::RelationName*, LockMode>> named;
  const auto name = [&](const ast::RelationName& relation, LockMode mode) {
    if (!relation.empty()) named.emplace_back(&relation, mode);
  };
  ast::walk(tree, [&](const ast::Node& node) {
    if (const auto* table = ast::as<ast::CommonTable>(&node)) common.emplace_back(table->name.text);
    if (const auto* reference = ast::as<ast::TableRef>(&node))
      name(reference->relation, LockMode::AccessShare);
    if (const auto* insert = ast::as<ast::Insert>(&node)) name(insert->relation, LockMode::RowExclusive);
    if (const auto* update = ast::as<ast::Update>(&node)) name(update->relation, LockMode::RowExclusive);
    if (const auto* remove = ast::as<ast::Delete>(&node)) name(remove->relation, LockMode::RowExclusive);
    if (const auto* merge = ast::as<ast::Merge>(&node)) name(merge->relation, LockMode::RowExclusive);
    return true;
  });
  for (const auto& [relation, mode] : named) {
    const bool maybe_common =
        relation->schema.empty() && std::find(common.begin(), common.end(), relation->name) != common.end();
    // In a rule, OLD and NEW stand for the row.
    if (maybe_common || (relation->schema.empty() && (relation->name == "old" || relation->name == "new"))) {
      continue;
    }
    require_relation(planner, *relation);
    const RelationRef reference = planner.ref(*relation);
    if (!locked(planner, reference, mode)) planner.effect(reference, mode);
  }
}

void lock_below_view(Planner& planner, const catalog::View& view, WorkReason reason) {
  std::vector<catalog::ObjectId> pending = {view.id};
  std::vector<catalog::ObjectId> seen;
  while (!pending.empty() && seen.size() < kMostRelations) {
    const catalog::ObjectId at = pending.back();
    pending.pop_back();
    const auto* above = planner.draft.get<catalog::View>(at);
    if (above == nullptr) continue;
    for (const catalog::Dependency& dependency : above->dependencies) {
      const catalog::Object* below = planner.draft.object(dependency.on);
      if (below == nullptr || std::find(seen.begin(), seen.end(), dependency.on) != seen.end()) continue;
      const auto* inner = std::get_if<catalog::View>(below);
      if (inner == nullptr && !std::holds_alternative<catalog::Table>(*below)) continue;
      seen.push_back(dependency.on);
      Effect& effect = planner.effect(Planner::ref(catalog::base(*below)), LockMode::AccessShare);
      const bool stored = inner == nullptr || inner->materialized;
      effect.scan = stored && reason != WorkReason::None;
      effect.reason = effect.scan ? reason : WorkReason::None;
      if (!stored) pending.push_back(dependency.on);
    }
  }
}

}  // namespace migcheck::plan
