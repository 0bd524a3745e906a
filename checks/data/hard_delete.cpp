// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace hard_delete_check {

constexpr OptionSpec kOptions[] = {
    {"column", "The column that is set when a row is deleted.", "deleted_at", OptionSpec::Type::Text}};

std::string marker(const CheckContext& context) {
  const auto option = context.option("column");
  return option ? std::get<std::string>(*option) : "deleted_at";
}

// Of rows that are alike all but one go: the table is compared with itself.
bool removes_duplicates(const ast::Delete& statement) {
  bool found = false;
  const auto look = [&](const ast::Node& node) {
    const auto* source = ast::as<ast::TableRef>(&node);
    found = found || (source != nullptr && source->relation.name == statement.relation.name);
    return !found;
  };
  for (const ast::FromItem* item : statement.using_items) ast::walk(item, look);
  ast::walk(statement.where, look);
  return found;
}

// Rows whose parent is gone: they should have gone with it.
bool removes_orphans(const ast::Delete& statement) {
  bool found = false;
  ast::walk(statement.where, [&](const ast::Node& node) {
    const auto* no = ast::as<ast::BoolOperation>(&node);
    if (no == nullptr || no->op != ast::BoolOperation::Op::Not) return !found;
    const auto* sub = ast::as<ast::SubQuery>(no->arguments[0]);
    found = found || (sub != nullptr &&
                      (sub->form == ast::SubQuery::Form::Exists || sub->form == ast::SubQuery::Form::In));
    return !found;
  });
  return found;
}

// DELETE without WHERE is delete-without-where's; one that asks for the marker clears away what was deleted
// before.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  const auto* statement = ast::as<ast::Delete>(&query);
  if (statement == nullptr || statement->where == nullptr) return;
  const std::string column = marker(context);
  const catalog::Table* table = context.table(statement->relation);
  if (table == nullptr || table->column(column) == nullptr || ast::mentions_column(statement->where, column))
    return;
  const bool runs_once =
      context.query_origin() == QueryOrigin::Migration || context.query_origin() == QueryOrigin::Seed;
  if (runs_once && (context.is_new_here(statement->relation) || removes_duplicates(*statement) ||
                    removes_orphans(*statement)))
    return;
  const std::string name = sql_name(*table);
  // A migration clears away what should never have been there more often than what users deleted.
  out.report(statement->span)
      .severity(runs_once ? Severity::Info : Severity::Warning)
      .message(
          "{0} marks deleted rows in {1}; this DELETE removes them for good, and what refers to them by ON "
          "DELETE CASCADE.",
          name, sql_name(column))
      .advice("UPDATE {} SET {} = now() WHERE …;", name, sql_name(column));
}

}  // namespace hard_delete_check

extern constexpr Check hard_delete{.since = "0.1.0",
                                   .summary = "DELETE from a table that marks deleted rows.",
                                   .options = hard_delete_check::kOptions,
                                   .on_query = hard_delete_check::run};

}  // namespace migcheck::checks
