// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace index_invalid_left_behind_check {

// An index ON ONLY a partitioned table is a frame: it is valid once every partition has one attached to it.
void run(const CheckContext& context, FindingSink& out) {
  for (const catalog::Table* table : context.catalog().tables()) {
    for (const catalog::Index* index : context.catalog().indexes_of(table->id)) {
      if (index->valid || !index->only_parent || index->uncertain || !context.is_target(index->origin))
        continue;
      const auto partitions = context.catalog().children_of(table->id);
      if (partitions.empty()) continue;
      out.report(index->origin.place)
          .message(
              "The index {0} ON ONLY {1} is still INVALID at the end of the migrations: not every partition "
              "of {1} has an "
              "index attached to it, so no query uses it, and a UNIQUE one holds nothing to its rule across "
              "partitions.",
              sql_name(index->name), sql_name(*table))
          .advice(
              "For each partition: CREATE INDEX CONCURRENTLY … ON partition (…); then ALTER INDEX {} ATTACH "
              "PARTITION ….",
              sql_name(*index));
    }
  }
}

}  // namespace index_invalid_left_behind_check

extern constexpr Check index_invalid_left_behind{
    .since = "0.1.0",
    .summary = "An index ON ONLY a partitioned table that is never completed.",
    .on_history_end = index_invalid_left_behind_check::run};

}  // namespace migcheck::checks
