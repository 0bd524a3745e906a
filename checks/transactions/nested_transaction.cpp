// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace nested_transaction_check {

// BEGIN inside a transaction opens none: PostgreSQL gives a warning, and the COMMIT that belongs to it ends
// the outer one.
void run(const CheckContext& context, FindingSink& out) {
  const auto* transaction = context.statement_as<ast::Transaction>();
  if (transaction == nullptr || transaction->action != ast::Transaction::Action::Begin) return;
  const TransactionKind kind = context.transaction().kind;
  if (kind == TransactionKind::Tool) {
    out.report(transaction->span)
        .message(
            "{0} has opened a transaction around this file already: this BEGIN does nothing, and the COMMIT "
            "that follows "
            "ends {0}'s own. What comes after it is no longer in a transaction, nor is {0}'s record that the "
            "file ran.",
            context.transaction_model().tool)
        .advice("Remove BEGIN and COMMIT: the file is one transaction as it is.");
  } else if (kind == TransactionKind::Explicit) {
    out.report(transaction->span)
        .message(
            "A transaction is open already: this BEGIN does nothing, and the next COMMIT ends all of it.")
        .advice("COMMIT the first before, or use SAVEPOINT for a part that can be rolled back alone.");
  }
}

}  // namespace nested_transaction_check

extern constexpr Check nested_transaction{
    .since = "0.1.0",
    .summary = "BEGIN inside a transaction does nothing, and its COMMIT ends the outer one.",
    .statements = {ast::NodeKind::Transaction},
    .on_statement = nested_transaction_check::run};

}  // namespace migcheck::checks
