// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace enum_value_used_in_same_transaction_check {

// A new value is not safe to use before its transaction is committed.
void run(const CheckContext& context, FindingSink& out) {
  if (context.maybe_run()) return;
  for (const PlanError& error : context.plan().errors) {
    if (error.unseen || kind_of(error, context.statement()) != ErrorKind::EnumValue) continue;
    out.report(error.clause.empty() ? context.statement().span : error.clause)
        .message(
            "PostgreSQL will refuse this: {} (SQLSTATE {}). A value that ALTER TYPE … ADD VALUE adds can be "
            "used once it is committed.",
            error.message, error.code)
        .advice("Add the value in a migration (a transaction) of its own, before this one.");
    return;
  }
}

}  // namespace enum_value_used_in_same_transaction_check

extern constexpr Check enum_value_used_in_same_transaction{
    .since = "0.1.0",
    .summary = "A new enum value cannot be used in the transaction that adds it.",
    .on_statement = enum_value_used_in_same_transaction_check::run};

}  // namespace migcheck::checks
