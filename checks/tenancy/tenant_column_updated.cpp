// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace tenant_column_updated_check {

bool is_tenant_column(const CheckContext& context, const catalog::Table* table,
                      const ast::Assignment& assignment) {
  if (table == nullptr) return false;
  const TenantTable& entry = context.tenants().of(table->id);
  return entry.kind == TenantKind::Column && entry.column == assignment.column.text;
}

// A migration that fills the column for the first time moves no row.
bool is_backfill(const CheckContext& context, const catalog::Table& table, const ast::Assignment& assignment,
                 const ast::Expression* where) {
  const bool migration =
      context.query_origin() == QueryOrigin::Migration || context.query_origin() == QueryOrigin::Seed;
  const catalog::Column* column = table.column(assignment.column.text);
  if (migration && (column == nullptr || !column->not_null || context.is_new_here(column->origin)))
    return true;
  bool fills_null = false;
  ast::walk(where, [&](const ast::Node& node) {
    const auto* test = ast::as<ast::NullTest>(&node);
    const auto* reference = test == nullptr ? nullptr : ast::as<ast::ColumnRef>(test->argument);
    fills_null = fills_null ||
                 (reference != nullptr && !test->negated && reference->column() == assignment.column.text);
    return true;
  });
  return fills_null;
}

// team_id = excluded.team_id, team_id = t.team_id of itself: nothing moves where the rest is in order.
bool keeps_tenant(const ast::Assignment& assignment, std::string_view target, std::string_view alias) {
  const auto* reference = ast::as<ast::ColumnRef>(assignment.value);
  if (reference == nullptr || reference->column() != assignment.column.text) return false;
  const std::string_view table = reference->table();
  return table.empty() || table == "excluded" || table == target || table == alias;
}

void judge(const CheckContext& context, const ast::RelationName& target, const ast::Alias& alias,
           const ast::List<const ast::Assignment*>& set, const ast::Expression* where, FindingSink& out) {
  const catalog::Table* table = context.table(target);
  for (const ast::Assignment* assignment : set) {
    if (!is_tenant_column(context, table, *assignment)) continue;
    if (is_backfill(context, *table, *assignment, where)) continue;
    if (keeps_tenant(*assignment, target.name, alias.name.text)) continue;
    out.report(assignment->column.span)
        .message(
            "SET {1} moves rows of {0} to another tenant, with everything that refers to them left behind.",
            sql_name(table->name), sql_name(assignment->column.text))
        .advice("never assign {}; to move a row, copy it and what belongs to it, and delete the old ones",
                sql_name(assignment->column.text));
  }
}

void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  if (!context.tenants().on()) return;
  if (const auto* update = ast::as<ast::Update>(&query)) {
    judge(context, update->relation, update->alias, update->set, update->where, out);
  }
  if (const auto* insert = ast::as<ast::Insert>(&query);
      insert != nullptr && insert->on_conflict != nullptr) {
    judge(context, insert->relation, insert->alias, insert->on_conflict->set, insert->on_conflict->where,
          out);
  }
  if (const auto* merge = ast::as<ast::Merge>(&query)) {
    for (const ast::MergeAction* action : merge->actions) {
      judge(context, merge->relation, merge->alias, action->set, merge->on, out);
    }
  }
}

}  // namespace tenant_column_updated_check

extern constexpr Check tenant_column_updated{.since = "0.1.0",
                                             .summary = "An UPDATE moves rows to another tenant.",
                                             .on_query = tenant_column_updated_check::run};

}  // namespace migcheck::checks
