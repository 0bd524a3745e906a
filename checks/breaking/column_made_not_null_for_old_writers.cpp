// SPDX-License-Identifier: MIT

#include <algorithm>

#include "filled_in.hpp"
#include "same_change.hpp"

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
  return filled_in::has_trigger(after);
}

bool filler_follows(const CheckContext& context, const ast::AlterTable& alter, std::string_view column) {
  if (filled_in::trigger_follows(context, alter.relation)) return true;
  for (const ast::Statement* later : context.rest_of_transaction({alter.relation.name, column})) {
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

// A function of this change writes the column: the table is kept by triggers, and their old text goes with
// this transaction.
bool is_written_here(const CheckContext& context, const catalog::Table& table, std::string_view column) {
  const auto writes = [&](const ast::BodyStatement& inner) {
    const auto* insert = ast::as<ast::Insert>(inner.statement);
    return insert != nullptr && context.table(insert->relation) == &table &&
           std::any_of(insert->columns.begin(), insert->columns.end(),
                       [&](const ast::Name& name) { return name.text == column; });
  };
  const auto is_writer = [&](const ast::Statement* statement) {
    const auto* function = ast::as<ast::CreateFunction>(statement);
    return function != nullptr && function->body != nullptr &&
           std::any_of(function->body->statements.begin(), function->body->statements.end(), writes);
  };
  const auto later = context.rest_of_transaction({table.name});
  if (std::any_of(later.begin(), later.end(), is_writer)) return true;
  const auto earlier = context.earlier_in_file({table.name});
  return context.in_transaction() && std::any_of(earlier.begin(), earlier.end(), is_writer);
}

bool breaks_writers(const CheckContext& context, const ast::AlterTable& alter, const catalog::Table& table,
                    const catalog::Table& after, std::string_view name) {
  const catalog::Column* column = table.column(name);
  if (column == nullptr || column->not_null || is_filled(after, column->number)) return false;
  return !refused_before(context, table, column->number) && !filler_follows(context, alter, column->name) &&
         !is_written_here(context, table, column->name);
}

void report(FindingSink& out, Span clause, const std::string& table, const std::string& column, bool is_new) {
  FindingBuilder finding = out.gather(clause, is_new ? "new" : "", same_change::item(table, column));
  const std::vector<std::string>& names = finding.gathered();
  const bool one = names.size() == 1;
  finding
      .message(
          "{} become{} NOT NULL without a default: every INSERT of the running application that leaves {} "
          "out, or writes null, fails from here on{}.",
          same_change::columns_of(names), one ? "s" : "", one ? column : "one of them",
          !is_new ? ""
          : one   ? "; the column is new in this change, so none names it"
                  : "; they are new in this change, so none names them")
      .advice(
          "Deploy code that always writes {0} first and make {1} NOT NULL in a later change, or give a "
          "default: ALTER TABLE {2} ALTER COLUMN {3} SET DEFAULT …;",
          same_change::column_names(names), one ? "it" : "them", same_change::table_of(names.front()),
          same_change::column_of(names.front()));
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
    if (!breaks_writers(context, *alter, *table, *after, action->name.text)) continue;
    report(out, action->span, sql_name(*table), sql_name(action->name.text),
           context.is_new_here(table->column(action->name.text)->origin));
  }
}

}  // namespace column_made_not_null_for_old_writers_check

extern constexpr Check column_made_not_null_for_old_writers{
    .since = "0.1.0",
    .summary = "SET NOT NULL without a default fails the INSERTs of running code.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = column_made_not_null_for_old_writers_check::run};

}  // namespace migcheck::checks
