// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace not_in_nullable_check {

bool is_null(const ast::Expression* expression) {
  const auto* cast = ast::as<ast::Cast>(expression);
  const auto* constant = ast::as<ast::Constant>(cast == nullptr ? expression : cast->argument);
  return constant != nullptr && constant->type == ast::Constant::Type::Null;
}

// A condition on the column (IS NOT NULL, a join, a comparison) leaves its nulls out.
bool is_asked(const ast::Select& query, std::string_view column) {
  return ast::mentions_column(query.where, column) || ast::mentions_column(query.having, column) ||
         std::any_of(query.from.begin(), query.from.end(),
                     [&](const ast::FromItem* item) { return ast::mentions_column(item, column); });
}

// NOT (x IN (SELECT …)), x <> ALL (SELECT …)
const ast::SubQuery* negated_list(const ast::Node& node) {
  const auto* negation = ast::as<ast::BoolOperation>(&node);
  if (negation != nullptr && negation->op == ast::BoolOperation::Op::Not && negation->arguments.size() == 1) {
    const auto* sub = ast::as<ast::SubQuery>(negation->arguments[0]);
    return sub != nullptr && sub->form == ast::SubQuery::Form::In ? sub : nullptr;
  }
  const auto* sub = ast::as<ast::SubQuery>(&node);
  const bool all = sub != nullptr && sub->form == ast::SubQuery::Form::All && sub->op.name == "<>";
  return all ? sub : nullptr;
}

void look(const CheckContext& context, const ast::SubQuery& sub, FindingSink& out) {
  if (sub.query == nullptr || sub.query->set_operation != ast::Select::SetOperation::None) return;
  const QueryOutput output = output_of(*sub.query, context.catalog(), context.session().search_path);
  if (output.columns.size() != 1 || output.columns[0].column == 0) return;
  const auto* table = context.catalog().get<catalog::Table>(output.columns[0].relation);
  const catalog::Column* column = table == nullptr ? nullptr : table->column(output.columns[0].column);
  if (column == nullptr || column->not_null || table->uncertain || is_asked(*sub.query, column->name)) return;
  const std::string name = sql_name(*table) + "." + sql_name(column->name);
  out.report(sub.span.empty() ? sub.query->span : sub.span)
      .message(
          "{} may be null, and as soon as one is, NOT IN is null for every row: the query finds nothing, "
          "without "
          "an error.",
          name)
      .advice("NOT EXISTS (SELECT 1 FROM {} WHERE {} = …), or AND {} IS NOT NULL in the sub-select",
              sql_name(*table), name, name);
}

void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  ast::walk(&query, [&](const ast::Node& node) {
    if (const ast::SubQuery* sub = negated_list(node)) look(context, *sub, out);
    const auto* list = ast::as<ast::InList>(&node);
    if (list == nullptr || !list->negated || std::none_of(list->items.begin(), list->items.end(), is_null))
      return true;
    out.report(list->span.empty() ? query.span : list->span)
        .message(
            "A list with NULL in it makes NOT IN null for every row: the query finds nothing, without an "
            "error.")
        .advice("Leave NULL out of the list, and ask for it with AND … IS NOT NULL.");
    return true;
  });
}

}  // namespace not_in_nullable_check

extern constexpr Check not_in_nullable{.since = "0.1.0",
                                       .summary = "NOT IN finds nothing as soon as the list holds a null.",
                                       .on_query = not_in_nullable_check::run};

}  // namespace migcheck::checks
