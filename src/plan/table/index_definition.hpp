// SPDX-License-Identifier: MIT
#pragma once

// Making an index, whoever asks for it: CREATE INDEX, a key, an exclusion, LIKE, a partition that takes its
// parent's. On a partitioned table the index is made on all partitions; one that is there and fits is
// attached instead. (indexcmds.c: DefineIndex.)

#include <string>
#include <vector>

#include "plan/planner.hpp"

namespace migcheck::plan {

struct IndexRequest {
  catalog::ObjectId table = catalog::kNoObject;
  std::string name;         // empty: PostgreSQL chooses
  catalog::Index index;     // method, keys, including, predicate, unique, primary, options
  bool constraint = false;  // it backs a constraint …
  catalog::ConstraintKind kind = catalog::ConstraintKind::Unique;  // … of this kind
  std::vector<std::string> operators;                              // of EXCLUDE
  bool deferrable = false;
  bool initially_deferred = false;
  bool only = false;                          // not on the partitions
  LockMode lock = LockMode::Share;            // on the table; None: it is locked already
  LockMode partition_lock = LockMode::Share;  // on each partition
  WorkReason reason = WorkReason::IndexBuild;
  Span clause;
};

// The index (of the table itself); its effects and those of the partitions are in the plan.
catalog::ObjectId define_index(Planner& planner, const IndexRequest& request);

// The keys of an index, from its definition. Columns that the table lacks are an error (42703).
std::vector<catalog::KeyElement> key_elements(Planner& planner, const catalog::Table* table,
                                              const ast::List<const ast::IndexElement*>& elements);
// The numbers of the columns, in the order written; an unknown one is an error (42703) and left out.
std::vector<catalog::ColumnNumber> column_numbers(Planner& planner, const catalog::Table& table,
                                                  const ast::List<ast::Name>& names, std::string_view what);

// Every key has a default operator class of the method, or names one (42704). What is known of btree and hash
// is enough: the other methods' classes come with extensions.
bool keys_can_be_indexed(Planner& planner, const catalog::Table& table, const catalog::Index& index);

// An index of another table over the same columns, with the columns renumbered by name.
catalog::Index mapped_index(Planner& planner, const catalog::Index& index, const catalog::Table& from,
                            const catalog::Table& to);

// An index of the partition that can be attached to this one of its parent.
const catalog::Index* matching_index(const Planner& planner, const catalog::Index& parent_index,
                                     const catalog::Table& parent, const catalog::Table& partition);

// The constraint that the index backs, for the table: PRIMARY KEY, UNIQUE, EXCLUDE.
void record_index_constraint(Planner& planner, const IndexRequest& request, catalog::ObjectId index,
                             bool inherited);

}  // namespace migcheck::plan
