// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace timeout_too_long_check {

// Longer than people wait for a page: the timeout no longer protects anybody.
void run(const CheckContext& context, FindingSink& out) {
  const auto* set = context.statement_as<ast::SetVariable>();
  if (set == nullptr || set->name != "lock_timeout" || set->values.empty()) return;
  const std::optional<std::int64_t> value = timeout_ms(set->values[0]);
  const std::int64_t longest = context.settings().timeouts.longest_lock_timeout_ms;
  if (!value || *value <= longest) return;
  out.report(set->span)
      .message(
          "With a lock_timeout of {} every query of the table can wait that long behind this migration: "
          "longer than the "
          "{} ms that this project allows.",
          set->values[0], longest)
      .advice("SET lock_timeout = '2s';  -- and try again when it runs out");
}

}  // namespace timeout_too_long_check

extern constexpr Check timeout_too_long{.since = "0.1.0",
                                        .summary = "A lock_timeout so long that it protects nobody.",
                                        .statements = {ast::NodeKind::SetVariable},
                                        .on_statement = timeout_too_long_check::run};

}  // namespace migcheck::checks
