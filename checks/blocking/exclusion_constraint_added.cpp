// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace exclusion_constraint_added_check {

// There is neither NOT VALID nor USING INDEX for an exclusion constraint: on a table with rows, the only safe
// way is another table.
void run(const CheckContext& context, FindingSink& out) {
  for (const Effect& effect : context.effects({WorkReason::ExclusionConstraint})) {
    if (effect.builds.empty() || context.action_of(effect) == nullptr) continue;
    out.report(effect.clause)
        .message(
            "Adding this exclusion constraint builds its index under ACCESS EXCLUSIVE: no read or write of "
            "{} until "
            "every row has been read. There is no NOT VALID and no USING INDEX form.",
            sql_name(effect.relation))
        .advice(
            "Do it while nobody uses the table, or make a new table that has the constraint and move the "
            "rows over in "
            "batches.")
        .about(context, effect.relation);
  }
}

}  // namespace exclusion_constraint_added_check

extern constexpr Check exclusion_constraint_added{
    .since = "0.1.0",
    .summary = "ADD EXCLUDE builds its index under ACCESS EXCLUSIVE, and has no gentler form.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = exclusion_constraint_added_check::run};

}  // namespace migcheck::checks
