// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace unique_without_index_check {

// The columns of the constraint, or the column that brings it.
std::string columns_of(const ast::AlterAction& action) {
  if (action.constraint != nullptr) return sql_names(action.constraint->columns);
  return action.column == nullptr ? "…" : sql_name(action.column->name.text);
}

std::string name_of(const Effect& effect, const ast::AlterAction& action) {
  if (action.constraint != nullptr && !action.constraint->name.empty())
    return sql_name(action.constraint->name.text);
  return effect.builds.empty() ? sql_name(effect.relation.name + "_key") : sql_name(effect.builds.front());
}

// The index behind the constraint is built inside the ALTER, under ACCESS EXCLUSIVE. USING INDEX takes one
// that was built before.
void run(const CheckContext& context, FindingSink& out) {
  for (const Effect* effect : context.effects({WorkReason::UniqueIndex})) {
    const ast::AlterAction* action = context.action_of(*effect);
    if (effect->builds.empty() || action == nullptr) continue;
    const std::string table = sql_name(effect->relation);
    const std::string name = name_of(*effect, *action);
    FindingBuilder finding = out.report(effect->clause);
    finding
        .message(
            "Adding this UNIQUE builds its index under ACCESS EXCLUSIVE: no read or write of {} until every "
            "row has been "
            "read and sorted.",
            table)
        .about(context, effect->relation);
    const auto* held = context.catalog().get<catalog::Table>(effect->relation.id);
    if (held != nullptr && held->kind == catalog::TableKind::Partitioned) {
      finding.advice(
          "USING INDEX is not possible on a partitioned table. Build a unique index on each partition "
          "CONCURRENTLY, add "
          "the constraint to each with USING INDEX, then to the parent: the partitions' own are then "
          "attached.");
      continue;
    }
    finding.advice(
        "CREATE UNIQUE INDEX CONCURRENTLY {0} ON {1} ({2});\nALTER TABLE {1} ADD CONSTRAINT {0} UNIQUE USING "
        "INDEX {0};",
        name, table, columns_of(*action));
  }
}

}  // namespace unique_without_index_check

extern constexpr Check unique_without_index{.since = "0.1.0",
                                            .summary = "ADD UNIQUE builds its index under ACCESS EXCLUSIVE.",
                                            .on_statement = unique_without_index_check::run};

}  // namespace migcheck::checks
