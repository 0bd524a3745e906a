// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace row_security_not_forced_check {

using catalog::Table;

bool names_a_role(const Table& table) {
  const bool granted = std::any_of(table.acl.begin(), table.acl.end(), [&](const catalog::Acl& entry) {
    return entry.grantee != "public" && entry.grantee != table.owner;
  });
  return granted ||
         std::any_of(table.policies.begin(), table.policies.end(), [](const catalog::Policy& policy) {
           return !policy_words::for_everybody(policy.roles);
         });
}

bool reads_a_setting(const Table& table) {
  return std::any_of(table.policies.begin(), table.policies.end(), [](const catalog::Policy& policy) {
    return policy_words::reads_a_setting(policy.using_expression);
  });
}

// The owner of a table is exempt from its policies: measured on 12 to 18, it sees every row. That matters
// where the application is the owner, which the files tell in two ways: other tables are forced; or policies
// ask for a setting of the session, and no other role is ever named.
void run(const CheckContext& context, FindingSink& out) {
  const std::vector<const Table*> tables = context.catalog().tables();
  const bool habit = std::any_of(tables.begin(), tables.end(), [](const Table* table) {
    return table->row_security && table->force_row_security;
  });
  const bool other_roles =
      std::any_of(tables.begin(), tables.end(), [](const Table* table) { return names_a_role(*table); }) ||
      policy_words::is_supabase(context.catalog());
  for (const Table* table : tables) {
    if (!table->row_security || table->force_row_security || table->policies.empty()) continue;
    const auto* made = policy_words::first_target(
        context,
        {&table->policies.front().origin, &table->policies.back().origin, &table->row_security_switched});
    if (table->is_doubtful(catalog::TablePart::RowSecurity) ||
        table->is_doubtful(catalog::TablePart::Policy) || made == nullptr)
      continue;
    if (!habit && (other_roles || !reads_a_setting(*table))) continue;
    out.report(made->place)
        .message(
            "{} exempts its owner from its policies: an application that connects as the role that runs "
            "the migrations sees {}{}.",
            sql_name(table->name),
            policy_words::is_of_tenants(context, table) ? "the rows of every tenant" : "every row",
            habit ? ". Other tables are forced" : "")
        .advice("ALTER TABLE {} FORCE ROW LEVEL SECURITY;", sql_name(table->name));
  }
}

}  // namespace row_security_not_forced_check

extern constexpr Check row_security_not_forced{
    .since = "0.1.0",
    .summary = "Row level security that is not forced does not hold for the owner of the table.",
    .severity = Severity::Warning,
    .on_history_end = row_security_not_forced_check::run};

}  // namespace migcheck::checks
