// SPDX-License-Identifier: MIT
#include "plan/table/inheritance.hpp"

#include <unordered_set>

namespace migcheck::plan {

std::vector<catalog::ObjectId> family(const Planner& planner, catalog::ObjectId table) {
  std::vector<catalog::ObjectId> members = {table};
  if (!planner.draft.has_children(table)) return members;  // as most tables
  std::unordered_set<catalog::ObjectId> seen = {table};
  for (std::size_t at = 0; at < members.size(); ++at) {
    for (const catalog::Table* child : planner.draft.children_of(members[at])) {
      if (seen.insert(child->id).second) members.push_back(child->id);
    }
  }
  return members;
}

std::vector<catalog::ObjectId> descendant_ids(const Planner& planner, catalog::ObjectId table) {
  std::vector<catalog::ObjectId> members = family(planner, table);
  members.erase(members.begin());
  return members;
}

bool has_unseen_partitions(const Planner& planner, const catalog::Table& table) {
  return table.kind == catalog::TableKind::Partitioned && table.uncertain &&
         !planner.draft.has_children(table.id);
}

namespace {

// Once no parent has it, a part of a child is the child's own.
template <typename Part>
void let_go(Part& part) {
  if (part.inherited == 0) return;
  part.inherited = static_cast<std::int16_t>(part.inherited - 1);
  part.local = part.local || part.inherited == 0;
}

}  // namespace

void leave_parent(Planner& planner, catalog::ObjectId child_id, const catalog::Table& parent) {
  auto& child = planner.draft.edit<catalog::Table>(child_id);
  child.partition_of = catalog::kNoObject;
  child.bound = nullptr;
  child.detach_pending = false;
  std::erase(child.inherits, parent.id);
  for (catalog::Column& column : child.columns) {
    if (parent.column(column.name) != nullptr) let_go(column);
  }
  const auto was_shared = [&](const catalog::Constraint& constraint) {
    // The copy of a key or a foreign key may have a name of its own.
    const bool named = constraint.kind != catalog::ConstraintKind::Check;
    return named || parent.constraint(constraint.name) != nullptr;
  };
  child.constraints.edit_if(was_shared, [](catalog::Constraint& constraint) { let_go(constraint); });
  std::vector<catalog::ObjectId> indexes;
  for (const catalog::Index* index : planner.draft.indexes_of(child_id)) indexes.push_back(index->id);
  for (const catalog::ObjectId index : indexes)
    planner.draft.edit<catalog::Index>(index).parent_index = catalog::kNoObject;
}

std::vector<std::string> index_names(const Planner& planner, catalog::ObjectId table) {
  std::vector<std::string> names;
  for (const catalog::Index* index : planner.draft.indexes_of(table)) names.push_back(index->name);
  return names;
}

catalog::Origin origin_at(const Planner& planner, Span clause) {
  catalog::Origin origin = planner.context.origin;
  if (clause.end > clause.begin) origin.place.span = clause;
  return origin;
}

}  // namespace migcheck::plan
