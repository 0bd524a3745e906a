// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace policy_setting_fails_open_check {

bool asks(const ast::Expression* expression) {
  return policy_words::any_below(expression, policy_words::is_identity);
}

bool is_empty_text(const ast::Expression* expression) {
  const auto* constant = ast::as<ast::Constant>(expression);
  return constant != nullptr && constant->type == ast::Constant::Type::String && constant->text.empty();
}

// The question itself is missing: current_setting(…) IS NULL, auth.uid() IS NULL, current_setting(…) = ''.
bool is_open_without(const ast::Expression* side) {
  if (const auto* test = ast::as<ast::NullTest>(side)) return !test->negated && asks(test->argument);
  const auto* operation = ast::as<ast::Operation>(side);
  if (operation == nullptr || operation->form != ast::Operation::Form::Plain || operation->op.name != "=")
    return false;
  return (is_empty_text(operation->right) && asks(operation->left)) ||
         (is_empty_text(operation->left) && asks(operation->right));
}

// What no row has: '', 0, -1, the UUID of zeros.
bool is_nobody(const ast::Constant& constant) {
  return constant.type == ast::Constant::Type::Null ||
         constant.text.find_first_not_of("0-") == std::string_view::npos || (constant.text == "-1");
}

const ast::Expression* bare(const ast::Expression* expression) {
  while (true) {
    if (const auto* cast = ast::as<ast::Cast>(expression)) {
      expression = cast->argument;
      continue;
    }
    const auto* sub = ast::as<ast::SubQuery>(expression);
    if (sub == nullptr || sub->query == nullptr || !sub->query->from.empty() || sub->query->items.size() != 1)
      return expression;
    expression = sub->query->items.front()->value;
  }
}

// coalesce(current_setting(…), another tenant): without the setting it is that tenant, or the row's own.
const ast::Expression* stand_in(const ast::Expression* expression) {
  const auto* coalesce = ast::as<ast::Coalesce>(bare(expression));
  if (coalesce == nullptr || coalesce->arguments.size() < 2 || !asks(coalesce->arguments[0])) return nullptr;
  const ast::Expression* last = bare(coalesce->arguments[coalesce->arguments.size() - 1]);
  const auto* constant = ast::as<ast::Constant>(last);
  if (constant != nullptr) return is_nobody(*constant) ? nullptr : last;
  return ast::as<ast::ColumnRef>(last) == nullptr ? nullptr : last;
}

const ast::Expression* stand_in_below(const ast::Expression* condition) {
  const ast::Expression* found = nullptr;
  ast::walk(condition, [&](const ast::Node& node) {
    const auto* operation = ast::as<ast::Operation>(&node);
    if (operation == nullptr || found != nullptr || operation->op.name != "=") return found == nullptr;
    const auto* left = policy_words::column_of(operation->left);
    const auto* right = policy_words::column_of(operation->right);
    if (left != nullptr) found = stand_in(operation->right);
    if (right != nullptr && found == nullptr) found = stand_in(operation->left);
    return found == nullptr;
  });
  return found;
}

void run(const CheckContext& context, FindingSink& out) {
  const auto policy = policy_words::policy_at_hand(context);
  if (!policy || !policy->permissive || policy_words::for_operators(context, policy->roles)) return;
  for (const ast::Expression* condition : {policy->using_expression, policy->check_expression}) {
    for (const ast::Expression* side : policy_words::sides_of(condition)) {
      const bool either = side != condition;
      const ast::Expression* open = either && is_open_without(side) ? side : stand_in_below(side);
      if (open == nullptr) continue;
      out.report(policy_words::at(open, *policy))
          .message(
              "Where nobody says who is asking, this policy lets rows of {} through all the same: a "
              "connection that forgets the setting sees them.",
              sql_name(policy->table_name))
          .advice("compare with NULLIF(current_setting(…, true), '') alone: then no row matches");
      return;
    }
  }
}

}  // namespace policy_setting_fails_open_check

extern constexpr Check policy_setting_fails_open{
    .since = "0.1.0",
    .summary = "A policy lets rows through where the setting that it asks for is missing.",
    .statements = {ast::NodeKind::CreatePolicy, ast::NodeKind::AlterPolicy},
    .on_statement = policy_setting_fails_open_check::run};

}  // namespace migcheck::checks
