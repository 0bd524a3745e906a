// SPDX-License-Identifier: MIT
#pragma once

// What a valid CHECK constraint proves, so that PostgreSQL need not read the rows: that a column holds no
// nulls (SET NOT NULL), that all rows lie within a partition's bound (ATTACH PARTITION), or that none does
// (the DEFAULT partition). As narrow as PostgreSQL's own prover: what it cannot see, this cannot either.
// (predtest.c: predicate_implied_by; tablecmds.c: ConstraintImpliedByRelConstraint.)

#include <optional>
#include <string_view>

#include "plan/planner.hpp"

namespace migcheck::plan {

// `column IS NOT NULL` stands in the AND of the check.
bool implies_not_null(const ast::Expression* check, std::string_view column);

// Some valid CHECK of the table proves that the column holds no nulls.
bool check_proves_not_null(const catalog::Table& table, const catalog::Column& column);

// The table's NOT NULLs and valid CHECKs prove that all its rows fit the bound.
bool checks_imply_bound(const catalog::Table& table, const catalog::Partitioning& partitioning,
                        const catalog::Table& parent, const ast::PartitionBound& bound);

// They prove that no row of the table fits the bound.
bool checks_exclude_bound(const catalog::Table& table, const catalog::Partitioning& partitioning,
                          const catalog::Table& parent, const ast::PartitionBound& bound);

// Which of two constants comes first, where that can be told without their type's own operators: whole
// numbers, and dates and times as ISO writes them. Texts are the same or cannot be told.
std::optional<int> order_of_constants(const ast::Expression* left, const ast::Expression* right);

}  // namespace migcheck::plan
