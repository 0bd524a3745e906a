// SPDX-License-Identifier: MIT
#pragma once

// Conditions of Supabase's policies that ask whether somebody is logged in, and nothing of the row.

#include "policy_words.hpp"

namespace migcheck::checks::login_only {

// Supabase keeps files as rows of one table for all buckets.
inline bool is_storage(const ast::QualifiedName& table) {
  return table.schema == "storage" && table.name == "objects";
}

// Without casts, and without the sub-select that makes it one call.
inline const ast::Expression* bare(const ast::Expression* expression) {
  for (;;) {
    const auto* cast = ast::as<ast::Cast>(expression);
    const auto* sub = ast::as<ast::SubQuery>(expression);
    if (cast != nullptr) {
      expression = cast->argument;
    } else if (sub != nullptr && sub->query != nullptr && sub->query->from.empty() &&
               sub->query->where == nullptr && sub->query->items.size() == 1) {
      expression = sub->query->items.front()->value;
    } else {
      return expression;
    }
  }
}

inline bool calls(const ast::Expression* expression, std::string_view function) {
  const auto* call = ast::as<ast::FunctionCall>(bare(expression));
  return call != nullptr && call->name.schema == "auth" && call->name.name == function;
}

// auth.role() = 'authenticated', auth.uid() IS NOT NULL
inline bool asks_for_a_login(const ast::Expression* part) {
  const auto* test = ast::as<ast::NullTest>(part);
  if (test != nullptr) return test->negated && calls(test->argument, "uid");
  const auto* operation = ast::as<ast::Operation>(part);
  if (operation == nullptr || operation->op.name != "=" || !calls(operation->left, "role")) return false;
  const auto* role = ast::as<ast::Constant>(bare(operation->right));
  return role != nullptr && policy_words::is_api_role(role->text);
}

inline bool asks_for_a_login_at_all(const ast::Expression* condition) {
  const auto parts = policy_words::conjuncts_of(condition);
  return std::any_of(parts.begin(), parts.end(), asks_for_a_login);
}

// bucket_id = 'avatars'
inline bool names_a_bucket(const ast::Expression* part) {
  const auto* operation = ast::as<ast::Operation>(part);
  if (operation == nullptr || operation->op.name != "=") return false;
  const auto* column = policy_words::column_of(operation->left);
  return column != nullptr && column->column() == "bucket_id" &&
         ast::as<ast::Constant>(bare(operation->right)) != nullptr;
}

// All parts of the condition are of that kind.
inline bool is_all(const ast::Expression* condition, const ast::QualifiedName& table) {
  if (condition == nullptr || policy_words::is_true(condition)) return false;
  const auto parts = policy_words::conjuncts_of(condition);
  return std::all_of(parts.begin(), parts.end(), [&](const ast::Expression* part) {
    return policy_words::is_true(part) || asks_for_a_login(part) ||
           (is_storage(table) && names_a_bucket(part));
  });
}

}  // namespace migcheck::checks::login_only
