// SPDX-License-Identifier: MIT

#include "same_change.hpp"

namespace migcheck::checks {
namespace column_dropped_check {

using Type = ast::AlterAction::Type;

// Something goes that others use: not what is new in this change, nor what is not there.
bool is_lost(const CheckContext& context, const catalog::Table* table, const ast::AlterAction& action) {
  const catalog::Column* column = table == nullptr ? nullptr : table->column(action.name.text);
  if (column != nullptr) return !context.is_new_here(column->origin);
  return table == nullptr || table->is_doubtful(catalog::TablePart::Column, action.name.text) ||
         !action.missing_ok;
}

enum class Successor { None, Empty, Filled };

// What stands under the name when the transaction ends: a column that was added again, or one that had
// another name before and holds the values by now.
Successor successor_of(const CheckContext& context, const ast::AlterTable& alter, std::string_view column) {
  const auto adds = [&](const ast::AlterTable& other) {
    return std::any_of(other.actions.begin(), other.actions.end(), [&](const ast::AlterAction* action) {
      return action->type == Type::AddColumn && action->column->name.text == column;
    });
  };
  if (adds(alter)) return Successor::Empty;
  for (const ast::Statement* later : context.rest_of_transaction({alter.relation.name, column})) {
    const auto* other = ast::as<ast::AlterTable>(later);
    if (other != nullptr && other->relation.name == alter.relation.name && adds(*other))
      return Successor::Empty;
    const auto* rename = ast::as<ast::Rename>(later);
    if (rename != nullptr && rename->object == ast::ObjectType::Column &&
        rename->target.on.name == alter.relation.name && rename->new_name.text == column)
      return Successor::Filled;
  }
  return Successor::None;
}

bool is_generated(const catalog::Table* table, std::string_view name) {
  const catalog::Column* column = table == nullptr ? nullptr : table->column(name);
  return column != nullptr && column->generated != catalog::Generated::No;
}

void report_gone(FindingSink& out, const ast::AlterTable& alter, const ast::AlterAction& action) {
  FindingBuilder finding =
      out.gather(action.span, "", same_change::item(sql_name(alter.relation), sql_name(action.name.text)));
  const bool one = finding.gathered().size() == 1;
  finding
      .message(
          "Dropping {} deletes {} values for good, and queries of the running application that name {} fail "
          "from here on.",
          same_change::columns_of(finding.gathered()), one ? "its" : "their", one ? "it" : "one of them")
      .advice(
          "Deploy code that no longer reads or writes {0} first (and tell the ORM to ignore {1}), then drop "
          "{1} in a later change.",
          same_change::column_names(finding.gathered()), one ? "it" : "them");
}

void report_emptied(FindingSink& out, const ast::AlterTable& alter, const ast::AlterAction& action) {
  const std::string column = sql_name(action.name.text);
  out.report(action.span)
      .message(
          "Dropping {}.{} deletes its values for good: the column of that name that the transaction adds "
          "again "
          "starts without them.",
          sql_name(alter.relation), column)
      .advice(
          "If the values are still wanted: ALTER COLUMN {0} TYPE … USING … keeps them; or add a column of "
          "another name, copy, and drop {0} in a later change.",
          column);
}

// The column's values are gone, and the running application still names it: in an ORM's SELECT list, mostly.
void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr || alter->object == ast::ObjectType::CompositeType) return;
  if (context.is_new_here(alter->relation)) return;
  if (alter->if_exists && context.is_unknown(alter->relation) && context.shows_everything(alter->relation))
    return;  // there is no such table
  const catalog::Table* table = context.table(alter->relation);
  for (const ast::AlterAction* action : alter->actions) {
    if (action->type != Type::DropColumn || !is_lost(context, table, *action)) continue;
    const Successor successor = successor_of(context, *alter, action->name.text);
    if (successor == Successor::None) {
      report_gone(out, *alter, *action);
    } else if (successor == Successor::Empty && !is_generated(table, action->name.text) &&
               !context.is_emptied_here(alter->relation)) {
      report_emptied(out, *alter, *action);  // a generated column is computed anew
    }
  }
}

}  // namespace column_dropped_check

extern constexpr Check column_dropped{
    .since = "0.1.0",
    .summary = "DROP COLUMN deletes values for good and breaks code that uses the column.",
    .severity = Severity::Error,
    .yields_to = "column-still-used",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = column_dropped_check::run};

}  // namespace migcheck::checks
