// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace not_in_transaction_check {

bool is_concurrent(const CheckContext& context) {
  return context.plan().not_in_transaction.find("CONCURRENTLY") != std::string_view::npos;
}

// VACUUM, CREATE DATABASE, ALTER SYSTEM and their like begin transactions of their own. CONCURRENTLY is
// concurrently-in-transaction's.
void run(const CheckContext& context, FindingSink& out) {
  if (context.plan().not_in_transaction.empty() || is_concurrent(context)) return;
  const bool in_do_block = context.in_do_block();
  if (!context.in_transaction() && !in_do_block) return;
  out.report(context.headline())
      .message("{} cannot run inside {}: PostgreSQL refuses it with an error, and the migration stops here.",
               context.plan().not_in_transaction,
               in_do_block ? "a DO block" : "a transaction block" + context.transaction_origin())
      .advice("{}", in_do_block ? "Write it as a statement of its own." : context.how_to_leave_transaction());
}

}  // namespace not_in_transaction_check

extern constexpr Check not_in_transaction{
    .since = "0.1.0",
    .summary = "VACUUM, CREATE DATABASE, ALTER SYSTEM and their like are refused inside a transaction.",
    .on_statement = not_in_transaction_check::run};

}  // namespace migcheck::checks
