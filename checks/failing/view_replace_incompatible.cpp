// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace view_replace_incompatible_check {

// Only columns appended at the end are allowed.
void run(const CheckContext& context, FindingSink& out) {
  for (const PlanError& error : context.plan().errors) {
    if (!context.is_certain(error) || kind_of(error, context.statement()) != ErrorKind::ViewReplace) continue;
    out.report(error.clause.empty() ? context.headline() : error.clause)
        .message(
            "PostgreSQL will refuse this: {} (SQLSTATE {}). CREATE OR REPLACE VIEW may only add columns at "
            "the end.",
            error.message, error.code)
        .advice("DROP VIEW and CREATE VIEW in one transaction, and give its grants and options again.");
    return;
  }
}

}  // namespace view_replace_incompatible_check

extern constexpr Check view_replace_incompatible{
    .since = "0.1.0",
    .summary = "CREATE OR REPLACE VIEW that changes, moves or drops a column is refused.",
    .on_statement = view_replace_incompatible_check::run};

}  // namespace migcheck::checks
