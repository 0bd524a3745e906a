// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace column_type_index_rebuild_check {

// The rows stay, but an index on the column is built anew or a CHECK is run over all rows, under the ACCESS
// EXCLUSIVE of the ALTER.
void run(const CheckContext& context, FindingSink& out) {
  for (const Effect* effect :
       context.effects({WorkReason::TypeChange, WorkReason::CollationChange, WorkReason::UnknownTypeChange,
                        WorkReason::IndexRebuild, WorkReason::CheckConstraint})) {
    const ast::AlterAction* action = context.action_of(*effect);
    if (action == nullptr || action->type != ast::AlterAction::Type::SetType || effect->rewrite ||
        (effect->builds.empty() && !effect->scan))
      continue;
    const std::string table = sql_name(effect->relation);
    const std::string work = effect->builds.empty()
                                 ? "reads every row to check a constraint on it again"
                                 : fmt::format("builds {} anew", fmt::join(effect->builds, ", "));
    out.report(effect->clause)
        .message(
            "Changing the type of {}.{} does not rewrite the table, but PostgreSQL {} under ACCESS "
            "EXCLUSIVE: no read or "
            "write until it is done.",
            table, sql_name(action->name.text), work)
        .advice(
            "{}",
            effect->builds.empty()
                ? std::string("Drop the CHECK first, change the type, add the CHECK again with NOT VALID and "
                              "validate it later.")
                : fmt::format(
                      "Take the index out of the way first: DROP INDEX CONCURRENTLY {}; change the type; "
                      "then build it again with CREATE INDEX CONCURRENTLY. (One behind a constraint: drop "
                      "the constraint, and add it again with USING INDEX.)",
                      fmt::join(effect->builds, "; DROP INDEX CONCURRENTLY ")))
        .about(context, effect->relation);
  }
}

}  // namespace column_type_index_rebuild_check

extern constexpr Check column_type_index_rebuild{
    .since = "0.1.0",
    .summary = "A change of type rebuilds an index or re-checks a constraint under a lock.",
    .on_statement = column_type_index_rebuild_check::run};

}  // namespace migcheck::checks
