// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace row_security_without_policy_check {

// Measured on 12 to 18: SELECT gives no rows, UPDATE and DELETE touch none, INSERT fails. On Supabase it is
// the usual way to keep a table for service_role, which bypasses it.
void run(const CheckContext& context, FindingSink& out) {
  const bool supabase = policy_words::is_supabase(context.catalog());
  for (const catalog::Table* table : context.catalog().tables()) {
    if (!table->row_security || table->is_doubtful(catalog::TablePart::RowSecurity) ||
        table->is_doubtful(catalog::TablePart::Policy) || !table->policies.empty())
      continue;
    const auto* made = policy_words::first_target(context, {&table->origin, &table->row_security_switched});
    if (table->partition_of != catalog::kNoObject || made == nullptr) continue;
    if (!policy_words::is_reachable(context, *table)) continue;
    auto finding = out.report(made->place);
    finding
        .message(
            "Row level security of {} is enabled, and it has no policy: every role but its owner sees no "
            "row, and cannot insert one.",
            sql_name(table->name))
        .advice(
            "CREATE POLICY … ON {} …; or say in a comment that only the owner and bypassing roles may use it",
            sql_name(table->name));
    if (supabase) finding.severity(Severity::Info);
  }
}

}  // namespace row_security_without_policy_check

extern constexpr Check row_security_without_policy{
    .since = "0.1.0",
    .summary = "Row level security without a policy hides every row.",
    .severity = Severity::Warning,
    .on_history_end = row_security_without_policy_check::run};

}  // namespace migcheck::checks
