// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace set_not_null_scan_check {

// From 18 on NOT NULL is a constraint that can be NOT VALID first; before, a validated CHECK lets SET NOT
// NULL skip its scan (12 and later).
std::string safe_form(const CheckContext& context, const std::string& table, std::string_view column) {
  const std::string name = sql_name(std::string(column) + "_not_null");
  if (context.pg_version() >= 18) {
    return fmt::format(
        "ALTER TABLE {0} ADD CONSTRAINT {2} NOT NULL {1} NOT VALID;\n"
        "ALTER TABLE {0} VALIDATE CONSTRAINT {2};  -- in a later transaction",
        table, sql_name(column), name);
  }
  return fmt::format(
      "ALTER TABLE {0} ADD CONSTRAINT {2} CHECK ({1} IS NOT NULL) NOT VALID;\n"
      "ALTER TABLE {0} VALIDATE CONSTRAINT {2};  -- in a later transaction\n"
      "ALTER TABLE {0} ALTER COLUMN {1} SET NOT NULL;\n"
      "ALTER TABLE {0} DROP CONSTRAINT {2};",
      table, sql_name(column), name);
}

// SET NOT NULL reads every row to prove that there is no null, under ACCESS EXCLUSIVE, unless a validated
// CHECK proves it. The plan has looked for one.
void run(const CheckContext& context, FindingSink& out) {
  for (const Effect& effect : context.effects({WorkReason::SetNotNull, WorkReason::NotNullConstraint})) {
    const ast::AlterAction* action = context.action_of(effect);
    if (!effect.scan || action == nullptr) continue;
    if (action->type == ast::AlterAction::Type::AddColumn) continue;  // without a default it fails anyway
    const bool constraint = effect.reason == WorkReason::NotNullConstraint && action->constraint != nullptr &&
                            !action->constraint->columns.empty();
    const std::string_view column = constraint ? action->constraint->columns[0].text : action->name.text;
    const std::string table = sql_name(effect.relation);
    out.report(effect.clause)
        .message(
            "PostgreSQL reads every row of {} under ACCESS EXCLUSIVE to see that {} holds no null: no read "
            "or write "
            "until it has.",
            table, sql_name(column))
        .advice("{}", safe_form(context, table, column))
        .about(context, effect.relation);
  }
}

}  // namespace set_not_null_scan_check

extern constexpr Check set_not_null_scan{
    .since = "0.1.0",
    .summary = "SET NOT NULL reads the whole table under ACCESS EXCLUSIVE.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = set_not_null_scan_check::run};

}  // namespace migcheck::checks
