// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace partition_key_missing_in_unique_check {

// Each partition has an index of its own: uniqueness over all of them needs the key in it.
void run(const CheckContext& context, FindingSink& out) {
  for (const PlanError& error : context.plan().errors) {
    if (!context.is_certain(error) || kind_of(error, context.statement()) != ErrorKind::PartitionKey)
      continue;
    out.report(error.clause.empty() ? context.headline() : error.clause)
        .message("PostgreSQL will refuse this: {} (SQLSTATE {}).", error.message, error.code)
        .advice(
            "Put the partition key into it. Uniqueness without the key cannot be had on a partitioned "
            "table.");
    return;
  }
}

}  // namespace partition_key_missing_in_unique_check

extern constexpr Check partition_key_missing_in_unique{
    .since = "0.1.0",
    .summary = "A unique constraint on a partitioned table must contain the partition key.",
    .on_statement = partition_key_missing_in_unique_check::run};

}  // namespace migcheck::checks
