// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace object_exists_check {

// Made before, and not dropped since.
void run(const CheckContext& context, FindingSink& out) {
  for (const PlanError& error : context.plan().errors) {
    if (!context.is_certain(error) || kind_of(error, context.statement()) != ErrorKind::ObjectExists)
      continue;
    out.report(error.clause.empty() ? context.headline() : error.clause)
        .message("PostgreSQL will refuse this: {} (SQLSTATE {}). An earlier statement makes it.",
                 error.message, error.code)
        .advice(
            "Remove the second one, or write IF NOT EXISTS if both databases with and without it are meant.");
    return;
  }
}

}  // namespace object_exists_check

extern constexpr Check object_exists{
    .since = "0.1.0",
    .summary = "A statement that makes what the replayed history says is there already.",
    .on_statement = object_exists_check::run};

}  // namespace migcheck::checks
