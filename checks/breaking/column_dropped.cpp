// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace column_dropped_check {

bool is_new(const CheckContext& context, const catalog::Table* table, std::string_view name) {
  const catalog::Column* column = table == nullptr ? nullptr : table->column(name);
  return column != nullptr && context.is_new_here(column->origin);
}

// The column's values are gone, and the running application still names it: in an ORM's SELECT list, mostly.
void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr || alter->object == ast::ObjectType::CompositeType) return;
  if (context.is_new_here(alter->relation)) return;
  const catalog::Table* table = context.table(alter->relation);
  for (const ast::AlterAction* action : alter->actions) {
    if (action->type != ast::AlterAction::Type::DropColumn) continue;
    if (is_new(context, table, action->name.text)) continue;
    const bool missing = table != nullptr && !table->uncertain && table->column(action->name.text) == nullptr;
    if (missing && action->missing_ok) continue;  // nothing is dropped
    out.report(action->span)
        .message(
            "Dropping {0}.{1} deletes its values for good, and queries of the running application that name "
            "it fail "
            "from here on.",
            sql_name(alter->relation), sql_name(action->name.text))
        .advice(
            "Deploy code that no longer reads or writes {} first (and tell the ORM to ignore it), then drop "
            "it in a "
            "later change.",
            sql_name(action->name.text));
  }
}

}  // namespace column_dropped_check

extern constexpr Check column_dropped{
    .since = "0.1.0",
    .summary = "DROP COLUMN deletes values for good and breaks code that uses the column.",
    .severity = Severity::Error,
    .on_statement = column_dropped_check::run};

}  // namespace migcheck::checks
