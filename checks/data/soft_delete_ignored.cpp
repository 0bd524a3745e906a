// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace soft_delete_ignored_check {

constexpr OptionSpec kOptions[] = {
    {"column", "The column that is set when a row is deleted.", "deleted_at", OptionSpec::Type::Text}};

std::string marker(const CheckContext& context) {
  const auto option = context.option("column");
  return option ? std::get<std::string>(*option) : "deleted_at";
}

bool mentions(const ast::Statement& query, std::string_view column) {
  bool found = false;
  ast::walk(&query, [&](const ast::Node& node) {
    const auto* reference = ast::as<ast::ColumnRef>(&node);
    const auto* assignment = ast::as<ast::Assignment>(&node);
    found = found || (reference != nullptr && reference->column() == column) ||
            (assignment != nullptr && assignment->column.text == column);
    return !found;
  });
  return found;
}

// A view that hands the column on leaves the question to its readers.
bool hands_on(const ast::Statement& query) {
  const auto* select = ast::as<ast::Select>(&query);
  if (select == nullptr) return false;
  return std::any_of(select->items.begin(), select->items.end(), [](const ast::SelectItem* item) {
    const auto* reference = ast::as<ast::ColumnRef>(item->value);
    return reference != nullptr && reference->star;
  });
}

bool is_equality_on(const ast::Expression* part, std::string_view column) {
  const auto* operation = ast::as<ast::Operation>(part);
  if (operation == nullptr || operation->op.name != "=") return false;
  const auto is_column = [&](const ast::Expression* side) {
    const auto* reference = ast::as<ast::ColumnRef>(side);
    return reference != nullptr && reference->column() == column;
  };
  return is_column(operation->left) || is_column(operation->right);
}

// A trigger that looks up the one row that its own row refers to: that is a foreign key's question, which
// asks of deleted rows too.
bool looks_up_parent(const CheckContext& context, const ast::Statement& query, const catalog::Table& table) {
  const auto* function = context.statement_as<ast::CreateFunction>();
  const auto* select = ast::as<ast::Select>(&query);
  const catalog::Constraint* key = table.primary_key();
  if (function == nullptr || function->returns == nullptr || function->returns->name != "trigger")
    return false;
  if (select == nullptr || key == nullptr || key->columns.size() != 1) return false;
  const catalog::Column* column = table.column(key->columns.front());
  const auto* all = ast::as<ast::BoolOperation>(select->where);
  if (column == nullptr) return false;
  if (all == nullptr || all->op != ast::BoolOperation::Op::And)
    return is_equality_on(select->where, column->name);
  return std::any_of(all->arguments.begin(), all->arguments.end(),
                     [&](const ast::Expression* each) { return is_equality_on(each, column->name); });
}

void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  const QueryOrigin origin = context.query_origin();
  if (origin == QueryOrigin::Migration || origin == QueryOrigin::Seed) return;
  if (query.kind != ast::NodeKind::Select || (origin == QueryOrigin::View && hands_on(query))) return;
  const std::string column = marker(context);
  if (mentions(query, column)) return;
  const ast::TableRef* found = nullptr;
  ast::walk(&query, [&](const ast::Node& node) {
    const auto* reference = ast::as<ast::TableRef>(&node);
    const catalog::Table* table = reference == nullptr ? nullptr : context.table(reference->relation);
    if (found == nullptr && table != nullptr && table->column(column) != nullptr) found = reference;
    return found == nullptr;
  });
  if (found == nullptr || looks_up_parent(context, query, *context.table(found->relation))) return;
  const std::string table = sql_name(found->relation);
  const Span place = found->span.empty() ? query.span : found->span;
  const auto* function = context.statement_as<ast::CreateFunction>();
  // A helper of the migration is called, and dropped again.
  (function == nullptr ? out.report(place) : out.report_unless_dropped(place, function->name.name))
      .message(
          "{0} marks deleted rows in {1}, and this query does not ask for it: deleted rows come back to "
          "life.",
          table, sql_name(column))
      .advice("AND {0}.{1} IS NULL; for a left join in its ON.",
              found->alias.name.empty() ? table : sql_name(found->alias.name.text), sql_name(column));
}

}  // namespace soft_delete_ignored_check

extern constexpr Check soft_delete_ignored{
    .since = "0.1.0",
    .summary = "A query on a table with soft delete that also returns deleted rows.",
    .options = soft_delete_ignored_check::kOptions,
    .on_query = soft_delete_ignored_check::run};

}  // namespace migcheck::checks
