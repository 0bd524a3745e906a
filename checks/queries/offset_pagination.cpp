// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace offset_pagination_check {

// Page 1000 reads the 999 pages before it.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  if (context.query_origin() != QueryOrigin::QueryFile) return;
  ast::walk(&query, [&](const ast::Node& node) {
    const auto* select = ast::as<ast::Select>(&node);
    if (select == nullptr || select->offset == nullptr || select->limit == nullptr) return true;
    out.report(select->offset->span)
        .message(
            "OFFSET reads and throws away every row before the page: later pages take longer, and rows that "
            "come "
            "or go meanwhile are shown twice or never.")
        .advice(
            "WHERE (created_at, id) < (the last row of the page before) ORDER BY created_at DESC, id DESC "
            "LIMIT …");
    return true;
  });
}

}  // namespace offset_pagination_check

extern constexpr Check offset_pagination{.since = "0.1.0",
                                         .summary = "OFFSET reads every row before the page.",
                                         .on_query = offset_pagination_check::run};

}  // namespace migcheck::checks
