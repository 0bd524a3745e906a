// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace leading_wildcard_like_check {

// '%x', '%' || $1
bool begins_with_wildcard(const ast::Expression* pattern) {
  while (pattern != nullptr) {
    if (const auto* cast = ast::as<ast::Cast>(pattern)) {
      pattern = cast->argument;
    } else if (const auto* joined = ast::as<ast::Operation>(pattern)) {
      if (joined->op.name != "||") return false;
      pattern = joined->left;
    } else if (const auto* call = ast::as<ast::FunctionCall>(pattern)) {
      if (call->name.name != "concat" || call->arguments.empty()) return false;
      pattern = call->arguments[0];
    } else {
      break;
    }
  }
  const auto* constant = ast::as<ast::Constant>(pattern);
  return constant != nullptr && constant->type == ast::Constant::Type::String &&
         constant->text.starts_with("%");
}

// Asked of queries that run again and again.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  const QueryOrigin origin = context.query_origin();
  if (origin != QueryOrigin::QueryFile && origin != QueryOrigin::Function) return;
  std::vector<ColumnRead> reads;
  ast::walk(&query, [&](const ast::Node& node) {
    const auto* operation = ast::as<ast::Operation>(&node);
    if (operation == nullptr || operation->op.name.starts_with("!")) return true;
    const bool like =
        operation->form == ast::Operation::Form::Like || operation->form == ast::Operation::Form::ILike;
    if (!like || !begins_with_wildcard(operation->right)) return true;
    if (reads.empty()) reads = reads_of(query, context.catalog(), context.session().search_path);
    for (const searches::Searched& searched : searches::columns_in(context, operation->left, reads)) {
      if (searches::has_index(context, searched, {"gin", "gist"})) continue;
      if (searches::is_narrowed(context, query, searched, reads)) continue;
      if (context.is_small({searched.table->id, searched.table->schema, searched.table->name})) continue;
      const std::string table = sql_name(*searched.table);
      const std::string column = sql_name(searched.column->name);
      out.report(operation->span.empty() ? searched.span : operation->span)
          .message("A pattern that begins with % can use no btree index: each search reads all of {}.", table)
          .advice("CREATE EXTENSION pg_trgm; CREATE INDEX CONCURRENTLY ON {} USING gin ({} gin_trgm_ops);",
                  table, column);
      break;
    }
    return true;
  });
}

}  // namespace leading_wildcard_like_check

extern constexpr Check leading_wildcard_like{.since = "0.1.0",
                                             .summary = "LIKE '%…' reads the whole table.",
                                             .on_query = leading_wildcard_like_check::run};

}  // namespace migcheck::checks
