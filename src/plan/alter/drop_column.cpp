// SPDX-License-Identifier: MIT
// A column dropped from a table is dropped from those that inherit it.
#include "plan/drop/cascade.hpp"

namespace migcheck::plan {

std::vector<DropTarget> column_with_heirs(Planner& planner, catalog::ObjectId table,
                                          const std::string& column, bool only) {
  std::vector<DropTarget> targets = {{table, Part::Column, column}};
  // The list grows while it is walked: the heirs of heirs.
  for (std::size_t at = 0; at < targets.size(); ++at) {
    std::vector<catalog::ObjectId> heirs;
    for (const catalog::Table* child : planner.draft.children_of(targets[at].object)) {
      const catalog::Column* inherited = child->column(column);
      if (inherited == nullptr || inherited->inherited == 0) continue;
      if (!only && inherited->inherited == 1 && !inherited->local) {
        targets.push_back({child->id, Part::Column, column});
      } else {
        heirs.push_back(child->id);
      }
    }
    for (const catalog::ObjectId id : heirs) {
      for (catalog::Column& kept : planner.draft.edit<catalog::Table>(id).columns) {
        if (kept.name != column) continue;
        kept.inherited = static_cast<std::int16_t>(kept.inherited - 1);
        // Cut off on purpose, the column is the child's own.
        if (only) kept.local = true;
      }
    }
  }
  return targets;
}

}  // namespace migcheck::plan
