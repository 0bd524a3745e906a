// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"
#include "new_columns.hpp"

namespace migcheck::checks {
namespace nullable_boolean_check {

using Type = ast::ConstraintDefinition::Type;

bool may_be_null(const ast::ColumnDefinition& column) {
  return column.find(Type::NotNull) == nullptr && column.find(Type::PrimaryKey) == nullptr;
}

void run(const CheckContext& context, FindingSink& out) {
  for (const new_columns::NewColumn& one : new_columns::of(context)) {
    if (!(new_columns::is_type(one, "bool") && one.column->type->array_dimensions == 0 &&
          may_be_null(*one.column)))
      continue;
    out.report(one.column->type->span)
        .message(
            "{0} has three values: true, false and null; WHERE NOT {0} leaves the rows with null out, and so "
            "does WHERE {0}.",
            new_columns::name_of(one))
        .advice("{0} boolean NOT NULL DEFAULT false", sql_name(one.column->name.text));
  }
}

}  // namespace nullable_boolean_check

extern constexpr Check nullable_boolean{
    .since = "0.1.0",
    .summary = "A boolean column that may be null has a third value that queries forget.",
    .once_per_history = true,
    .on_statement = nullable_boolean_check::run};

}  // namespace migcheck::checks
