// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace concurrent_index_if_not_exists_check {

// The remains of a failed try are dropped before.
bool is_dropped_before(const CheckContext& context, std::string_view name) {
  const auto earlier = context.earlier_in_file({name});
  return std::any_of(earlier.begin(), earlier.end(), [&](const ast::Statement* statement) {
    const auto* drop = ast::as<ast::Drop>(statement);
    return drop != nullptr && drop->object == ast::ObjectType::Index &&
           std::any_of(drop->names.begin(), drop->names.end(),
                       [&](const ast::ObjectName& dropped) { return dropped.name.name == name; });
  });
}

// A build that failed leaves an INVALID index of that name, and IF NOT EXISTS is content with it.
void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateIndex>();
  if (create == nullptr || !create->concurrently || !create->if_not_exists || create->name.empty()) return;
  if (context.is_refused() || context.is_new_here(create->table)) return;
  if (is_dropped_before(context, create->name.text)) return;
  FindingBuilder finding = out.gather(create->span, "", sql_name(create->name.text));
  finding
      .message(
          "If an earlier try to build {} failed, an INVALID index of that name is left, and IF NOT EXISTS "
          "takes it for done: the migration succeeds, every write keeps the index up to date, and no query "
          "uses it.",
          enumerate(finding.gathered()))
      .advice(
          "{}: DROP INDEX CONCURRENTLY IF EXISTS {}; or leave IF NOT EXISTS out, so that a second try fails "
          "and says why.",
          finding.gathered().size() == 1 ? "Before it, as a statement of its own"
                                         : "Before each, as statements of their own",
          finding.gathered().front());
}

}  // namespace concurrent_index_if_not_exists_check

extern constexpr Check concurrent_index_if_not_exists{
    .since = "0.1.0",
    .summary = "CREATE INDEX CONCURRENTLY IF NOT EXISTS is content with an INVALID index.",
    .statements = {ast::NodeKind::CreateIndex},
    .on_statement = concurrent_index_if_not_exists_check::run};

}  // namespace migcheck::checks
