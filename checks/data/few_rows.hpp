// SPDX-License-Identifier: MIT
#pragma once

// Conditions that pick a few rows of a table: what keeps a backfill, or an INSERT … SELECT, small.

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks::few_rows {

inline bool has_column(const ast::Expression* expression) {
  bool found = false;
  ast::walk(expression, [&](const ast::Node& node) {
    found = found || node.kind == ast::NodeKind::ColumnRef || node.kind == ast::NodeKind::SubQuery;
    return !found;
  });
  return found;
}

inline bool is_boolean(const ast::Expression* expression) {
  const auto* constant = ast::as<ast::Constant>(expression);
  return constant != nullptr && constant->type == ast::Constant::Type::Boolean;
}

// column = value: one value's worth of rows, mostly few.
inline bool picks_value(const ast::Expression* part) {
  if (const auto* list = ast::as<ast::InList>(part)) return !list->negated;
  if (ast::as<ast::Between>(part) != nullptr || ast::as<ast::CurrentOf>(part) != nullptr) return true;
  const auto* operation = ast::as<ast::Operation>(part);
  if (operation == nullptr || operation->op.name != "=") return false;
  if (is_boolean(operation->left) || is_boolean(operation->right)) return false;
  return has_column(operation->left) != has_column(operation->right);
}

// a = 1 OR b = 2: the rows of both.
inline bool picks_values(const ast::Expression* part) {
  const auto* any = ast::as<ast::BoolOperation>(part);
  if (any == nullptr || any->op != ast::BoolOperation::Op::Or) return picks_value(part);
  return std::all_of(any->arguments.begin(), any->arguments.end(), picks_value);
}

inline bool picks_few(const ast::Expression* where) {
  const auto* all = ast::as<ast::BoolOperation>(where);
  if (all == nullptr || all->op != ast::BoolOperation::Op::And) return picks_values(where);
  return std::any_of(all->arguments.begin(), all->arguments.end(), picks_values);
}

}  // namespace migcheck::checks::few_rows
