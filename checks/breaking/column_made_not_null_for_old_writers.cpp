// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace column_made_not_null_for_old_writers_check {

// A CHECK that is older than this change refused nulls before: no writer of today sends one.
bool refused_before(const CheckContext& context, const catalog::Table& table, catalog::ColumnNumber number) {
  for (const catalog::Constraint& check : table.constraints) {
    if (check.expression == nullptr || context.is_new_here(check.origin)) continue;
    bool says_so = false;
    ast::walk(check.expression, [&](const ast::Node& node) {
      const auto* test = ast::as<ast::NullTest>(&node);
      const auto* column = test == nullptr ? nullptr : ast::as<ast::ColumnRef>(test->argument);
      const catalog::Column* found = column == nullptr ? nullptr : table.column(column->column());
      says_so = says_so || (test != nullptr && test->negated && found != nullptr && found->number == number);
      return true;
    });
    if (says_so) return true;
  }
  return false;
}

// The same statement or an earlier one gives it a default; identity and generated columns need none.
bool is_filled(const catalog::Table& after, catalog::ColumnNumber number) {
  const catalog::Column* column = after.column(number);
  if (column == nullptr || column->default_value != nullptr) return true;
  if (column->identity != catalog::Identity::No || column->generated != catalog::Generated::No) return true;
  return std::any_of(after.triggers.begin(), after.triggers.end(), [](const catalog::Trigger& trigger) {
    return trigger.row && trigger.on_insert && trigger.timing == ast::CreateTrigger::Timing::Before;
  });
}

bool default_follows(const CheckContext& context, const ast::AlterTable& alter, std::string_view column) {
  for (const ast::Statement* later : context.rest_of_transaction()) {
    const auto* other = ast::as<ast::AlterTable>(later);
    if (other == nullptr || other->relation.name != alter.relation.name) continue;
    for (const ast::AlterAction* action : other->actions) {
      using Type = ast::AlterAction::Type;
      if ((action->type == Type::SetDefault || action->type == Type::AddIdentity) &&
          action->name.text == column)
        return true;
    }
  }
  return false;
}

// An INSERT of the running application that leaves the column out, or writes null, fails from the commit on.
void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr || context.is_refused() || context.is_new_here(alter->relation)) return;
  const catalog::Table* table = context.table(alter->relation);
  const catalog::Object* changed = table == nullptr ? nullptr : context.after(table->id);
  const auto* after = changed == nullptr ? nullptr : std::get_if<catalog::Table>(changed);
  if (after == nullptr) return;
  for (const ast::AlterAction* action : alter->actions) {
    if (action->type != ast::AlterAction::Type::SetNotNull) continue;
    const catalog::Column* column = table->column(action->name.text);
    if (column == nullptr || column->not_null || is_filled(*after, column->number)) continue;
    if (refused_before(context, *table, column->number) || default_follows(context, *alter, column->name))
      continue;
    const std::string name = sql_name(column->name);
    out.report(action->span)
        .message(
            "{0}.{1} becomes NOT NULL and has no default: every INSERT of the running application that "
            "leaves {1} out, "
            "or writes null, fails from here on{2}.",
            sql_name(*table), name,
            context.is_new_here(column->origin) ? "; the column is new in this change, so none names it" : "")
        .advice(
            "Deploy code that always writes {0} first and make it NOT NULL in a later change, or give it a "
            "default: "
            "ALTER TABLE {1} ALTER COLUMN {0} SET DEFAULT …;",
            name, sql_name(*table));
  }
}

}  // namespace column_made_not_null_for_old_writers_check

extern constexpr Check column_made_not_null_for_old_writers{
    .since = "0.1.0",
    .summary = "SET NOT NULL without a default fails the INSERTs of running code.",
    .on_statement = column_made_not_null_for_old_writers_check::run};

}  // namespace migcheck::checks
