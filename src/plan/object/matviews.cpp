// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "plan/query/locks.hpp"
#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

// The rows are compared by an index that tells them all apart.
bool can_tell_rows_apart(const catalog::Index& index) {
  return index.unique && index.valid && index.predicate == nullptr &&
         std::all_of(index.keys.begin(), index.keys.end(),
                     [](const catalog::KeyElement& key) { return key.column != 0; });
}

void refresh_concurrently(Planner& planner, const catalog::View& view,
                          const std::vector<const catalog::Index*>& indexes, bool with_data) {
  if (!with_data) {
    return planner.error("42601", "REFRESH options CONCURRENTLY and WITH NO DATA cannot be used together");
  }
  if (!view.populated && !view.uncertain) {
    return planner.error("0A000", "CONCURRENTLY cannot be used when the materialized view is not populated");
  }
  const bool possible = std::any_of(indexes.begin(), indexes.end(), [](const catalog::Index* index) {
    return index->uncertain || can_tell_rows_apart(*index);
  });
  if (!possible && !view.uncertain) {
    return planner.error("55000", fmt::format("cannot refresh materialized view \"{}.{}\" concurrently",
                                              view.schema, view.name));
  }
  Effect& effect = planner.effect(Planner::ref(view), LockMode::Exclusive);
  effect.scan = true;
  effect.reason = WorkReason::Refresh;
}

}  // namespace

void plan_statement(Planner& planner, const ast::RefreshMaterializedView& statement) {
  const catalog::Object* found = require_relation(planner, statement.relation);
  const auto* view = found == nullptr ? nullptr : std::get_if<catalog::View>(found);
  if (found != nullptr && (view == nullptr || !view->materialized)) {
    return planner.error("42809", fmt::format("\"{}\" is not a materialized view", statement.relation.name));
  }
  if (view == nullptr) {
    const LockMode mode = statement.concurrently ? LockMode::Exclusive : LockMode::AccessExclusive;
    Effect& effect = planner.effect(planner.ref(statement.relation), mode);
    effect.rewrite = !statement.concurrently;
    effect.scan = statement.with_data;
    effect.reason = WorkReason::Refresh;
    return;
  }
  const auto indexes = planner.draft.indexes_of(view->id);
  if (statement.concurrently) {
    refresh_concurrently(planner, *view, indexes, statement.with_data);
    if (!planner.plan.errors.empty()) return;
  } else {
    Effect& effect = planner.effect(Planner::ref(*view), LockMode::AccessExclusive);
    effect.rewrite = true;
    effect.scan = statement.with_data;
    effect.reason = WorkReason::Refresh;
    for (const catalog::Index* index : indexes) effect.builds.push_back(index->name);
    for (const catalog::Index* index : indexes) {
      planner.effect(Planner::ref(*index), LockMode::AccessExclusive).of_index = true;
    }
  }
  if (statement.with_data) lock_below_view(planner, *view, WorkReason::Refresh);
  if (view->populated != statement.with_data) {
    planner.draft.edit<catalog::View>(view->id).populated = statement.with_data;
  }
}

}  // namespace migcheck::plan
