// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace partition_attach_scan_check {

// The bound's condition is checked on every row of the new partition, and on the DEFAULT partition, which may
// hold rows that now belong elsewhere: both under ACCESS EXCLUSIVE. A validated CHECK that implies it saves
// the scan.
void run(const CheckContext& context, FindingSink& out) {
  for (const Effect& effect : context.effects({WorkReason::PartitionBound, WorkReason::DefaultPartition})) {
    const ast::AlterAction* action = context.action_of(effect);
    if (!effect.scan) continue;
    const bool of_default = effect.reason == WorkReason::DefaultPartition;
    const std::string table = sql_name(effect.relation);
    out.report(effect.clause.empty() ? context.statement().span : effect.clause)
        .message(
            "PostgreSQL reads every row of {} under ACCESS EXCLUSIVE to see that {}: no read or write there "
            "until it has.",
            of_default ? "the default partition " + table : table,
            of_default ? "none belongs to the new partition" : "each fits the partition's bound")
        .advice(
            "First give {0} a CHECK that says the same{1} (ADD CONSTRAINT … CHECK (…) NOT VALID, VALIDATE it "
            "in a later "
            "transaction); {2} then reads nothing, and the CHECK can go.",
            table, of_default ? " in the negative" : " (the key IS NOT NULL included)",
            action == nullptr ? "the statement" : "ATTACH")
        .about(context, effect.relation);
  }
}

}  // namespace partition_attach_scan_check

extern constexpr Check partition_attach_scan{
    .since = "0.1.0",
    .summary = "A new partition is read, or the default one, under ACCESS EXCLUSIVE.",
    .on_statement = partition_attach_scan_check::run};

}  // namespace migcheck::checks
