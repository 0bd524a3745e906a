// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace concurrent_index_on_partitioned_check {

// The parent has no storage: there is nothing to build concurrently.
void run(const CheckContext& context, FindingSink& out) {
  for (const PlanError& error : context.plan().errors) {
    if (!context.is_certain(error) ||
        kind_of(error, context.statement()) != ErrorKind::PartitionedConcurrently)
      continue;
    out.report(error.clause.empty() ? context.headline() : error.clause)
        .message("PostgreSQL will refuse this: {} (SQLSTATE {}).", error.message, error.code)
        .advice(
            "CREATE INDEX … ON ONLY the parent, CREATE INDEX CONCURRENTLY on each partition, and ALTER INDEX "
            "… ATTACH PARTITION for each of them.");
    return;
  }
}

}  // namespace concurrent_index_on_partitioned_check

extern constexpr Check concurrent_index_on_partitioned{
    .since = "0.1.0",
    .summary = "CREATE INDEX CONCURRENTLY on a partitioned table is refused.",
    .on_statement = concurrent_index_on_partitioned_check::run};

}  // namespace migcheck::checks
