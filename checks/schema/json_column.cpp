// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"
#include "new_columns.hpp"

namespace migcheck::checks {
namespace json_column_check {

void run(const CheckContext& context, FindingSink& out) {
  for (const new_columns::NewColumn& one : new_columns::of(context)) {
    if (!(new_columns::is_type(one, "json"))) continue;
    out.report(one.column->type->span)
        .message(
            "{0} is json: each read parses the text again, it cannot be compared, so DISTINCT, GROUP BY and "
            "UNION over it fail, and no index can look into it.",
            new_columns::name_of(one))
        .advice("{0} jsonb", sql_name(one.column->name.text));
  }
}

}  // namespace json_column_check

extern constexpr Check json_column{.since = "0.1.0",
                                   .summary = "A json column cannot be compared or indexed; jsonb can.",
                                   .preset = Preset::Safety,
                                   .once_per_history = true,
                                   .statements = {ast::NodeKind::CreateTable, ast::NodeKind::AlterTable},
                                   .on_statement = json_column_check::run};

}  // namespace migcheck::checks
