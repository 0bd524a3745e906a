// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace type_change_blocked_check {

// What still needs the object is in the catalog: views, policies, triggers, keys.
void run(const CheckContext& context, FindingSink& out) {
  for (const PlanError& error : context.plan().errors) {
    if (!context.is_certain(error) || kind_of(error, context.statement()) != ErrorKind::Dependents) continue;
    const std::string what = enumerate(error.in_the_way);
    out.report(error.clause.empty() ? context.headline() : error.clause)
        .message("PostgreSQL will refuse this: {} (SQLSTATE {}){}.", error.message, error.code,
                 what.empty() ? "" : ": " + what)
        .advice(
            "Drop {} first and make {} again afterwards, in the same transaction. CASCADE would drop {} for "
            "good, without a word.",
            what.empty() ? "what needs it" : what, error.in_the_way.size() > 1 ? "them" : "it",
            error.in_the_way.size() > 1 ? "them" : "it");
    return;
  }
}

}  // namespace type_change_blocked_check

extern constexpr Check type_change_blocked{
    .since = "0.1.0",
    .summary = "A change that PostgreSQL refuses because a view, policy or key still needs the object.",
    .on_statement = type_change_blocked_check::run};

}  // namespace migcheck::checks
