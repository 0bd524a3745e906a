// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace column_not_null_without_default_check {

using Type = ast::ConstraintDefinition::Type;

// DEFAULT NULL is none.
bool has_default(const ast::ColumnDefinition& column) {
  const ast::ConstraintDefinition* found = column.find(Type::Default);
  const auto* constant = found == nullptr ? nullptr : ast::as<ast::Constant>(found->expression);
  return found != nullptr && (constant == nullptr || constant->type != ast::Constant::Type::Null);
}

// A domain can bring its own default.
bool has_value(const CheckContext& context, const ast::ColumnDefinition& column) {
  if (has_default(column) || column.find(Type::Generated) != nullptr ||
      column.find(Type::Identity) != nullptr) {
    return true;
  }
  if (column.type == nullptr || column.type->serial()) return true;
  const catalog::Type* type =
      context.catalog().type(column.type->schema, column.type->name, context.session().search_path);
  return type != nullptr && type->default_value != nullptr;
}

bool is_not_null(const ast::ColumnDefinition& column) {
  return column.find(Type::NotNull) != nullptr || column.find(Type::PrimaryKey) != nullptr;
}

// The file has emptied the table before: the statement succeeds.
void report_for_writers(const CheckContext& context, FindingSink& out, const ast::AlterTable& alter,
                        const ast::AlterAction& action) {
  const std::string name = sql_name(action.column->name.text);
  out.report(action.span)
      .severity(Severity::Warning)
      .message(
          "{}.{} may not be null and has no default: the table is empty here, but writers that do not know "
          "the column fail from here on.",
          sql_name(alter.relation), name)
      .advice("Give {} a default until no running code inserts without it.", name)
      .about(context, {.name = std::string(alter.relation.name)});
}

// Existing rows get no value for the column, and NULL is not allowed: the statement fails on the first row.
// On an empty table it succeeds, and the old version of the application can no longer insert.
void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr || alter->object != ast::ObjectType::Table || context.is_new_here(alter->relation))
    return;
  const catalog::Table* table = context.table(alter->relation);
  for (const ast::AlterAction* action : alter->actions) {
    if (action->type != ast::AlterAction::Type::AddColumn || action->column == nullptr) continue;
    const ast::ColumnDefinition& column = *action->column;
    if (!is_not_null(column) || has_value(context, column)) continue;
    if (action->missing_ok && table != nullptr && table->column(column.name.text) != nullptr) continue;
    const std::string name = sql_name(column.name.text);
    const std::string type = column.type == nullptr ? "…" : std::string(context.text(column.type->span));
    if (context.is_emptied_here(alter->relation)) {
      report_for_writers(context, out, *alter, *action);
      continue;
    }
    out.report(action->span)
        .message(
            "{0}.{1} may not be null and has no default: the statement fails if the table holds a single "
            "row, and "
            "writers that do not know the column fail afterwards.",
            sql_name(alter->relation), name)
        .advice(
            "Give it a default (ADD COLUMN {0} {1} NOT NULL DEFAULT …: no rewrite if it is constant), or: "
            "ADD "
            "COLUMN {0} {1}; fill it in batches; then ADD CONSTRAINT … {2} NOT VALID, and VALIDATE "
            "CONSTRAINT in "
            "a later transaction{3}.",
            name, type, context.pg_version() >= 18 ? "NOT NULL " + name : "CHECK (" + name + " IS NOT NULL)",
            context.pg_version() >= 18 ? "" : ", after which SET NOT NULL reads nothing")
        .about(context, {.name = std::string(alter->relation.name)});
  }
}

}  // namespace column_not_null_without_default_check

extern constexpr Check column_not_null_without_default{
    .since = "0.1.0",
    .summary = "ADD COLUMN NOT NULL without a default fails on a table with rows.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = column_not_null_without_default_check::run};

}  // namespace migcheck::checks
