// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace matview_concurrent_without_unique_index_check {

// It compares old and new rows by that index.
void run(const CheckContext& context, FindingSink& out) {
  for (const PlanError& error : context.plan().errors) {
    if (!context.is_certain(error) || kind_of(error, context.statement()) != ErrorKind::RefreshConcurrently)
      continue;
    out.report(error.clause.empty() ? context.headline() : error.clause)
        .message("PostgreSQL will refuse this: {} (SQLSTATE {}).", error.message, error.code)
        .advice(
            "CREATE UNIQUE INDEX ON the view, over plain columns and without a predicate, and populate it "
            "once without CONCURRENTLY.");
    return;
  }
}

}  // namespace matview_concurrent_without_unique_index_check

extern constexpr Check matview_concurrent_without_unique_index{
    .since = "0.1.0",
    .summary = "REFRESH CONCURRENTLY needs a unique index and a populated view.",
    .on_statement = matview_concurrent_without_unique_index_check::run};

}  // namespace migcheck::checks
