// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace row_security_disabled_check {

// Under the ACCESS EXCLUSIVE lock that both take, nobody else sees the table in between.
bool is_enabled_again(const CheckContext& context, const ast::QualifiedName& name) {
  for (const ast::Statement* later : context.rest_of_transaction({name.name})) {
    const auto* alter = ast::as<ast::AlterTable>(later);
    if (alter == nullptr || alter->relation.name != name.name || alter->relation.schema != name.schema)
      continue;
    const bool enables =
        std::any_of(alter->actions.begin(), alter->actions.end(), [](const ast::AlterAction* action) {
          return action->type == ast::AlterAction::Type::EnableRowSecurity;
        });
    if (enables) return true;
  }
  return false;
}

void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr) return;
  const catalog::Table* table = context.table(alter->relation);
  if (table != nullptr && !table->row_security) return;
  if (is_enabled_again(context, alter->relation)) return;
  for (const ast::AlterAction* action : alter->actions) {
    if (action->type != ast::AlterAction::Type::DisableRowSecurity) continue;
    out.report(action->span)
        .message("From here on the policies of {} filter nothing: every role with SELECT sees every row.",
                 sql_name(alter->relation))
        .advice("for a backfill, run it as a role with BYPASSRLS instead, and leave row level security on");
  }
}

}  // namespace row_security_disabled_check

extern constexpr Check row_security_disabled{
    .since = "0.1.0",
    .summary = "DISABLE ROW LEVEL SECURITY shows every row to everybody who may read the table.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = row_security_disabled_check::run};

}  // namespace migcheck::checks
