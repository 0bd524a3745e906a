// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace insert_without_columns_check {

bool runs_again(QueryOrigin origin) {
  return origin != QueryOrigin::Migration;
}

// Values go to columns by position: a column that is added, dropped or made in another order shifts their
// meaning.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  const auto* insert = ast::as<ast::Insert>(&query);
  if (insert == nullptr || !insert->columns.empty() || insert->source == nullptr) return;
  if (!runs_again(context.query_origin()) && context.is_new_here(insert->relation)) return;
  const catalog::Object* found = context.relation(insert->relation);
  const auto* table = found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
  // In a function: a temporary table of its own, most likely.
  if (found == nullptr && context.query_origin() == QueryOrigin::Function) return;
  // One column has one order.
  if (table != nullptr && table->columns.size() < 2) return;
  std::string columns;
  if (table != nullptr && table->columns.size() <= 12) {
    for (const catalog::Column& column : table->columns)
      columns += (columns.empty() ? "" : ", ") + sql_name(column.name);
  }
  const std::string name = sql_name(insert->relation);
  // A dump has a statement per row: the first one speaks for all into its table.
  out.gather(insert->relation.span, name, "")
      .message(
          "The values go into {} by position: where a database has its columns in another order, or one "
          "more, they land in the wrong columns, or the statement fails.",
          name)
      .advice("INSERT INTO {} ({}) …", name, columns.empty() ? "…" : columns);
}

}  // namespace insert_without_columns_check

extern constexpr Check insert_without_columns{.since = "0.1.0",
                                              .summary = "INSERT without a list of columns.",
                                              .on_query = insert_without_columns_check::run};

}  // namespace migcheck::checks
