// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace grant_truncate_on_tenant_table_check {

using catalog::Acl;
using catalog::Table;

struct Granted {
  Place place;
  std::string role;
  std::vector<std::string> tables;
};

// One statement may grant on many tables, and Supabase's tools write one for each: these are said once a
// file.
void add(std::vector<Granted>& all, const Acl& entry, const Table& table) {
  const bool api = policy_words::is_api_role(entry.grantee);
  for (Granted& one : all) {
    const bool same = api ? policy_words::is_api_role(one.role) && one.place.file == entry.origin.place.file
                          : one.place == entry.origin.place && one.role == entry.grantee;
    if (!same) continue;
    const std::string name = sql_name(table.name);
    if (std::find(one.tables.begin(), one.tables.end(), name) == one.tables.end()) one.tables.push_back(name);
    return;
  }
  all.push_back({entry.origin.place, entry.grantee, {sql_name(table.name)}});
}

// Measured on 12 to 18: TRUNCATE by a role that has the privilege empties the table, whatever its policies
// say. Asked at the end: what is revoked again is gone from the list.
void run(const CheckContext& context, FindingSink& out) {
  std::vector<Granted> all;
  for (const Table* table : context.catalog().tables()) {
    if (table->uncertain || (!table->row_security && !policy_words::is_of_tenants(context, table))) continue;
    for (const Acl& entry : table->acl) {
      if (entry.privilege != "truncate" && (entry.privilege != "all" || !entry.columns.empty())) continue;
      if (entry.grantee == "public" && entry.privilege == "all") continue;  // grant-to-public's
      if (entry.grantee == table->owner || policy_words::is_operator(context, entry.grantee)) continue;
      if (context.is_target(entry.origin)) add(all, entry, *table);
    }
  }
  for (const Granted& one : all) {
    auto finding = out.report(one.place);
    finding
        .message("{} may TRUNCATE {}: that empties {} for every tenant at once, and no policy holds it back.",
                 sql_name(one.role), enumerate(one.tables), one.tables.size() == 1 ? "it" : "them")
        .advice("GRANT SELECT, INSERT, UPDATE, DELETE");
    if (policy_words::is_api_role(one.role)) finding.severity(Severity::Info);
  }
}

}  // namespace grant_truncate_on_tenant_table_check

extern constexpr Check grant_truncate_on_tenant_table{
    .since = "0.1.0",
    .summary = "A role may TRUNCATE a table that holds the rows of all tenants.",
    .severity = Severity::Warning,
    .on_history_end = grant_truncate_on_tenant_table_check::run};

}  // namespace migcheck::checks
