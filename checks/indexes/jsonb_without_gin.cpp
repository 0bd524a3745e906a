// SPDX-License-Identifier: MIT

#include <array>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace jsonb_without_gin_check {

// The operators that a GIN index over jsonb serves.
bool searches_inside(std::string_view op) {
  constexpr std::array<std::string_view, 6> kOperators = {"@>", "?", "?|", "?&", "@?", "@@"};
  return std::find(kOperators.begin(), kOperators.end(), op) != kOperators.end();
}

// Asked of the application's own queries: they run again and again, and all migrations are done.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  if (context.query_origin() != QueryOrigin::QueryFile) return;
  std::vector<ColumnRead> reads;
  ast::walk(&query, [&](const ast::Node& node) {
    const auto* operation = ast::as<ast::Operation>(&node);
    if (operation == nullptr || operation->form != ast::Operation::Form::Plain) return true;
    if (operation->left == nullptr || !searches_inside(operation->op.name)) return true;
    if (reads.empty()) reads = reads_of(query, context.catalog(), context.session().search_path);
    for (const searches::Searched& searched : searches::columns_in(context, operation->left, reads)) {
      if (searched.column->type.name != "jsonb" || searches::has_index(context, searched, {"gin"})) continue;
      if (searches::is_narrowed(context, query, searched, reads)) continue;
      const std::string table = sql_name(*searched.table);
      const std::string column = sql_name(searched.column->name);
      out.report(searched.span)
          .message(
              "{0} looks inside {1}.{2}, and no GIN index holds it: each run of this query reads all of {1}, "
              "and unpacks every {2}.",
              operation->op.name, table, column)
          .advice("CREATE INDEX CONCURRENTLY ON {} USING gin ({}{});", table, column,
                  operation->op.name == "@>" ? " jsonb_path_ops" : "");
    }
    return true;
  });
}

}  // namespace jsonb_without_gin_check

extern constexpr Check jsonb_without_gin{
    .since = "0.1.0",
    .summary = "A query that searches inside of jsonb without a GIN index.",
    .severity = Severity::Info,
    .on_query = jsonb_without_gin_check::run};

}  // namespace migcheck::checks
