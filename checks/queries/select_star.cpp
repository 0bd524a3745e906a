// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace select_star_check {

// In a file of the application: what comes back changes with the table.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  if (context.query_origin() != QueryOrigin::QueryFile) return;
  const auto* select = ast::as<ast::Select>(&query);
  if (select == nullptr) return;
  for (const ast::SelectItem* item : select->items) {
    const auto* reference = ast::as<ast::ColumnRef>(item->value);
    if (reference == nullptr || !reference->star) continue;
    out.report(item->span)
        .message(
            "SELECT * returns whatever columns the tables have: a migration that adds one changes what the "
            "application reads, and a prepared statement of it fails once with \"cached plan must not change "
            "result type\".")
        .advice("Name the columns that the application uses.");
    return;
  }
}

}  // namespace select_star_check

extern constexpr Check select_star{
    .since = "0.1.0",
    .summary = "SELECT * changes its result with every migration of the table.",
    .on_query = select_star_check::run};

}  // namespace migcheck::checks
