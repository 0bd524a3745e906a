// SPDX-License-Identifier: MIT
#pragma once

// Where queries stand: each statement's outermost queries, for the checks that read queries.

#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/check.hpp"

namespace migcheck {

struct FoundQuery {
  const ast::Statement* query = nullptr;  // Select, Insert, Update, Delete or Merge
  QueryOrigin origin = QueryOrigin::Migration;
};

// The queries in a statement, in source order. Sub-queries belong to the query that holds them. A DO block
// has none here: its statements run one by one and come by themselves.
std::vector<FoundQuery> queries_of(const ast::Statement& statement, QueryOrigin home);

}  // namespace migcheck
