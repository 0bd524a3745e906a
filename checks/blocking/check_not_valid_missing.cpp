// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace check_not_valid_missing_check {

// The expression as written, to be repeated in the advice.
std::string safe_form(const CheckContext& context, const Effect& effect, const ast::AlterAction& action) {
  const std::string table = sql_name(effect.relation);
  if (action.constraint == nullptr) {
    return "Add the column without the CHECK. Then ALTER TABLE " + table +
           " ADD CONSTRAINT … CHECK (…) NOT VALID, and VALIDATE CONSTRAINT in a later transaction. (In ADD "
           "COLUMN there "
           "is no NOT VALID.)";
  }
  const bool named = !action.constraint->name.empty();
  const std::string name =
      named ? sql_name(action.constraint->name.text) : sql_name(effect.relation.name + "_check");
  std::string text(context.text(action.span));
  if (!named) text = "ADD CONSTRAINT " + name + text.substr(std::string_view("ADD").size());
  return fmt::format(
      "ALTER TABLE {0} {1} NOT VALID;\nALTER TABLE {0} VALIDATE CONSTRAINT {2};  -- in a later transaction",
      table, text, name);
}

// A new CHECK is run over every row under ACCESS EXCLUSIVE; with NOT VALID only new rows are checked, and
// VALIDATE reads the others under a lock that nobody feels.
void run(const CheckContext& context, FindingSink& out) {
  for (const Effect& effect : context.effects({WorkReason::CheckConstraint})) {
    const ast::AlterAction* action = context.action_of(effect);
    if (!effect.scan || action == nullptr) continue;
    if (action->type == ast::AlterAction::Type::SetType) continue;  // column-type-index-rebuild speaks of it
    out.report(effect.clause)
        .message(
            "PostgreSQL reads every row of {} under ACCESS EXCLUSIVE to see that each satisfies the new "
            "CHECK: no read "
            "or write until it has.",
            sql_name(effect.relation))
        .advice("{}", safe_form(context, effect, *action))
        .about(context, effect.relation);
  }
}

}  // namespace check_not_valid_missing_check

extern constexpr Check check_not_valid_missing{
    .since = "0.1.0",
    .summary = "ADD CONSTRAINT CHECK without NOT VALID reads the table under ACCESS EXCLUSIVE.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = check_not_valid_missing_check::run};

}  // namespace migcheck::checks
