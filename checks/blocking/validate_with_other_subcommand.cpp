// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace validate_with_other_subcommand_check {

// The ALTER TABLE takes the strongest lock that any subcommand needs and holds it for all of them.
void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr || alter->actions.size() < 2 || context.is_new_here(alter->relation)) return;
  LockMode strongest = LockMode::None;
  for (const Effect& effect : context.plan().effects) {
    if (!effect.of_index && effect.lock > strongest && effect.relation.name == alter->relation.name)
      strongest = effect.lock;
  }
  if (!blocks_writes(strongest)) return;
  for (const ast::AlterAction* action : alter->actions) {
    if (action->type != ast::AlterAction::Type::ValidateConstraint) continue;
    const std::string table = sql_name(alter->relation);
    out.report(action->span)
        .message(
            "VALIDATE CONSTRAINT reads every row of {} under SHARE UPDATE EXCLUSIVE when it stands alone. "
            "Here it runs under "
            "the {} that the other subcommands need: {} wait until it is done.",
            table, to_string(strongest), blocks_reads(strongest) ? "reads and writes" : "writes")
        .advice("Write it as a statement of its own, in a later transaction: ALTER TABLE {} {};", table,
                context.text(action->span))
        .about(context, {.name = std::string(alter->relation.name)});
  }
}

}  // namespace validate_with_other_subcommand_check

extern constexpr Check validate_with_other_subcommand{
    .since = "0.1.0",
    .summary = "VALIDATE CONSTRAINT beside another subcommand scans under its stronger lock.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = validate_with_other_subcommand_check::run};

}  // namespace migcheck::checks
