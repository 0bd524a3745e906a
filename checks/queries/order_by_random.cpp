// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace order_by_random_check {

// To choose one row, all are given a number and sorted.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  const QueryOrigin origin = context.query_origin();
  if (origin == QueryOrigin::Migration || origin == QueryOrigin::Seed) return;
  ast::walk(&query, [&](const ast::Node& node) {
    const auto* sort = ast::as<ast::SortItem>(&node);
    const auto* call = sort == nullptr ? nullptr : ast::as<ast::FunctionCall>(sort->value);
    if (call == nullptr || call->name.name != "random") return true;
    out.report(call->span)
        .message("ORDER BY random() gives every row a number and sorts all of them to return a few.")
        .advice("TABLESAMPLE for a sample, or WHERE id >= (a random id) ORDER BY id LIMIT 1 for one row.");
    return true;
  });
}

}  // namespace order_by_random_check

extern constexpr Check order_by_random{
    .since = "0.1.0",
    .summary = "ORDER BY random() sorts the whole table to return a few rows.",
    .on_query = order_by_random_check::run};

}  // namespace migcheck::checks
