// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace unlogged_table_check {

void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateTable>();
  if (create == nullptr || !create->unlogged || context.plan().no_op) return;
  out.report(create->relation.span)
      .message(
          "{} is UNLOGGED: it is empty after a crash of the server, and there is nothing of it on a replica.",
          sql_name(create->relation))
      .advice("CREATE TABLE {} (…);  -- without UNLOGGED", sql_name(create->relation));
}

}  // namespace unlogged_table_check

extern constexpr Check unlogged_table{
    .since = "0.1.0",
    .summary = "An unlogged table is empty after a crash, and on every replica.",
    .statements = {ast::NodeKind::CreateTable},
    .on_statement = unlogged_table_check::run};

}  // namespace migcheck::checks
