// SPDX-License-Identifier: MIT

#include <algorithm>

#include "filled_in.hpp"
#include "same_change.hpp"

namespace migcheck::checks {
namespace default_dropped_check {

using Type = ast::AlterAction::Type;

// The same transaction gives it another default or makes it nullable, or drops it.
bool is_helped(const CheckContext& context, const ast::AlterTable& alter, std::string_view column) {
  const auto helps = [&](const ast::AlterTable& other) {
    return std::any_of(other.actions.begin(), other.actions.end(), [&](const ast::AlterAction* action) {
      return action->name.text == column &&
             (action->type == Type::SetDefault || action->type == Type::AddIdentity ||
              action->type == Type::DropNotNull || action->type == Type::DropColumn);
    });
  };
  for (const ast::Statement* later : context.rest_of_transaction({alter.relation.name, column})) {
    const auto* other = ast::as<ast::AlterTable>(later);
    if (other != nullptr && other->relation.name == alter.relation.name && helps(*other)) return true;
  }
  return helps(alter) || filled_in::trigger_follows(context, alter.relation);
}

void report(FindingSink& out, Span clause, const std::string& table, const std::string& column, bool is_new) {
  FindingBuilder finding = out.gather(clause, is_new ? "new" : "", same_change::item(table, column));
  const std::vector<std::string>& names = finding.gathered();
  const bool one = names.size() == 1;
  finding
      .message(
          "{} {} NOT NULL and lose{} {} default: every INSERT of the running application that does not name "
          "{} "
          "fails from here on{}.",
          same_change::columns_of(names), one ? "is" : "are", one ? "s" : "", one ? "its" : "their",
          one ? column : "all of them",
          !is_new ? ""
          : one   ? ", and as the column is new, none names it"
                  : ", and as they are new, none does")
      .advice("Keep the default until all running code writes {}; drop it in a later change, if at all.",
              same_change::column_names(names));
}

// An INSERT that does not name a NOT NULL column lives by its default. That holds for a column of this change
// all the more: the running application has never heard of it.
void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr || context.is_refused() || context.is_new_here(alter->relation)) return;
  const catalog::Table* table = context.table(alter->relation);
  if (table == nullptr || filled_in::has_trigger(*table)) return;
  for (const ast::AlterAction* action : alter->actions) {
    if (action->type != Type::DropDefault) continue;
    const catalog::Column* column = table->column(action->name.text);
    if (column == nullptr || !column->not_null || column->default_value == nullptr) continue;
    if (is_helped(context, *alter, column->name)) continue;
    report(out, action->span, sql_name(*table), sql_name(column->name), context.is_new_here(column->origin));
  }
}

}  // namespace default_dropped_check

extern constexpr Check default_dropped{
    .since = "0.1.0",
    .summary = "DROP DEFAULT on a NOT NULL column fails the INSERTs that rely on it.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = default_dropped_check::run};

}  // namespace migcheck::checks
