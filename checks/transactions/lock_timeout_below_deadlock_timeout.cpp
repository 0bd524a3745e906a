// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace lock_timeout_below_deadlock_timeout_check {

// Autovacuum gives way only after the waiting statement has waited for deadlock_timeout, 1 s by default.
void run(const CheckContext& context, FindingSink& out) {
  const auto* set = context.statement_as<ast::SetVariable>();
  if (set == nullptr || set->name != "lock_timeout" || set->values.empty()) return;
  const std::optional<std::int64_t> value = timeout_ms(set->values[0]);
  if (!value || *value <= 0 || *value > 1000) return;
  out.report(set->span)
      .message(
          "A lock_timeout of {} ms never gets past a running autovacuum: it gives way only to a statement "
          "that has waited "
          "for deadlock_timeout, 1 s unless the server says otherwise.",
          *value)
      .advice("SET lock_timeout = '2s';");
}

}  // namespace lock_timeout_below_deadlock_timeout_check

extern constexpr Check lock_timeout_below_deadlock_timeout{
    .since = "0.1.0",
    .summary = "A lock_timeout of a second or less never gets past a running autovacuum.",
    .severity = Severity::Info,
    .statements = {ast::NodeKind::SetVariable},
    .on_statement = lock_timeout_below_deadlock_timeout_check::run};

}  // namespace migcheck::checks
