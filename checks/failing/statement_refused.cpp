// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace statement_refused_check {

// Whatever else the plan is certain of; the more specific checks speak of the rest.
void run(const CheckContext& context, FindingSink& out) {
  for (const PlanError& error : context.plan().errors) {
    if (!context.is_certain(error) || kind_of(error, context.statement()) != ErrorKind::Other) continue;
    out.report(error.clause.empty() ? context.headline() : error.clause)
        .message("PostgreSQL will refuse this: {} (SQLSTATE {}).", error.message, error.code)
        .advice(
            "{}",
            error.code == "42601"
                ? fmt::format("PostgreSQL {} does not read this, newer versions do. If no server is as old, "
                              "say so with --pg-version; else write it as {} reads it.",
                              context.pg_version(), context.pg_version())
                : std::string("Mend the statement: the migration stops here with this error."));
    return;
  }
}

}  // namespace statement_refused_check

extern constexpr Check statement_refused{
    .since = "0.1.0",
    .summary = "A statement that PostgreSQL refuses for sure, given the schema at this point.",
    .on_statement = statement_refused_check::run};

}  // namespace migcheck::checks
