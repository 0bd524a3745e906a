// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace primary_key_using_nullable_index_check {

// A primary key's columns are NOT NULL. Where they are not yet, PostgreSQL reads every row to prove it, under
// ACCESS EXCLUSIVE, though the index is ready.
void run(const CheckContext& context, FindingSink& out) {
  for (const Effect* effect : context.effects({WorkReason::PrimaryKey, WorkReason::SetNotNull})) {
    const ast::AlterAction* action = context.action_of(*effect);
    if (!effect->scan || !effect->builds.empty() || action == nullptr || action->constraint == nullptr)
      continue;
    if (action->constraint->using_index.empty()) continue;
    const std::string table = sql_name(effect->relation);
    out.report(effect->clause)
        .message(
            "The index {} is ready, but its columns may hold nulls: PostgreSQL reads every row of {} under "
            "ACCESS "
            "EXCLUSIVE to see that none does.",
            sql_name(action->constraint->using_index.text), table)
        .advice(
            "First prove it: add CHECK (… IS NOT NULL) NOT VALID for each column, VALIDATE it in a later "
            "transaction, and "
            "then add the primary key.")
        .about(context, effect->relation);
    return;
  }
}

}  // namespace primary_key_using_nullable_index_check

extern constexpr Check primary_key_using_nullable_index{
    .since = "0.1.0",
    .summary = "PRIMARY KEY USING INDEX over nullable columns reads the table under a lock.",
    .on_statement = primary_key_using_nullable_index_check::run};

}  // namespace migcheck::checks
