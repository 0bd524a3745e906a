// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace table_inheritance_check {

// Partitioning is what inheritance was used for.
void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateTable>();
  if (create == nullptr || create->inherits.empty() || context.plan().no_op) return;
  out.report(create->inherits[0].span)
      .message(
          "{0} inherits from {1}: keys, unique constraints and indexes of {1} do not reach its rows, and "
          "every query "
          "of {1} reads them too.",
          sql_name(create->relation), sql_name(create->inherits[0]))
      .advice(
          "Declare partitions (PARTITION BY …), or repeat the columns: CREATE TABLE {} (LIKE {} INCLUDING "
          "ALL);",
          sql_name(create->relation), sql_name(create->inherits[0]));
}

}  // namespace table_inheritance_check

extern constexpr Check table_inheritance{
    .since = "0.1.0",
    .summary = "Inheritance between tables: keys and indexes of the parent do not reach the children.",
    .statements = {ast::NodeKind::CreateTable},
    .on_statement = table_inheritance_check::run};

}  // namespace migcheck::checks
