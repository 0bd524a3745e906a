// SPDX-License-Identifier: MIT
#pragma once

// Whether a partition's bounds can stand beside those of its parent's other partitions.

#include "plan/planner.hpp"

namespace migcheck::plan {

// False, with the error said, where PostgreSQL surely refuses the bound: it is of another kind than the
// parent's, it is empty, or another partition has some of it. Values that cannot be compared are taken to
// fit.
bool bound_fits(Planner& planner, const catalog::Table& parent, const ast::PartitionBound* bound,
                const catalog::Table& newcomer);

}  // namespace migcheck::plan
