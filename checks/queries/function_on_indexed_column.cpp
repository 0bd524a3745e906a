// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace function_on_indexed_column_check {

using searches::Searched;

bool is_comparison(const ast::Operation& operation) {
  constexpr std::string_view kOperators[] = {"=", "<", ">", "<=", ">="};
  return operation.left != nullptr &&
         std::find(std::begin(kOperators), std::end(kOperators), operation.op.name) != std::end(kOperators);
}

// The column that a function or a cast hides from its index; null for a cast that changes nothing.
const ast::Expression* wrapped(const catalog::Column& column, const ast::Expression* side) {
  if (const auto* cast = ast::as<ast::Cast>(side)) {
    const bool same =
        column.type.name == "varchar" || column.type.name == "text" || column.type.name == cast->type->name;
    return cast->argument != nullptr && cast->argument->kind == ast::NodeKind::ColumnRef && !same
               ? cast->argument
               : nullptr;
  }
  const auto* call = ast::as<ast::FunctionCall>(side);
  if (call == nullptr || call->over != nullptr) return nullptr;
  for (const ast::Expression* argument : call->arguments) {
    if (argument->kind == ast::NodeKind::ColumnRef) return argument;
  }
  return nullptr;
}

bool is_first_of_index(const CheckContext& context, const Searched& searched) {
  const auto indexes = context.catalog().indexes_of(searched.table->id);
  return std::any_of(indexes.begin(), indexes.end(), [&](const catalog::Index* index) {
    return index->method == "btree" && !index->keys.empty() &&
           index->keys[0].column == searched.column->number;
  });
}

// An index over some expression of the column: lower(email).
bool has_expression_index(const CheckContext& context, const Searched& searched) {
  const auto indexes = context.catalog().indexes_of(searched.table->id);
  return std::any_of(indexes.begin(), indexes.end(), [&](const catalog::Index* index) {
    return std::any_of(index->keys.begin(), index->keys.end(), [&](const catalog::KeyElement& key) {
      return key.column == 0 &&
             std::find(key.reads.begin(), key.reads.end(), searched.column->number) != key.reads.end();
    });
  });
}

void look(const CheckContext& context, const ast::Statement& query, const ast::Expression* side,
          const std::vector<ColumnRead>& reads, FindingSink& out) {
  const std::vector<Searched> columns = searches::columns_in(context, side, reads);
  if (columns.size() != 1) return;
  const Searched& searched = columns[0];
  if (wrapped(*searched.column, side) == nullptr) return;
  if (!is_first_of_index(context, searched) || has_expression_index(context, searched)) return;
  if (searches::is_narrowed(context, query, searched, reads)) return;
  if (context.is_small({searched.table->id, searched.table->schema, searched.table->name})) return;
  const std::string table = sql_name(*searched.table);
  out.report(side->span.empty() ? searched.span : side->span)
      .message(
          "The index on {}.{} cannot be used: what is compared is not the column, and each search reads all "
          "of {}.",
          table, sql_name(searched.column->name), table)
      .advice(
          "Compare the column itself (created_at >= $1 AND created_at < $1 + interval '1 day'), or index the "
          "expression as it is written here.");
}

// Asked of queries that run again and again; in WHERE only, where rows are looked for.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  if (context.query_origin() != QueryOrigin::QueryFile && context.query_origin() != QueryOrigin::Function)
    return;
  std::vector<ColumnRead> reads;
  ast::walk(&query, [&](const ast::Node& node) {
    const auto* select = ast::as<ast::Select>(&node);
    const auto* update = ast::as<ast::Update>(&node);
    const auto* removal = ast::as<ast::Delete>(&node);
    const ast::Expression* where = select != nullptr    ? select->where
                                   : update != nullptr  ? update->where
                                   : removal != nullptr ? removal->where
                                                        : nullptr;
    ast::walk(where, [&](const ast::Node& part) {
      const auto* operation = ast::as<ast::Operation>(&part);
      if (operation == nullptr || !is_comparison(*operation)) return part.kind != ast::NodeKind::SubQuery;
      if (reads.empty()) reads = reads_of(query, context.catalog(), context.session().search_path);
      const bool left_alone = searches::columns_in(context, operation->right, reads).empty();
      const bool right_alone = searches::columns_in(context, operation->left, reads).empty();
      if (left_alone) look(context, query, operation->left, reads, out);
      if (right_alone) look(context, query, operation->right, reads, out);
      return false;
    });
    return true;
  });
}

}  // namespace function_on_indexed_column_check

extern constexpr Check function_on_indexed_column{
    .since = "0.1.0",
    .summary = "A function or cast around a column keeps its index from being used.",
    .on_query = function_on_indexed_column_check::run};

}  // namespace migcheck::checks
