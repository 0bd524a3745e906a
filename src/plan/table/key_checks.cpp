// SPDX-License-Identifier: MIT
// What foreign keys do when rows change: a new key is looked up in the referenced table, a key that goes is
// looked for in the referencing ones.
#include <algorithm>
#include <unordered_set>

#include "plan/query/data.hpp"
#include "plan/table/inheritance.hpp"

namespace migcheck::plan {

using catalog::ColumnNumber;
using catalog::ObjectId;

namespace {

bool contains(const std::vector<ColumnNumber>& numbers, ColumnNumber number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

bool changes_rows(ast::ReferentialAction action) {
  return action == ast::ReferentialAction::Cascade || action == ast::ReferentialAction::SetNull ||
         action == ast::ReferentialAction::SetDefault;
}

}  // namespace

void lock_for_new_keys(Planner& planner, const catalog::Table& table,
                       const std::vector<ColumnNumber>& written) {
  for (const catalog::Constraint& key : table.constraints) {
    if (key.kind != catalog::ConstraintKind::ForeignKey || !key.enforced) continue;
    // A key with a null in it refers to nothing.
    const bool whole = std::all_of(key.columns.begin(), key.columns.end(),
                                   [&](ColumnNumber column) { return contains(written, column); });
    const bool some = std::any_of(key.columns.begin(), key.columns.end(),
                                  [&](ColumnNumber column) { return contains(written, column); });
    const auto* referenced = planner.draft.get<catalog::Table>(key.references);
    if (!(whole || some) || referenced == nullptr) continue;
    planner.effect(Planner::ref(*referenced), LockMode::RowShare);
  }
}

void lock_for_gone_keys(Planner& planner, const catalog::Table& table,
                        const std::vector<ColumnNumber>& columns) {
  std::vector<ObjectId> pending = {table.id};
  std::unordered_set<ObjectId> seen = {table.id};
  for (std::size_t at = 0; at < pending.size(); ++at) {
    for (const catalog::Catalog::IncomingKey& incoming : planner.draft.keys_to(pending[at])) {
      const catalog::Constraint& key = *incoming.constraint;
      if (!key.enforced) continue;
      const bool updates = at == 0 && !columns.empty();
      const bool touched = !updates || std::any_of(columns.begin(), columns.end(), [&](ColumnNumber column) {
        return contains(key.referenced_columns, column);
      });
      if (!touched) continue;
      const ast::ReferentialAction action = updates ? key.on_update : key.on_delete;
      Effect& effect = planner.effect(Planner::ref(*incoming.table),
                                      changes_rows(action) ? LockMode::RowExclusive : LockMode::RowShare);
      effect.reason = WorkReason::ForeignKey;
      effect.scan = holds_rows(*incoming.table) && !has_index_for(planner, *incoming.table, key.columns);
      if (action == ast::ReferentialAction::Cascade && seen.insert(incoming.table->id).second) {
        pending.push_back(incoming.table->id);
      }
    }
  }
}

}  // namespace migcheck::plan
