// SPDX-License-Identifier: MIT
#include "plan/inheritance.hpp"

#include <unordered_set>

namespace migcheck::plan {

std::vector<catalog::ObjectId> family(const Planner& planner, catalog::ObjectId table) {
  std::vector<catalog::ObjectId> members = {table};
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
         planner.draft.children_of(table.id).empty();
}

const catalog::Table* default_partition(const Planner& planner, catalog::ObjectId parent) {
  for (const catalog::Table* child : planner.draft.children_of(parent)) {
    if (child->bound != nullptr && child->bound->is_default) return child;
  }
  return nullptr;
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
