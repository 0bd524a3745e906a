// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace constraint_on_missing_index_check {

// The index must be there, on this table, valid, unique, and over plain columns.
void run(const CheckContext& context, FindingSink& out) {
  for (const PlanError& error : context.plan().errors) {
    if (!context.is_certain(error) || kind_of(error, context.statement()) != ErrorKind::ConstraintIndex)
      continue;
    out.report(error.clause.empty() ? context.headline() : error.clause)
        .message("PostgreSQL will refuse this: {} (SQLSTATE {}).", error.message, error.code)
        .advice(
            "Build it first: CREATE UNIQUE INDEX CONCURRENTLY … ON the same table, over plain columns, "
            "without a predicate.");
    return;
  }
}

}  // namespace constraint_on_missing_index_check

extern constexpr Check constraint_on_missing_index{
    .since = "0.1.0",
    .summary = "A constraint USING INDEX needs an index that can be used for it.",
    .on_statement = constraint_on_missing_index_check::run};

}  // namespace migcheck::checks
