// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace text_search_without_gin_check {

bool is_document(const ast::Expression* side) {
  bool found = false;
  ast::walk(side, [&](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    found = found || (call != nullptr && call->name.name == "to_tsvector");
    return !found;
  });
  return found;
}

// One finding for a document that is put together from several columns.
void look(const CheckContext& context, const ast::Statement& query, const ast::Expression* side,
          const std::vector<ColumnRead>& reads, FindingSink& out) {
  const bool document = is_document(side);
  for (const searches::Searched& searched : searches::columns_in(context, side, reads)) {
    if (!document && searched.column->type.name != "tsvector") continue;
    if (searches::has_index(context, searched, {"gin", "gist", "rum"})) return;
    if (searches::is_narrowed(context, query, searched, reads)) return;
    const std::string table = sql_name(*searched.table);
    const std::string column = sql_name(searched.column->name);
    FindingBuilder finding = out.report(searched.span);
    finding.message("This text search reads all of {0} each time it runs: no GIN index holds {1}{2}.", table,
                    document ? "the to_tsvector over " : "", column);
    if (document) {
      finding.advice(
          "CREATE INDEX CONCURRENTLY ON {0} USING gin (to_tsvector('english', {1})); and write the same "
          "expression, configuration included, in the query.",
          table, column);
    } else {
      finding.advice("CREATE INDEX CONCURRENTLY ON {} USING gin ({});", table, column);
    }
    return;
  }
}

// Asked of the application's own queries: they run again and again, and all migrations are done.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  if (context.query_origin() != QueryOrigin::QueryFile) return;
  std::vector<ColumnRead> reads;
  ast::walk(&query, [&](const ast::Node& node) {
    const auto* operation = ast::as<ast::Operation>(&node);
    if (operation == nullptr || operation->op.name != "@@") return true;
    if (reads.empty()) reads = reads_of(query, context.catalog(), context.session().search_path);
    look(context, query, operation->left, reads, out);
    look(context, query, operation->right, reads, out);
    return true;
  });
}

}  // namespace text_search_without_gin_check

extern constexpr Check text_search_without_gin{.since = "0.1.0",
                                               .summary = "A full text search without a GIN index.",
                                               .severity = Severity::Info,
                                               .on_query = text_search_without_gin_check::run};

}  // namespace migcheck::checks
