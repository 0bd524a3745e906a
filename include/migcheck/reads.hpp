// SPDX-License-Identifier: MIT
#pragma once

// Which tables and columns a query or an expression reads, by name resolution against the catalog: what a
// view depends on, what a query file still uses, what a CHECK constraint mentions.

#include <span>
#include <string>
#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/catalog.hpp"

namespace migcheck {

// A column of a relation, where it is read. Column 0: the relation itself (it stands in FROM).
struct ColumnRead {
  catalog::ObjectId relation = catalog::kNoObject;
  catalog::ColumnNumber column = 0;
  Span span;  // where the query says so
  bool by_star = false;
};

// Everything that the statement reads, sub-queries included, in source order. Names that resolve to nothing
// that the catalog knows (a CTE, a function's alias, an unknown table) give nothing.
std::vector<ColumnRead> reads_of(const ast::Statement& statement, const catalog::Catalog& catalog,
                                 std::span<const std::string> search_path);

// The columns of `table` that an expression over it (a default, a CHECK, an index expression, a policy)
// mentions.
std::vector<catalog::ColumnNumber> columns_of(const ast::Expression* expression, const catalog::Table& table);

}  // namespace migcheck
