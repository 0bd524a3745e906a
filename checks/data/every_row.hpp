// SPDX-License-Identifier: MIT
#pragma once

// Changes of rows that leave none out: the questions that UPDATE and DELETE without WHERE share.

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks::every_row {

// The condition holds for every row, or there is none.
inline bool holds_always(const ast::Expression* where) {
  if (where == nullptr) return true;
  if (const auto* constant = ast::as<ast::Constant>(where))
    return constant->type == ast::Constant::Type::Boolean && constant->integer != 0;
  if (const auto* operation = ast::as<ast::Operation>(where)) {
    const auto* left = ast::as<ast::Constant>(operation->left);
    const auto* right = ast::as<ast::Constant>(operation->right);
    if (operation->op.name != "=") return false;
    if (left != nullptr && right != nullptr) return left->type == right->type && left->text == right->text;
    const auto* column = ast::as<ast::ColumnRef>(operation->left);
    const auto* other = ast::as<ast::ColumnRef>(operation->right);
    return column != nullptr && other != nullptr && column->column() == other->column() &&
           column->table() == other->table();
  }
  const auto* both = ast::as<ast::BoolOperation>(where);
  if (both == nullptr || both->op == ast::BoolOperation::Op::Not) return false;
  const bool all = both->op == ast::BoolOperation::Op::And;
  const auto trivial = [](const ast::Expression* part) {
    const auto* constant = ast::as<ast::Constant>(part);
    return constant != nullptr && constant->type == ast::Constant::Type::Boolean && constant->integer != 0;
  };
  return all ? std::all_of(both->arguments.begin(), both->arguments.end(), trivial)
             : std::any_of(both->arguments.begin(), both->arguments.end(), trivial);
}

inline bool runs_later(const CheckContext& context) {
  return context.query_origin() == QueryOrigin::Function || context.query_origin() == QueryOrigin::QueryFile;
}

}  // namespace migcheck::checks::every_row
