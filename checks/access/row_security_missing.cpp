// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace row_security_missing_check {

using catalog::Table;

// A project that uses no row level security at all keeps tenants apart in its queries: that is another
// design, judged by the checks of tenancy. One that uses it must not forget a table.
bool uses_row_security(const CheckContext& context) {
  const auto tables = context.catalog().tables();
  return std::any_of(tables.begin(), tables.end(),
                     [](const Table* table) { return table->row_security || !table->policies.empty(); });
}

bool may_lack_it(const CheckContext& context, const Table& table) {
  if (table.row_security || !table.policies.empty()) return false;
  if (table.kind == catalog::TableKind::Foreign || table.kind == catalog::TableKind::Composite) return false;
  if (table.persistence == catalog::Persistence::Temporary || table.extension_member) return false;
  if (table.is_doubtful(catalog::TablePart::RowSecurity) || table.is_doubtful(catalog::TablePart::Policy) ||
      !context.is_target(table.origin))
    return false;
  const auto* parent = context.catalog().get<Table>(table.partition_of);
  return table.partition_of == catalog::kNoObject || (parent != nullptr && parent->row_security);
}

// Supabase grants every table of the schema public to its API's roles when it is made; a REVOKE takes that
// away.
bool is_in_the_api(const Table& table) {
  const bool revoked = std::any_of(table.acl.begin(), table.acl.end(), [](const catalog::Acl& entry) {
    return policy_words::is_api_role(entry.grantee);
  });
  return table.schema == "public" || revoked;
}

// Asked at the end of the history: ENABLE may come in any later file.
void run(const CheckContext& context, FindingSink& out) {
  if (!uses_row_security(context)) return;
  const TenantMap& map = context.tenants();
  const bool supabase = policy_words::is_supabase(context.catalog());
  for (const Table* table : context.catalog().tables()) {
    if (!may_lack_it(context, *table)) continue;
    const bool partition = table->partition_of != catalog::kNoObject;
    if (map.on() && map.of(table->id).tenants()) {
      out.report(table->origin.place)
          .message(
              "{} holds rows of tenants and never gets row level security{}: any role that may read it sees "
              "every tenant's rows.",
              sql_name(table->name),
              partition ? " (a partition that is read directly does not use its parent's policies)" : "")
          .advice("ALTER TABLE {} ENABLE ROW LEVEL SECURITY;  -- and a policy on the tenant",
                  sql_name(table->name));
    } else if (supabase && is_in_the_api(*table)) {
      out.report(table->origin.place)
          .message(
              "{} never gets row level security: Supabase's API lets everybody who has the public key read "
              "and "
              "change all of it.",
              sql_name(table->name))
          .advice("ALTER TABLE {} ENABLE ROW LEVEL SECURITY;  -- and a policy for who may see it",
                  sql_name(table->name));
    }
  }
}

}  // namespace row_security_missing_check

extern constexpr Check row_security_missing{
    .since = "0.1.0",
    .summary = "A table of tenants is left without row level security, where others have it.",
    .on_history_end = row_security_missing_check::run};

}  // namespace migcheck::checks
