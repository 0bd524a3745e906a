// SPDX-License-Identifier: MIT
#pragma once

// The names that PostgreSQL chooses where a statement gives none: t_a_b_key, t_pkey, t_a_check1, t_id_seq.
// (indexcmds.c: ChooseIndexName, ChooseRelationName; pg_constraint.c: ChooseConstraintName.)

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/planner.hpp"

namespace migcheck::plan {

inline constexpr std::size_t kLongestName = 63;  // bytes

// first_second_label, with the longer of the first two cut until it all fits into 63 bytes; characters stay
// whole. An empty `second` or `label` is left out with its underscore.
std::string make_object_name(std::string_view first, std::string_view second, std::string_view label);

// A relation's name (table_columns_idx) that nobody in the schema has yet; with `constraint`, no constraint
// either.
std::string choose_relation_name(const Planner& planner, std::string_view first, std::string_view second,
                                 std::string_view label, std::string_view schema, bool constraint = false);

// A constraint's name that no constraint of the schema and none of `taken` has yet.
std::string choose_constraint_name(const Planner& planner, const catalog::Table& table,
                                   std::string_view second, std::string_view label,
                                   const std::vector<std::string>& taken = {});

// A statistics object's name (table_columns_stat) that nobody in the schema has yet.
std::string choose_statistics_name(const Planner& planner, std::string_view schema, std::string_view table,
                                   std::string_view columns);

// The name that PostgreSQL gives to a result column or an index column without one (FigureColname): that of
// the innermost thing with a name; a cast and a CASE lend theirs only where nothing inside has one. Empty:
// none.
std::string figure_name(const ast::Expression* value);

// "a_b_c" as index and constraint names have it.
std::string join_columns(const std::vector<std::string>& columns);

// The names that PostgreSQL gives the columns of an index: "a", "lower", "expr", "expr1".
std::vector<std::string> index_column_names(const catalog::Table* table,
                                            const std::vector<catalog::KeyElement>& keys,
                                            const std::vector<catalog::ColumnNumber>& including);

}  // namespace migcheck::plan
