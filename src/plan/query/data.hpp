// SPDX-License-Identifier: MIT
#pragma once

// What a query locks and reads, wherever it stands.

#include <vector>

#include "plan/planner.hpp"

namespace migcheck::plan {

enum class QueryWork : std::uint8_t {
  Analyze,  // only looked at: a view's definition, EXPLAIN, WITH NO DATA
  Run,
};

// Shows each table that stands in FROM, be it within joins.
template <typename Visit>
void visit_tables(const ast::List<const ast::FromItem*>& from, Visit visit) {
  std::vector<const ast::Node*> pending(from.begin(), from.end());
  while (!pending.empty()) {
    const ast::Node* item = pending.back();
    pending.pop_back();
    if (const auto* join = ast::as<ast::Join>(item)) {
      pending.push_back(join->left);
      pending.push_back(join->right);
    } else if (const auto* table = ast::as<ast::TableRef>(item)) {
      visit(*table);
    }
  }
}

// Locks every relation that the query names, the views' own relations and all partitions; what it reads in
// full is a scan.
void lock_query(Planner& planner, const ast::Statement& query, QueryWork work);

// The relation with all that a query over it locks too: partitions and children (unless `only`), and what a
// view reads, as deep as views go over views. Each once.
std::vector<catalog::ObjectId> locked_with(const Planner& planner, catalog::ObjectId relation, bool only);

// scans.cpp: the relations of which the statement reads every row, because no index helps with its
// conditions.
std::vector<catalog::ObjectId> scanned_relations(const Planner& planner, const ast::Statement& query);
// An index that finds rows by these columns.
bool has_index_for(const Planner& planner, const catalog::Table& table,
                   const std::vector<catalog::ColumnNumber>& columns);

// key_checks.cpp: the tables on the other side of foreign keys, which a change of rows looks into.
// `written`: the columns that are given values.
void lock_for_new_keys(Planner& planner, const catalog::Table& table,
                       const std::vector<catalog::ColumnNumber>& written);
// `columns`: those that are changed; empty for a DELETE.
void lock_for_gone_keys(Planner& planner, const catalog::Table& table,
                        const std::vector<catalog::ColumnNumber>& columns);

}  // namespace migcheck::plan
