// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace type_change_blocked_check {

// What still needs the object is in the catalog: views, policies, triggers, keys.
void run(const CheckContext& context, FindingSink& out) {
  for (const PlanError& error : context.plan().errors) {
    if (!context.is_certain(error) || kind_of(error, context.statement()) != ErrorKind::Dependents) continue;
    out.report(error.clause.empty() ? context.headline() : error.clause)
        .message("PostgreSQL will refuse this: {} (SQLSTATE {}).", error.message, error.code)
        .advice(
            "Drop what needs it first and make it again afterwards, in the same transaction. CASCADE would "
            "drop it for good, without a word.");
    return;
  }
}

}  // namespace type_change_blocked_check

extern constexpr Check type_change_blocked{
    .since = "0.1.0",
    .summary = "A change that PostgreSQL refuses because a view, policy or key still needs the object.",
    .on_statement = type_change_blocked_check::run};

}  // namespace migcheck::checks
