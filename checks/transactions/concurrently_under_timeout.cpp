// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace concurrently_under_timeout_check {

bool is_concurrent(const CheckContext& context) {
  if (const auto* create = context.statement_as<ast::CreateIndex>()) return create->concurrently;
  if (const auto* drop = context.statement_as<ast::Drop>()) return drop->concurrently;
  const auto* reindex = context.statement_as<ast::Reindex>();
  return reindex != nullptr && reindex->concurrently;
}

// A concurrent build waits for old transactions without blocking anybody; a timeout cuts that wait off and
// leaves an INVALID index.
void run(const CheckContext& context, FindingSink& out) {
  if (!is_concurrent(context) || context.in_transaction()) return;
  const Session& session = context.session();
  const bool by_lock = session.lock_timeout_ms > 0;
  const bool by_statement = session.statement_timeout_ms > 0;
  if (!by_lock && !by_statement) return;
  const std::string_view name = by_lock ? "lock_timeout" : "statement_timeout";
  out.report(context.headline())
      .message(
          "With {} = {} ms this is cancelled when {} that long, and an INVALID index stays behind.", name,
          by_lock ? session.lock_timeout_ms : session.statement_timeout_ms,
          by_lock ? "an older transaction that it waits for runs" : "its waits and the build together take")
      .advice("SET {} = 0;  -- before it: a concurrent build blocks nobody while it waits", name);
}

}  // namespace concurrently_under_timeout_check

extern constexpr Check concurrently_under_timeout{
    .since = "0.1.0",
    .summary = "A concurrent index build under a timeout leaves an INVALID index when it runs out.",
    .on_statement = concurrently_under_timeout_check::run};

}  // namespace migcheck::checks
