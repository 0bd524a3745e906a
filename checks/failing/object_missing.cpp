// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace object_missing_check {

// The history is complete there and never made it, or made it and dropped it.
void run(const CheckContext& context, FindingSink& out) {
  for (const PlanError& error : context.plan().errors) {
    if (!context.is_certain(error) || kind_of(error, context.statement()) != ErrorKind::ObjectMissing)
      continue;
    if (!error.instead.empty()) {
      out.report(error.clause.empty() ? context.headline() : error.clause)
          .message(
              "PostgreSQL will refuse this: {} (SQLSTATE {}). It is the type of another database, and no "
              "migration before this one makes a domain of that name.",
              error.message, error.code)
          .advice("{}", error.instead);
      return;
    }
    out.report(error.clause.empty() ? context.headline() : error.clause)
        .message(
            "PostgreSQL will refuse this: {} (SQLSTATE {}). The migrations before this one do not make it, "
            "or drop it again.",
            error.message, error.code)
        .advice(
            "Mend the name, or the order of the files. If something outside the migrations makes it, name "
            "a dump of that schema under schema_dumps in migcheck.yaml.");
    return;
  }
}

}  // namespace object_missing_check

extern constexpr Check object_missing{
    .since = "0.1.0",
    .summary = "A statement that needs what the replayed history says is not there.",
    .on_statement = object_missing_check::run};

}  // namespace migcheck::checks
