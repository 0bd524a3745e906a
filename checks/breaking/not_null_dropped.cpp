// SPDX-License-Identifier: MIT

#include <algorithm>

#include "same_change.hpp"

namespace migcheck::checks {
namespace not_null_dropped_check {

bool still_not_null(const catalog::Table& table, catalog::ColumnNumber number) {
  return std::any_of(table.constraints.begin(), table.constraints.end(),
                     [&](const catalog::Constraint& check) {
                       const auto* test = ast::as<ast::NullTest>(check.expression);
                       return test != nullptr && test->negated && check.columns.size() == 1 &&
                              check.columns.front() == number;
                     });
}

bool goes_or_comes_back(const CheckContext& context, const ast::AlterTable& alter, std::string_view column) {
  const auto touches = [&](const ast::AlterTable& other) {
    return std::any_of(other.actions.begin(), other.actions.end(), [&](const ast::AlterAction* action) {
      using Type = ast::AlterAction::Type;
      return (action->type == Type::DropColumn || action->type == Type::SetNotNull) &&
             action->name.text == column;
    });
  };
  const auto later = context.rest_of_file({alter.relation.name, column});
  return touches(alter) || std::any_of(later.begin(), later.end(), [&](const ast::Statement* statement) {
           const auto* other = ast::as<ast::AlterTable>(statement);
           return other != nullptr && other->relation.name == alter.relation.name && touches(*other);
         });
}

// Writers are happy; readers that count on a value are not.
void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr || context.is_refused() || context.is_new_here(alter->relation)) return;
  const catalog::Table* table = context.table(alter->relation);
  const std::string name = sql_name(alter->relation);
  for (const ast::AlterAction* action : alter->actions) {
    if (action->type != ast::AlterAction::Type::DropNotNull) continue;
    const catalog::Column* column = table == nullptr ? nullptr : table->column(action->name.text);
    if (column != nullptr &&
        (!column->not_null || context.is_new_here(column->origin) || still_not_null(*table, column->number)))
      continue;
    if (goes_or_comes_back(context, *alter, action->name.text)) continue;
    FindingBuilder finding =
        out.gather(action->span, "", same_change::item(name, sql_name(action->name.text)));
    const std::vector<std::string>& names = finding.gathered();
    finding
        .message(
            "From here on {} may be null: code that reads {} into a type without null fails at the first "
            "one, "
            "and comparisons such as {} <> 'x' skip those rows.",
            same_change::columns_of(names), names.size() == 1 ? "it" : "them",
            same_change::column_of(names.front()))
        .advice("Deploy readers that cope with null before any code writes one.");
  }
}

}  // namespace not_null_dropped_check

extern constexpr Check not_null_dropped{
    .since = "0.1.0",
    .summary = "DROP NOT NULL lets nulls reach code that does not expect them.",
    .severity = Severity::Info,
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = not_null_dropped_check::run};

}  // namespace migcheck::checks
