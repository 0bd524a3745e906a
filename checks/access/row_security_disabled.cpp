// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace row_security_disabled_check {

void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr) return;
  const catalog::Table* table = context.table(alter->relation);
  if (table != nullptr && !table->row_security) return;
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
    .on_statement = row_security_disabled_check::run};

}  // namespace migcheck::checks
