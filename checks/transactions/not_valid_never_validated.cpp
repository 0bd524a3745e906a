// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace not_valid_never_validated_check {

// NOT VALID is half of the work: old rows were never checked, and the planner does not trust the constraint.
void run(const CheckContext& context, FindingSink& out) {
  for (const catalog::Table* table : context.catalog().tables()) {
    for (const catalog::Constraint& constraint : table->constraints) {
      if (constraint.valid || !constraint.enforced || !context.is_target(constraint.origin)) continue;
      if (context.is_new_here(constraint.origin))
        continue;  // made by the last change: the next one can validate it
      const std::string name = sql_name(RelationRef{table->id, table->schema, table->name});
      out.report(constraint.origin.place)
          .message(
              "The constraint {} on {} is NOT VALID, and no later migration validates it: the rows from "
              "before were never "
              "checked, and the planner cannot use it.",
              sql_name(constraint.name), name)
          .advice("In a later migration: ALTER TABLE {} VALIDATE CONSTRAINT {};", name,
                  sql_name(constraint.name));
    }
  }
}

}  // namespace not_valid_never_validated_check

extern constexpr Check not_valid_never_validated{
    .since = "0.1.0",
    .summary = "A NOT VALID constraint that no later migration validates.",
    .severity = Severity::Info,
    .on_history_end = not_valid_never_validated_check::run};

}  // namespace migcheck::checks
