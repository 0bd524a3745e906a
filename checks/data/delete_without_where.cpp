// SPDX-License-Identifier: MIT

#include "every_row.hpp"

namespace migcheck::checks {
namespace delete_without_where_check {

using every_row::holds_always;
using every_row::runs_later;

void inspect(const CheckContext& context, const ast::Delete& statement, FindingSink& out) {
  if (!holds_always(statement.where) || !statement.using_items.empty()) return;
  if (!runs_later(context) && context.is_new_here(statement.relation)) return;
  out.report_unless_dropped(statement.span, statement.relation.name)  // the drop says it
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
