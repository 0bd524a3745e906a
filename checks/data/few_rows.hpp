// SPDX-License-Identifier: MIT
#pragma once

// Conditions that pick a few rows of a table: what keeps a backfill, or an INSERT … SELECT, small.

#include <algorithm>
#include <functional>

#include "migcheck/check.hpp"

namespace migcheck::checks::few_rows {

// A name that is no column where it stands: a variable of PL/pgSQL, a field of a record.
using IsVariable = std::function<bool(const ast::ColumnRef&)>;

inline bool has_column(const ast::Expression* expression, const IsVariable& is_variable) {
  bool found = false;
  ast::walk(expression, [&](const ast::Node& node) {
    const auto* reference = ast::as<ast::ColumnRef>(&node);
    found = found || node.kind == ast::NodeKind::SubQuery ||
            (reference != nullptr && !(is_variable && is_variable(*reference)));
    return !found;
  });
  return found;
}

inline bool is_boolean(const ast::Expression* expression) {
  const auto* constant = ast::as<ast::Constant>(expression);
  return constant != nullptr && constant->type == ast::Constant::Type::Boolean;
}

// column = value: one value's worth of rows, mostly few.
inline bool picks_value(const ast::Expression* part, const IsVariable& is_variable) {
  if (const auto* list = ast::as<ast::InList>(part)) return !list->negated;
  if (ast::as<ast::Between>(part) != nullptr || ast::as<ast::CurrentOf>(part) != nullptr) return true;
  const auto* operation = ast::as<ast::Operation>(part);
  if (operation == nullptr || operation->op.name != "=") return false;
  if (is_boolean(operation->left) || is_boolean(operation->right)) return false;
  return has_column(operation->left, is_variable) != has_column(operation->right, is_variable);
}

// a = 1 OR b = 2: the rows of both.
inline bool picks_values(const ast::Expression* part, const IsVariable& is_variable) {
  const auto* any = ast::as<ast::BoolOperation>(part);
  if (any == nullptr || any->op != ast::BoolOperation::Op::Or) return picks_value(part, is_variable);
  return std::all_of(any->arguments.begin(), any->arguments.end(),
                     [&](const ast::Expression* each) { return picks_value(each, is_variable); });
}

inline bool picks_few(const ast::Expression* where, const IsVariable& is_variable = {}) {
  const auto* all = ast::as<ast::BoolOperation>(where);
  if (all == nullptr || all->op != ast::BoolOperation::Op::And) return picks_values(where, is_variable);
  return std::any_of(all->arguments.begin(), all->arguments.end(),
                     [&](const ast::Expression* each) { return picks_values(each, is_variable); });
}

}  // namespace migcheck::checks::few_rows
