// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace seed_out_of_order_check {

bool inserts_into(const CheckContext& context, const ast::Statement* statement, catalog::ObjectId table) {
  const auto* insert = ast::as<ast::Insert>(statement);
  const auto* copy = ast::as<ast::Copy>(statement);
  const ast::QualifiedName* name = insert != nullptr ? &insert->relation : nullptr;
  if (copy != nullptr && copy->query == nullptr) name = &copy->relation;
  const catalog::Table* found = name == nullptr ? nullptr : context.table(*name);
  return found != nullptr && found->id == table;
}

// Foreign keys are not looked at: triggers are off, or wait for COMMIT.
bool keys_are_off(const CheckContext& context) {
  return context.any_earlier_in_file([](const ast::Statement& earlier) {
    if (const auto* set = ast::as<ast::SetVariable>(&earlier)) return set->name == "session_replication_role";
    if (earlier.kind == ast::NodeKind::SetConstraints) return true;
    const auto* alter = ast::as<ast::AlterTable>(&earlier);
    return alter != nullptr &&
           std::any_of(alter->actions.begin(), alter->actions.end(), [](const ast::AlterAction* action) {
             return action->type == ast::AlterAction::Type::DisableTrigger;
           });
  });
}

bool names_columns(const ast::Insert& insert, const catalog::Table& table, const catalog::Constraint& key) {
  if (insert.columns.empty()) return true;
  return std::all_of(key.columns.begin(), key.columns.end(), [&](catalog::ColumnNumber number) {
    const catalog::Column* column = table.column(number);
    return std::any_of(insert.columns.begin(), insert.columns.end(),
                       [&](const ast::Name& name) { return column != nullptr && name.text == column->name; });
  });
}

// The parent's rows come later in the file, and none came before.
bool comes_too_early(const CheckContext& context, const catalog::Table& parent) {
  const auto fills = [&](const ast::Statement* other) { return inserts_into(context, other, parent.id); };
  const auto earlier = context.earlier_in_file({parent.name});
  if (std::any_of(earlier.begin(), earlier.end(), fills)) return false;
  const auto later = context.rest_of_file({parent.name});
  return std::any_of(later.begin(), later.end(), fills);
}

void run(const CheckContext& context, FindingSink& out) {
  const auto* insert = context.statement_as<ast::Insert>();
  if (insert == nullptr || !context.is_seed() || context.reported_in_file() || context.maybe_run()) return;
  const catalog::Table* table = context.table(insert->relation);
  if (table == nullptr) return;
  for (const catalog::Constraint& key : table->constraints) {
    if (key.kind != catalog::ConstraintKind::ForeignKey || key.references == table->id) continue;
    if (key.initially_deferred || !names_columns(*insert, *table, key)) continue;
    const auto* parent = context.catalog().get<catalog::Table>(key.references);
    if (parent == nullptr || !comes_too_early(context, *parent) || keys_are_off(context)) continue;
    out.report(insert->relation.span)
        .message(
            "These rows of {0} refer to {1}, whose rows this seeds file inserts further down: on an empty "
            "database the INSERT fails at the foreign key {2}.",
            sql_name(*table), sql_name(*parent), sql_name(key.name))
        .advice("Insert into {} first, then into {}.", sql_name(*parent), sql_name(*table));
    return;
  }
}

}  // namespace seed_out_of_order_check

extern constexpr Check seed_out_of_order{.since = "0.1.0",
                                         .summary = "Seeds that insert children before their parents.",
                                         .statements = {ast::NodeKind::Insert},
                                         .on_statement = seed_out_of_order_check::run};

}  // namespace migcheck::checks
