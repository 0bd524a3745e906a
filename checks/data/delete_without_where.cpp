// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace delete_without_where_check {

// The condition holds for every row, or there is none.
bool holds_always(const ast::Expression* where) {
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

bool runs_later(const CheckContext& context) {
  return context.query_origin() == QueryOrigin::Function || context.query_origin() == QueryOrigin::QueryFile;
}

void inspect(const CheckContext& context, const ast::Delete& statement, FindingSink& out) {
  if (!holds_always(statement.where) || !statement.using_items.empty()) return;
  if (!runs_later(context) && context.is_new_here(statement.relation)) return;
  out.report(statement.span)
      .message(
          "This DELETE removes every row of {}, and every row elsewhere that refers to one by ON DELETE "
          "CASCADE.",
          sql_name(statement.relation))
      .advice("Say which rows are meant (WHERE …), and delete many in batches by key, each committed.")
      .about(context, {.schema = std::string(statement.relation.schema),
                       .name = std::string(statement.relation.name)});
}

void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  ast::walk(&query, [&](const ast::Node& node) {
    if (const auto* statement = ast::as<ast::Delete>(&node)) inspect(context, *statement, out);
    return true;
  });
}

}  // namespace delete_without_where_check

extern constexpr Check delete_without_where{.since = "0.1.0",
                                            .summary = "DELETE without WHERE removes every row.",
                                            .on_query = delete_without_where_check::run};

}  // namespace migcheck::checks
