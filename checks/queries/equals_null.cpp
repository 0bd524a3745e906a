// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace equals_null_check {

bool is_null(const ast::Expression* expression) {
  const auto* cast = ast::as<ast::Cast>(expression);
  const auto* constant = ast::as<ast::Constant>(cast == nullptr ? expression : cast->argument);
  return constant != nullptr && constant->type == ast::Constant::Type::Null;
}

bool is_comparison(std::string_view op) {
  constexpr std::string_view kOperators[] = {"=", "<>", "!=", "<", ">", "<=", ">="};
  return std::find(std::begin(kOperators), std::end(kOperators), op) != std::end(kOperators);
}

void report(Span span, std::string_view what, std::string_view advice, FindingSink& out) {
  out.report(span)
      .message("{} is never true: NULL is equal to nothing, not even to NULL.", what)
      .advice("{}", advice);
}

void look(const ast::Node& root, FindingSink& out) {
  ast::walk(&root, [&](const ast::Node& node) {
    if (const auto* operation = ast::as<ast::Operation>(&node)) {
      const bool null = is_null(operation->right) || (operation->left != nullptr && is_null(operation->left));
      if (null && operation->form == ast::Operation::Form::Plain && is_comparison(operation->op.name)) {
        const bool equal = operation->op.name == "=";
        report(node.span.empty() ? root.span : node.span,
               fmt::format("A comparison ({}) with NULL", operation->op.name),
               equal ? "IS NULL, or IS NOT DISTINCT FROM for two values"
                     : "IS NOT NULL, or IS DISTINCT FROM for two values",
               out);
      }
    } else if (const auto* list = ast::as<ast::InList>(&node)) {
      if (!list->negated && std::any_of(list->items.begin(), list->items.end(), is_null))
        report(node.span.empty() ? root.span : node.span, "The NULL in this list", "… IN (…) OR … IS NULL",
               out);
    }
    return true;
  });
}

void on_query(const CheckContext&, const ast::Statement& query, FindingSink& out) {
  look(query, out);
}

// A CHECK that is null passes, a policy that is null hides, an index whose condition is null is empty.
void on_statement(const CheckContext& context, FindingSink& out) {
  switch (context.statement().kind) {
    case ast::NodeKind::CreateTable:
    case ast::NodeKind::AlterTable:
    case ast::NodeKind::CreateIndex:
    case ast::NodeKind::CreateDomain:
    case ast::NodeKind::CreatePolicy:
    case ast::NodeKind::AlterPolicy:
      return look(context.statement(), out);
    default:
      return;
  }
}

}  // namespace equals_null_check

extern constexpr Check equals_null{.since = "0.1.0",
                                   .summary = "A comparison with NULL is never true.",
                                   .on_statement = equals_null_check::on_statement,
                                   .on_query = equals_null_check::on_query};

}  // namespace migcheck::checks
