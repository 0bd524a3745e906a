// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

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

// Asked at the end of the history: ENABLE may come in any later file.
void run(const CheckContext& context, FindingSink& out) {
  const TenantMap& map = context.tenants();
  if (!map.on() || !uses_row_security(context)) return;
  for (const Table* table : context.catalog().tables()) {
    if (table->row_security || !table->policies.empty() || !map.of(table->id).tenants()) continue;
    if (table->kind == catalog::TableKind::Foreign || table->uncertain || !context.is_target(table->origin))
      continue;
    const bool partition = table->partition_of != catalog::kNoObject;
    const auto* parent = context.catalog().get<Table>(table->partition_of);
    if (partition && (parent == nullptr || !parent->row_security)) continue;
    out.report(table->origin.place)
        .message(
            "{} holds rows of tenants and never gets row level security{}: any role that may read it sees "
            "every "
            "tenant's rows.",
            sql_name(table->name),
            partition ? " (a partition that is read directly does not use its parent's policies)" : "")
        .advice("ALTER TABLE {} ENABLE ROW LEVEL SECURITY, and a policy on the tenant",
                sql_name(table->name));
  }
}

}  // namespace row_security_missing_check

extern constexpr Check row_security_missing{
    .since = "0.1.0",
    .summary = "A table of tenants is left without row level security, where others have it.",
    .on_history_end = row_security_missing_check::run};

}  // namespace migcheck::checks
