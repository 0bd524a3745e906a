// SPDX-License-Identifier: MIT

// Queries that give no row, whatever the tables hold.

#include <algorithm>

#include "tenancy/seen_rows.hpp"

namespace migcheck::tenancy {

namespace {

constexpr int kDeepest = 100;

bool is_empty(const ast::Select& query, int depth);
bool is_never_true(const ast::Expression* condition, int depth);

bool gives_nothing(const ast::FromItem* item, int depth) {
  if (item == nullptr || depth > kDeepest) return false;
  if (const auto* sub = ast::as<ast::DerivedTable>(item))
    return sub->query != nullptr && is_empty(*sub->query, depth + 1);
  const auto* join = ast::as<ast::Join>(item);
  if (join == nullptr) return false;
  const bool left = gives_nothing(join->left, depth + 1);
  const bool right = gives_nothing(join->right, depth + 1);
  switch (join->type) {
    case ast::Join::Type::Inner:
      return left || right || is_never_true(join->on, depth + 1);
    case ast::Join::Type::Left:
      return left;
    case ast::Join::Type::Right:
      return right;
    case ast::Join::Type::Full:
      break;
  }
  return left && right;
}

bool is_empty(const ast::Select& query, int depth) {
  if (depth > kDeepest) return false;
  const auto side = [&](const ast::Select* part) { return part != nullptr && is_empty(*part, depth + 1); };
  switch (query.set_operation) {
    case ast::Select::SetOperation::Union:
      return side(query.left) && side(query.right);
    case ast::Select::SetOperation::Intersect:
      return side(query.left) || side(query.right);
    case ast::Select::SetOperation::Except:
      return side(query.left);
    case ast::Select::SetOperation::None:
      break;
  }
  if (is_never_true(query.where, depth + 1)) return true;
  return std::any_of(query.from.begin(), query.from.end(),
                     [&](const ast::FromItem* item) { return gives_nothing(item, depth + 1); });
}

bool is_never_true(const ast::Expression* condition, int depth) {
  if (condition == nullptr || depth > kDeepest) return false;
  if (const auto* constant = ast::as<ast::Constant>(condition)) {
    using Type = ast::Constant::Type;
    return constant->type == Type::Null || (constant->type == Type::Boolean && constant->integer == 0);
  }
  const auto never = [&](const ast::Expression* part) { return is_never_true(part, depth + 1); };
  if (const auto* both = ast::as<ast::BoolOperation>(condition)) {
    const auto& parts = both->arguments;
    if (both->op == ast::BoolOperation::Op::And) return std::any_of(parts.begin(), parts.end(), never);
    return both->op == ast::BoolOperation::Op::Or && std::all_of(parts.begin(), parts.end(), never);
  }
  const auto* sub = ast::as<ast::SubQuery>(condition);
  if (sub == nullptr || sub->query == nullptr) return false;
  const bool asks_for_a_row = sub->form == ast::SubQuery::Form::Exists ||
                              sub->form == ast::SubQuery::Form::In || sub->form == ast::SubQuery::Form::Any;
  return asks_for_a_row && is_empty(*sub->query, depth + 1);
}

}  // namespace

bool is_empty(const ast::Select& query) {
  return is_empty(query, 0);
}

bool is_never_true(const ast::Expression* condition) {
  return is_never_true(condition, 0);
}

}  // namespace migcheck::tenancy
