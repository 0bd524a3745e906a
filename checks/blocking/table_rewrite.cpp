// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace table_rewrite_check {

std::string_view what(WorkReason reason) {
  switch (reason) {
    case WorkReason::Persistence:
      return "Switching between LOGGED and UNLOGGED";
    case WorkReason::Tablespace:
      return "Moving to another tablespace";
    case WorkReason::AccessMethod:
      return "Changing the access method";
    case WorkReason::Cluster:
      return "CLUSTER";
    case WorkReason::VacuumFull:
      return "VACUUM FULL";
    case WorkReason::SetExpression:
      return "Changing the expression of a stored generated column";
    default:
      return "This";
  }
}

// All of these write every row to a new file under ACCESS EXCLUSIVE, and need the disk space twice.
void run(const CheckContext& context, FindingSink& out) {
  for (const Effect& effect : context.effects(
           {WorkReason::Persistence, WorkReason::Tablespace, WorkReason::AccessMethod, WorkReason::Cluster,
            WorkReason::VacuumFull, WorkReason::DropOids, WorkReason::SetExpression})) {
    if (!effect.rewrite || effect.of_index) continue;
    const std::string table = sql_name(effect.relation);
    const bool compacts = effect.reason == WorkReason::VacuumFull || effect.reason == WorkReason::Cluster;
    out.report(effect.clause.empty() ? context.statement().span : effect.clause)
        .message(
            "{} writes every row of {} and all its indexes anew under ACCESS EXCLUSIVE: no read or write "
            "until it is done.",
            what(effect.reason), table)
        .advice("{}",
                compacts
                    ? "Let VACUUM free the space for new rows, or use pg_repack, which holds the lock only "
                      "briefly."
                    : "Make a second table of the new kind, copy the rows in batches, and swap the names.")
        .about(context, effect.relation);
  }
}

}  // namespace table_rewrite_check

extern constexpr Check table_rewrite{
    .since = "0.1.0",
    .summary = "A statement that writes the whole table anew under ACCESS EXCLUSIVE.",
    .on_statement = table_rewrite_check::run};

}  // namespace migcheck::checks
