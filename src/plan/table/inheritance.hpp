// SPDX-License-Identifier: MIT
#pragma once

// Tables and their children: partitions and inheritors.

#include <vector>

#include "plan/planner.hpp"

namespace migcheck::plan {

// The table's children, their children and so on, without the table itself; parents before children, each
// once.
std::vector<catalog::ObjectId> descendant_ids(const Planner& planner, catalog::ObjectId table);

// The table first, then its descendants.
std::vector<catalog::ObjectId> family(const Planner& planner, catalog::ObjectId table);

// A plain table holds rows; a partitioned one has them in its partitions only.
[[nodiscard]] inline bool holds_rows(const catalog::Table& table) {
  return table.kind == catalog::TableKind::Plain;
}

// A partitioned table of which the history shows no partition, and which SQL that is not known before it runs
// has named: that made them.
bool has_unseen_partitions(const Planner& planner, const catalog::Table& table);

// The table is no child of that parent any more, and no partition: what it had from there is its own.
void leave_parent(Planner& planner, catalog::ObjectId child, const catalog::Table& parent);

// The names of all indexes of the table.
std::vector<std::string> index_names(const Planner& planner, catalog::ObjectId table);

// What a new object says of where it comes from: this clause of the statement at hand.
catalog::Origin origin_at(const Planner& planner, Span clause);

}  // namespace migcheck::plan
