// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace matview_refresh_not_concurrent_check {

// A plain REFRESH holds ACCESS EXCLUSIVE while the query runs: readers of the view wait for all of it.
void run(const CheckContext& context, FindingSink& out) {
  const auto* refresh = context.statement_as<ast::RefreshMaterializedView>();
  if (refresh == nullptr || refresh->concurrently || !refresh->with_data) return;
  const catalog::Object* found = context.relation(refresh->relation);
  const auto* view = found == nullptr ? nullptr : std::get_if<catalog::View>(found);
  // Not populated yet: nobody can read it, and CONCURRENTLY would be refused.
  if (context.is_new_here(refresh->relation) || (view != nullptr && !view->populated)) return;
  const std::string name = sql_name(refresh->relation);
  out.report(refresh->relation.span)
      .message(
          "REFRESH holds ACCESS EXCLUSIVE on {} for as long as its query runs: every reader of the view "
          "waits.",
          name)
      .advice(
          "REFRESH MATERIALIZED VIEW CONCURRENTLY {}; (it needs a unique index on plain columns of the view)",
          name)
      .about(context, {.name = std::string(refresh->relation.name)});
}

}  // namespace matview_refresh_not_concurrent_check

extern constexpr Check matview_refresh_not_concurrent{
    .since = "0.1.0",
    .summary = "REFRESH MATERIALIZED VIEW without CONCURRENTLY locks readers out.",
    .statements = {ast::NodeKind::RefreshMaterializedView},
    .on_statement = matview_refresh_not_concurrent_check::run};

}  // namespace migcheck::checks
