// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace transaction_left_open_check {

// BEGIN without an end: PostgreSQL rolls the transaction back when the connection goes, without an error.
void run(const CheckContext& context, FindingSink& out) {
  if (context.transaction().kind != TransactionKind::Explicit || !context.is_last_in_file()) return;
  if (context.statement_as<ast::Transaction>() != nullptr || context.in_do_block()) return;
  const bool stays = context.transaction_model().keeps_session;
  FindingBuilder finding = out.report(context.headline());
  finding
      .message(
          "The transaction that BEGIN opened above is still open where the file ends: {}",
          stays ? fmt::format("{} goes on with the same connection, so the next file runs inside it, and a "
                              "failure there takes this one back too.",
                              context.transaction_model().tool)
                : std::string("when the connection closes, PostgreSQL rolls it back without a word, and "
                              "nothing of it stays."))
      .advice("COMMIT;  -- at the end of the file");
  const TransactionRecord& record = context.transaction();
  if (!record.steps.empty()) finding.note("the first statement in it", record.steps.front().place);
}

}  // namespace transaction_left_open_check

extern constexpr Check transaction_left_open{
    .since = "0.1.0",
    .summary = "A transaction that is still open where the file ends.",
    .severity = Severity::Error,
    .on_statement = transaction_left_open_check::run};

}  // namespace migcheck::checks
