// SPDX-License-Identifier: MIT
#pragma once

// Dropping, as PostgreSQL does it: from the things named to everything that cannot be without them. An
// automatic dependent (an index, a partition, a serial's sequence) goes silently; any other one refuses the
// drop, unless CASCADE takes it along. (dependency.c: performMultipleDeletions.)

#include <string>
#include <vector>

#include "plan/drop/dependencies.hpp"

namespace migcheck::plan {

// An object, or a part of one: a column, a default (of the column `name`), a constraint, trigger, rule,
// policy.
struct DropTarget {
  catalog::ObjectId object = catalog::kNoObject;
  Part part = Part::Whole;
  std::string name;  // of the part
  // NOLINTNEXTLINE(modernize-use-nullptr): Clang 14 takes the generated comparison with 0 for a pointer
  friend auto operator<=>(const DropTarget&, const DropTarget&) = default;
};

// Drops the targets and what depends on them: the locks, Plan::also_dropped and the draft. False: refused
// with 2BP01, which the plan then says; nothing was dropped.
bool drop_all(Planner& planner, const std::vector<DropTarget>& targets, bool cascade);

// The column and the columns of child tables that they have from it alone, as ALTER TABLE drops them
// together. A child that has the column from elsewhere too, or with `only` at all, keeps it as less
// inherited.
std::vector<DropTarget> column_with_heirs(Planner& planner, catalog::ObjectId table,
                                          const std::string& column, bool only);

// "table t", "column c of table s.t": as PostgreSQL words it, with the schema where the search path does not
// find the name.
std::string describe(const Planner& planner, const DropTarget& target);

}  // namespace migcheck::plan
