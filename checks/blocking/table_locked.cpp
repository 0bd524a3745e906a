// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace table_locked_check {

// An explicit lock is held to the end of the transaction, whatever the statements after it need.
void run(const CheckContext& context, FindingSink& out) {
  const auto* lock = context.statement_as<ast::LockTable>();
  if (lock == nullptr) return;
  const auto mode = static_cast<LockMode>(lock->mode);
  if (!blocks_writes(mode)) return;
  for (const ast::RelationName& name : lock->relations) {
    if (context.is_new_here(name)) continue;
    out.report(name.span)
        .message("LOCK TABLE holds {} on {} until the transaction ends: {} wait for all that follows.",
                 to_string(mode), sql_name(name), blocks_reads(mode) ? "reads and writes" : "writes")
        .advice("{}",
                lock->nowait || context.is_wait_bounded()
                    ? "Leave it out if the statements after it take the locks that they need by themselves."
                    : "SET LOCAL lock_timeout = '2s';  -- before it; or leave it out: statements take the "
                      "locks that they need by themselves")
        .severity(lock->nowait ? Severity::Info : context.severity_of_brief_lock())
        .about(context, {.name = std::string(name.name)});
  }
}

}  // namespace table_locked_check

extern constexpr Check table_locked{
    .since = "0.1.0",
    .summary = "LOCK TABLE keeps writers, or everybody, out until the transaction ends.",
    .severity = Severity::Warning,
    .statements = {ast::NodeKind::LockTable},
    .on_statement = table_locked_check::run};

}  // namespace migcheck::checks
