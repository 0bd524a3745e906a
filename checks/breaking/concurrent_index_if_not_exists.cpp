// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace concurrent_index_if_not_exists_check {

// The remains of a failed try are dropped before.
bool is_dropped_before(const CheckContext& context, std::string_view name) {
  for (const ast::Statement* earlier : context.earlier_in_file()) {
    const auto* drop = ast::as<ast::Drop>(earlier);
    if (drop == nullptr || drop->object != ast::ObjectType::Index) continue;
    for (const ast::ObjectName& dropped : drop->names) {
      if (dropped.name.name == name) return true;
    }
  }
  return false;
}

// A build that failed leaves an INVALID index of that name, and IF NOT EXISTS is content with it.
void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateIndex>();
  if (create == nullptr || !create->concurrently || !create->if_not_exists || create->name.empty()) return;
  if (context.is_refused() || context.is_new_here(create->table)) return;
  if (is_dropped_before(context, create->name.text)) return;
  const std::string name = sql_name(create->name.text);
  out.report(create->span)
      .message(
          "If an earlier try to build {0} failed, an INVALID index of that name is left, and IF NOT EXISTS "
          "takes it for "
          "done: the migration succeeds, and no query uses the index.",
          name)
      .advice(
          "Before it, as a statement of its own: DROP INDEX CONCURRENTLY IF EXISTS {}; Then leave IF NOT "
          "EXISTS out, or "
          "keep it.",
          name);
}

}  // namespace concurrent_index_if_not_exists_check

extern constexpr Check concurrent_index_if_not_exists{
    .since = "0.1.0",
    .summary = "CREATE INDEX CONCURRENTLY IF NOT EXISTS is content with an INVALID index.",
    .on_statement = concurrent_index_if_not_exists_check::run};

}  // namespace migcheck::checks
