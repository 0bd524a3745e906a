// SPDX-License-Identifier: MIT

// What a query searches by: see check/searches.hpp.

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::searches {

std::vector<Searched> columns_in(const CheckContext& context, const ast::Expression* expression,
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

bool has_index(const CheckContext& context, const Searched& searched,
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

bool is_narrowed(const CheckContext& context, const ast::Statement& query, const Searched& searched,
                 const std::vector<ColumnRead>& reads) {
  const auto indexes = context.catalog().indexes_of(searched.table->id);
  bool narrowed = false;
  const auto look = [&](const ast::Expression* side) {
    // lower(email) = $1 is served by no index of the column itself.
    if (side == nullptr || side->kind != ast::NodeKind::ColumnRef) return;
    for (const Searched& compared : columns_in(context, side, reads)) {
      narrowed = narrowed || std::any_of(indexes.begin(), indexes.end(), [&](const catalog::Index* index) {
                   return compared.table == searched.table && !index->keys.empty() &&
                          index->keys.front().column == compared.column->number;
                 });
    }
  };
  ast::walk(&query, [&](const ast::Node& node) {
    const auto* operation = ast::as<ast::Operation>(&node);
    if (operation == nullptr || operation->op.name != "=") return !narrowed;
    look(operation->left);
    look(operation->right);
    return !narrowed;
  });
  return narrowed;
}

}  // namespace migcheck::searches
