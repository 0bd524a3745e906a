// SPDX-License-Identifier: MIT
#pragma once

// Which tables and columns a query or an expression reads, by name resolution against the catalog: what a
// view depends on, what a query file still uses, what a CHECK constraint mentions.
//
// Names are resolved as PostgreSQL does: common table expressions before relations, inner scopes before
// outer ones, merged columns of USING and NATURAL once, aliases instead of names. Where a FROM clause holds
// something that the catalog does not know, unqualified names that could belong to it resolve to nothing.

#include <functional>
#include <span>
#include <string>
#include <string_view>
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

// Everything that the statement reads, sub-queries included, in source order; the target of an INSERT,
// UPDATE, DELETE or MERGE and the columns that it names count as read. Names that resolve to nothing that the
// catalog knows (a CTE, a function's alias, an unknown table) give nothing.
std::vector<ColumnRead> reads_of(const ast::Statement& statement, const catalog::Catalog& catalog,
                                 std::span<const std::string> search_path);

// What a name means instead of what the catalog says: `found` is the catalog's own, or null.
using OtherRelation = std::function<const catalog::Object*(std::string_view schema, std::string_view name,
                                                           const catalog::Object* found)>;
// Likewise in a world that differs from the catalog's.
std::vector<ColumnRead> reads_of(const ast::Statement& statement, const catalog::Catalog& catalog,
                                 std::span<const std::string> search_path, const OtherRelation& instead);

// Likewise for an expression over the columns of `table` (a policy, a CHECK), sub-queries included.
std::vector<ColumnRead> reads_of(const ast::Expression* expression, const catalog::Table& table,
                                 const catalog::Catalog& catalog, std::span<const std::string> search_path);

// The columns of `table` that an expression over it (a default, a CHECK, an index expression, a policy)
// mentions, each once, in order of their numbers. In a sub-query only names qualified by the table count.
std::vector<catalog::ColumnNumber> columns_of(const ast::Expression* expression, const catalog::Table& table);

// A column of a query's result.
struct OutputColumn {
  std::string name;
  catalog::TypeRef type;                            // an empty name: it cannot be told
  catalog::ObjectId relation = catalog::kNoObject;  // where the value is a plain column of a relation
  catalog::ColumnNumber column = 0;
};

struct QueryOutput {
  std::vector<OutputColumn> columns;
  bool known = true;  // false: a star over something that the catalog does not know, so columns are missing
};

// The columns that a query returns (of INSERT, UPDATE, DELETE, MERGE: RETURNING).
QueryOutput output_of(const ast::Statement& query, const catalog::Catalog& catalog,
                      std::span<const std::string> search_path);

}  // namespace migcheck
