// SPDX-License-Identifier: MIT
#pragma once

// Where a new table gets columns and more from, besides its own definition: parents, LIKE, a type, the
// partitioned table that it becomes a part of.

#include "plan/planner.hpp"

namespace migcheck::plan {

// INHERITS: the parent's columns and CHECKs, merged with what is there.
void add_parent(Planner& planner, catalog::ObjectId table, const ast::RelationName& parent);

// LIKE source INCLUDING …: the columns now; indexes and the rest that needs all columns later.
void add_like_columns(Planner& planner, catalog::ObjectId table, const ast::LikeClause& like);
void add_like_statistics(Planner& planner, catalog::ObjectId table_id, const ast::LikeClause& like);
void add_like_indexes(Planner& planner, catalog::ObjectId table, const ast::LikeClause& like);

// OF type: its attributes.
void add_type_columns(Planner& planner, catalog::ObjectId table, const ast::TypeName& type);

// PARTITION OF parent: columns and CHECKs first; the bound, indexes, foreign keys and triggers when the table
// is complete.
void add_partition_columns(Planner& planner, catalog::ObjectId table, const ast::RelationName& parent);
void become_partition(Planner& planner, catalog::ObjectId table, const ast::CreateTable& statement);

// What a partition takes from its parent, whether it is made as one or attached: indexes (those that fit are
// kept), foreign keys, triggers. `rows`: it may hold some.
void take_over_from_parent(Planner& planner, catalog::ObjectId partition, catalog::ObjectId parent,
                           bool rows);

}  // namespace migcheck::plan
