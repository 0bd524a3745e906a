// SPDX-License-Identifier: MIT
#pragma once

// What the bounds of a partition say of its rows, as an expression (partbounds.c: get_qual_from_partbound).

#include "plan/planner.hpp"

namespace migcheck::plan {

// The bounds of the partition and of all partitions above it; nullptr where they cannot be written down: of a
// DEFAULT partition, of remainders, below a parent that nothing shows.
const ast::Expression* partition_constraint(Planner& planner, const catalog::Table& partition);

// Some CHECKs of the partition say as much.
bool checks_imply_partition(const Planner& planner, const catalog::Table& partition,
                            const ast::Expression* constraint);

}  // namespace migcheck::plan
