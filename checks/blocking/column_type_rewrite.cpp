// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace column_type_rewrite_check {

std::string old_type(const CheckContext& context, const ast::AlterTable& alter,
                     const ast::AlterAction& action) {
  const catalog::Table* table = context.table(alter.relation);
  const catalog::Column* column = table == nullptr ? nullptr : table->column(action.name.text);
  return column == nullptr ? "" : catalog::to_string(column->type);
}

void report(const CheckContext& context, const ast::AlterTable& alter, const Effect& effect,
            FindingSink& out) {
  const ast::AlterAction& action = *alter.actions[static_cast<std::size_t>(effect.action)];
  const std::string table = sql_name(effect.relation);
  const std::string column = sql_name(action.name.text);
  const std::string type = action.column == nullptr || action.column->type == nullptr
                               ? "the new type"
                               : std::string(context.text(action.column->type->span));
  const std::string from = old_type(context, alter, action);
  FindingBuilder finding = out.report(effect.clause);
  if (effect.assumed) {
    finding.message(
        "Changing the type of {}.{} may rewrite the whole table under ACCESS EXCLUSIVE: no read or write "
        "until it is "
        "done. The history does not show the column's old type.",
        table, column);
  } else {
    finding.message(
        "Changing {}.{} from {} to {} rewrites the whole table and all its indexes under ACCESS EXCLUSIVE: "
        "no read "
        "or write until it is done.",
        table, column, from, type);
  }
  finding
      .advice(
          "Add a new column ({0}_new {2}), write both from the application or a trigger, backfill in "
          "batches, then "
          "rename: ALTER TABLE {1} ADD COLUMN {0}_new {2};",
          action.name.text, table, type)
      .about(context, effect.relation);
}

// Whether PostgreSQL rewrites depends on the old type: the plan knows it from the history.
void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr || context.is_new_here(alter->relation)) return;
  std::int32_t reported = -1;  // a partitioned table has one effect per partition
  for (const Effect& effect : context.plan().effects) {
    const bool type_change =
        effect.reason == WorkReason::TypeChange || effect.reason == WorkReason::UnknownTypeChange;
    if (!effect.rewrite || !type_change || effect.action < 0 || effect.action == reported) continue;
    reported = effect.action;
    report(context, *alter, effect, out);
  }
}

}  // namespace column_type_rewrite_check

extern constexpr Check column_type_rewrite{
    .since = "0.1.0",
    .summary = "A change of a column's type rewrites the table under a lock.",
    .on_statement = column_type_rewrite_check::run};

}  // namespace migcheck::checks
