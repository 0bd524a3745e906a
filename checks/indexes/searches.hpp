// SPDX-License-Identifier: MIT
#pragma once

// Searches inside of values (jsonb, tsvector) that no btree serves: which column a query searches, and
// whether an index is there for it.

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <vector>

#include "migcheck/check.hpp"

namespace migcheck::checks::searches {

struct Searched {
  const catalog::Table* table = nullptr;
  const catalog::Column* column = nullptr;
  Span span;
};

// The columns of tables that an expression mentions.
inline std::vector<Searched> columns_in(const CheckContext& context, const ast::Expression* expression,
                                        const std::vector<ColumnRead>& reads) {
  std::vector<Searched> found;
  ast::walk(expression, [&](const ast::Node& node) {
    if (node.kind != ast::NodeKind::ColumnRef) return true;
    for (const ColumnRead& read : reads) {
      if (read.span != node.span || read.column == 0) continue;
      const auto* table = context.catalog().get<catalog::Table>(read.relation);
      const catalog::Column* column = table == nullptr ? nullptr : table->column(read.column);
      if (column != nullptr) found.push_back({table, column, node.span});
    }
    return true;
  });
  return found;
}

// An index of one of these methods holds the column, or an expression over it.
inline bool has_index(const CheckContext& context, const Searched& searched,
                      std::initializer_list<std::string_view> methods) {
  const auto indexes = context.catalog().indexes_of(searched.table->id);
  return std::any_of(indexes.begin(), indexes.end(), [&](const catalog::Index* index) {
    if (std::find(methods.begin(), methods.end(), index->method) == methods.end()) return false;
    return std::any_of(index->keys.begin(), index->keys.end(), [&](const catalog::KeyElement& key) {
      return key.column == searched.column->number ||
             std::find(key.reads.begin(), key.reads.end(), searched.column->number) != key.reads.end();
    });
  });
}

// The query finds its rows by another index first: column = value on the first column of one.
inline bool is_narrowed(const CheckContext& context, const ast::Statement& query, const Searched& searched,
                        const std::vector<ColumnRead>& reads) {
  const auto indexes = context.catalog().indexes_of(searched.table->id);
  bool narrowed = false;
  ast::walk(&query, [&](const ast::Node& node) {
    const auto* operation = ast::as<ast::Operation>(&node);
    if (operation == nullptr || operation->op.name != "=") return !narrowed;
    for (const Searched& compared : columns_in(context, operation->left, reads)) {
      narrowed = narrowed || std::any_of(indexes.begin(), indexes.end(), [&](const catalog::Index* index) {
                   return compared.table == searched.table && !index->keys.empty() &&
                          index->keys.front().column == compared.column->number;
                 });
    }
    return !narrowed;
  });
  return narrowed;
}

}  // namespace migcheck::checks::searches
