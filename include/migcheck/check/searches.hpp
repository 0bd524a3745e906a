// SPDX-License-Identifier: MIT
#pragma once

// By what a query looks for its rows: which columns an expression mentions, and whether an index serves.

#include <initializer_list>
#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/catalog.hpp"
#include "migcheck/reads.hpp"

namespace migcheck {

class CheckContext;

namespace searches {

struct Searched {
  const catalog::Table* table = nullptr;
  const catalog::Column* column = nullptr;
  Span span;
};

// The columns of tables that an expression mentions; `reads` are those of its query.
[[nodiscard]] std::vector<Searched> columns_in(const CheckContext& context, const ast::Expression* expression,
                                               const std::vector<ColumnRead>& reads);

// An index of one of these methods holds the column, or an expression over it.
[[nodiscard]] bool has_index(const CheckContext& context, const Searched& searched,
                             std::initializer_list<std::string_view> methods);

// The query finds its rows by another index first: column = value on the first column of one.
[[nodiscard]] bool is_narrowed(const CheckContext& context, const ast::Statement& query,
                               const Searched& searched, const std::vector<ColumnRead>& reads);

}  // namespace searches
}  // namespace migcheck
