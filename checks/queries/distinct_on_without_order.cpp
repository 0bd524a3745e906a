// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace distinct_on_without_order_check {

// Which row of a group is returned is nobody's decision.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  const QueryOrigin origin = context.query_origin();
  if (origin == QueryOrigin::Migration || origin == QueryOrigin::Seed) return;
  ast::walk(&query, [&](const ast::Node& node) {
    const auto* select = ast::as<ast::Select>(&node);
    if (select == nullptr || select->distinct_on.empty() ||
        select->order_by.size() > select->distinct_on.size())
      return true;
    out.report(select->distinct_on[0]->span)
        .message(
            "DISTINCT ON keeps the first row of each group, and ORDER BY does not say which one comes first: "
            "it can "
            "be another one each time.")
        .advice("ORDER BY the same expressions, and then what decides: ORDER BY team_id, created_at DESC");
    return true;
  });
}

}  // namespace distinct_on_without_order_check

extern constexpr Check distinct_on_without_order{
    .since = "0.1.0",
    .summary = "DISTINCT ON without an ORDER BY that decides returns any row of each group.",
    .on_query = distinct_on_without_order_check::run};

}  // namespace migcheck::checks
