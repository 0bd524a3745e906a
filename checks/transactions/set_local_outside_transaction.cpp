// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace set_local_outside_transaction_check {

// Outside a transaction SET LOCAL gives a warning and has no effect.
void run(const CheckContext& context, FindingSink& out) {
  const auto* set = context.statement_as<ast::SetVariable>();
  if (set == nullptr || !set->local || context.in_transaction() || context.in_do_block()) return;
  out.report(set->span)
      .message(
          "SET LOCAL has no effect here: there is no transaction, and PostgreSQL only gives a warning. {} "
          "stays as it was.",
          set->name)
      .advice("SET {} = {};  -- for the session; or open a transaction before it", set->name,
              set->values.empty() ? "…" : fmt::format("'{}'", set->values[0]));
}

}  // namespace set_local_outside_transaction_check

extern constexpr Check set_local_outside_transaction{
    .since = "0.1.0",
    .summary = "SET LOCAL outside a transaction has no effect.",
    .statements = {ast::NodeKind::SetVariable},
    .on_statement = set_local_outside_transaction_check::run};

}  // namespace migcheck::checks
