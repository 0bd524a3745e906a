// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace trigger_toggled_check {

std::string_view word(const ast::AlterAction& action) {
  return action.type == ast::AlterAction::Type::DisableTrigger ? "DISABLE TRIGGER" : "ENABLE TRIGGER";
}

// SHARE ROW EXCLUSIVE: writers wait, readers do not. The work is a catalog row; the wait for open writers is
// what hurts.
void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr || context.is_new_here(alter->relation) || context.plan().no_op) return;
  for (const ast::AlterAction* action : alter->actions) {
    const bool disables = action->type == ast::AlterAction::Type::DisableTrigger;
    if (!disables && action->type != ast::AlterAction::Type::EnableTrigger) continue;
    const std::string table = sql_name(alter->relation);
    out.report(action->span)
        .message(
            "{0} takes SHARE ROW EXCLUSIVE on {1}: it waits for every open transaction that wrote to {1}, "
            "and "
            "INSERT, UPDATE and DELETE wait behind it until this transaction ends.{2}",
            word(*action), table,
            disables ? " Once committed, the trigger is off for everybody, the application included." : "")
        .advice("{}", disables
                          ? "SET LOCAL session_replication_role = replica;  -- turns triggers off for this "
                            "transaction alone, without a lock; foreign keys are not checked either"
                          : "SET lock_timeout = '2s';  -- before it, and try again when it runs out")
        .severity(context.severity_of_brief_lock())
        .about(context, {.name = std::string(alter->relation.name)});
  }
}

}  // namespace trigger_toggled_check

extern constexpr Check trigger_toggled{
    .since = "0.1.0",
    .summary = "ENABLE and DISABLE TRIGGER wait for all writers of a table, and block the next ones.",
    .severity = Severity::Warning,
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = trigger_toggled_check::run};

}  // namespace migcheck::checks
