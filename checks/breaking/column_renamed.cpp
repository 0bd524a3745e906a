// SPDX-License-Identifier: MIT

#include <algorithm>

#include "same_change.hpp"

namespace migcheck::checks {
namespace column_renamed_check {

using Type = ast::AlterAction::Type;

// The name was another column's until a moment ago: the last step of swapping a column for its successor.
bool takes_vacated_name(const CheckContext& context, const ast::Rename& rename) {
  for (const ast::Statement* earlier :
       context.earlier_in_file({rename.target.on.name, rename.new_name.text})) {
    if (const auto* other = ast::as<ast::Rename>(earlier)) {
      if (other->target.on.name == rename.target.on.name && other->target.name.name == rename.new_name.text)
        return true;
    } else if (const auto* alter = ast::as<ast::AlterTable>(earlier)) {
      if (alter->relation.name != rename.target.on.name) continue;
      for (const ast::AlterAction* action : alter->actions) {
        if (action->type == Type::DropColumn && action->name.text == rename.new_name.text) return true;
      }
    }
  }
  return false;
}

// Something of the old name stands there again when the transaction commits: a column, or a view instead of
// the table.
bool old_name_stays(const CheckContext& context, const ast::Rename& rename) {
  for (const ast::Statement* later : context.rest_of_transaction({rename.target.on.name})) {
    if (const auto* view = ast::as<ast::CreateView>(later)) {
      if (view->relation.name == rename.target.on.name) return true;
    } else if (const auto* other = ast::as<ast::Rename>(later)) {
      if (other->target.on.name == rename.target.on.name && other->new_name.text == rename.target.name.name)
        return true;
    }
  }
  const auto later = context.rest_of_file({rename.target.on.name, rename.target.name.name});
  return std::any_of(later.begin(), later.end(), [&](const ast::Statement* statement) {
    const auto* alter = ast::as<ast::AlterTable>(statement);
    return alter != nullptr && alter->relation.name == rename.target.on.name &&
           std::any_of(alter->actions.begin(), alter->actions.end(), [&](const ast::AlterAction* action) {
             return action->type == Type::AddColumn && action->column->name.text == rename.target.name.name;
           });
  });
}

bool is_new_column(const CheckContext& context, const ast::Rename& rename) {
  if (context.is_new_here(rename.target.on)) return true;
  const catalog::Table* table = context.table(rename.target.on);
  const catalog::Column* column = table == nullptr ? nullptr : table->column(rename.target.name.name);
  return column != nullptr && context.is_new_here(column->origin);
}

// A column has one name at a time: there is no moment at which the old and the new version of the application
// both find theirs.
void run(const CheckContext& context, FindingSink& out) {
  const auto* rename = context.statement_as<ast::Rename>();
  if (rename == nullptr || rename->object != ast::ObjectType::Column || context.is_refused()) return;
  if (is_new_column(context, *rename)) return;
  // What happens to who knows the table by its old name is the table's story.
  if (context.is_named_here(rename->target.on)) return;
  if (takes_vacated_name(context, *rename) || old_name_stays(context, *rename)) return;
  const std::string table = sql_name(rename->target.on);
  const std::string from = sql_name(rename->target.name.name);
  const std::string to = sql_name(rename->new_name.text);
  FindingBuilder finding = out.gather(rename->span, "", same_change::item(table, from + " as " + to));
  if (finding.gathered().size() > 1) {
    finding.message(
        "The commit gives new names to columns, {}: every query of the running application that uses one of "
        "the old names fails from then on.",
        same_change::columns_of(finding.gathered()));
    return;
  }
  finding
      .message(
          "From the commit on {0}.{1} is called {2}: every query of the running application that names {1} "
          "fails.",
          table, from, to)
      .advice(
          "Keep the name in the database and map it in the application's model; or add {1}, write both, "
          "copy, "
          "read {1}, and drop {0} in a later change. A view in the table's place can offer both names.",
          from, to);
}

}  // namespace column_renamed_check

extern constexpr Check column_renamed{
    .since = "0.1.0",
    .summary = "RENAME COLUMN breaks the code that runs during the deployment.",
    .yields_to = "column-still-used",
    .statements = {ast::NodeKind::Rename},
    .on_statement = column_renamed_check::run};

}  // namespace migcheck::checks
