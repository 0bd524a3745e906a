// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace statement_refused_check {

// Who writes what only newer servers read has one: it is said which version all other findings hold for.
void report_if_old(const CheckContext& context, FindingSink& out, const PlanError& error) {
  out.report(error.clause.empty() ? context.headline() : error.clause)
      .message(
          "PostgreSQL {} does not read this ({}). Nothing says which version runs it, and {} is assumed.",
          context.pg_version(), error.message, context.pg_version())
      .advice("Name the oldest server that runs the files: `postgres: …` in migcheck.yaml, or --pg-version")
      .severity(Severity::Info);
}

// Whatever else the plan is certain of; the more specific checks speak of the rest.
void run(const CheckContext& context, FindingSink& out) {
  if (context.plan().if_old) report_if_old(context, out, *context.plan().if_old);
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
