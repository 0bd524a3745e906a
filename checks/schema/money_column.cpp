// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"
#include "new_columns.hpp"

namespace migcheck::checks {
namespace money_column_check {

void run(const CheckContext& context, FindingSink& out) {
  for (const new_columns::NewColumn& one : new_columns::of(context)) {
    if (!(new_columns::is_type(one, "money"))) continue;
    out.report(one.column->type->span)
        .message(
            "{0} is of type money: how many digits it holds and how it is written depend on the setting "
            "lc_monetary of the server, and it knows no currency.",
            new_columns::name_of(one))
        .advice("{0} numeric(19, 4), and a column for the currency", sql_name(one.column->name.text));
  }
}

}  // namespace money_column_check

extern constexpr Check money_column{.since = "0.1.0",
                                    .summary = "A column of type money depends on the locale of the server.",
                                    .statements = {ast::NodeKind::CreateTable, ast::NodeKind::AlterTable},
                                    .on_statement = money_column_check::run};

}  // namespace migcheck::checks
