// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace foreign_key_not_valid_on_partitioned_check {

// From 18 on it is allowed.
void run(const CheckContext& context, FindingSink& out) {
  for (const PlanError& error : context.plan().errors) {
    if (!context.is_certain(error) || kind_of(error, context.statement()) != ErrorKind::PartitionedForeignKey)
      continue;
    out.report(error.clause.empty() ? context.headline() : error.clause)
        .message("PostgreSQL will refuse this: {} (SQLSTATE {}). It is possible from PostgreSQL 18 on.",
                 error.message, error.code)
        .advice(
            "Add the foreign key with NOT VALID to each partition, validate each, then add it to the parent: "
            "the partitions' own are taken over without another scan.");
    return;
  }
}

}  // namespace foreign_key_not_valid_on_partitioned_check

extern constexpr Check foreign_key_not_valid_on_partitioned{
    .since = "0.1.0",
    .summary = "A NOT VALID foreign key on a partitioned table is refused before PostgreSQL 18.",
    .max_pg = 17,
    .on_statement = foreign_key_not_valid_on_partitioned_check::run};

}  // namespace migcheck::checks
