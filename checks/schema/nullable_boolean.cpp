// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"
#include "new_columns.hpp"

namespace migcheck::checks {
namespace nullable_boolean_check {

using Type = ast::ConstraintDefinition::Type;

bool may_be_null(const ast::ColumnDefinition& column) {
  return column.find(Type::NotNull) == nullptr && column.find(Type::PrimaryKey) == nullptr;
}

void report(Place place, const std::string& name, std::string_view column, FindingSink& out) {
  out.report(place)
      .message(
          "{0} has three values: true, false and null; WHERE NOT {0} leaves the rows with null out, and so "
          "does WHERE {0}.",
          name)
      .advice("{0} boolean NOT NULL DEFAULT false", sql_name(column));
}

// What a table becomes that the history does not show cannot be asked at the end.
void on_statement(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr || !context.is_unknown(alter->relation)) return;
  for (const new_columns::NewColumn& one : new_columns::of(context)) {
    if (!(new_columns::is_type(one, "bool") && one.column->type->array_dimensions == 0 &&
          may_be_null(*one.column)))
      continue;
    report(context.place(one.column->type->span), new_columns::name_of(one), one.column->name.text, out);
  }
}

bool is_asked(const catalog::Table& table) {
  const bool relation =
      table.kind == catalog::TableKind::Plain || table.kind == catalog::TableKind::Partitioned;
  return relation && table.persistence != catalog::Persistence::Temporary &&
         table.partition_of == catalog::kNoObject;
}

// Asked at the end: ADD COLUMN, UPDATE, SET NOT NULL is how a column that must not be null is added.
void on_history_end(const CheckContext& context, FindingSink& out) {
  for (const catalog::Table* table : context.catalog().tables()) {
    if (!is_asked(*table)) continue;
    for (const catalog::Column& column : table->columns) {
      const bool boolean = column.type.name == "bool" && column.type.array_dimensions == 0;
      if (!boolean || column.not_null || !column.local || !context.is_target(column.origin)) continue;
      report(column.origin.place, sql_name(*table) + "." + sql_name(column.name), column.name, out);
    }
  }
}

}  // namespace nullable_boolean_check

extern constexpr Check nullable_boolean{
    .since = "0.1.0",
    .summary = "A boolean column that may be null has a third value that queries forget.",
    .once_per_history = true,
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = nullable_boolean_check::on_statement,
    .on_history_end = nullable_boolean_check::on_history_end};

}  // namespace migcheck::checks
