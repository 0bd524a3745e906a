// SPDX-License-Identifier: MIT

// The tenant map for machines.

#include <fmt/format.h>

#include <map>

#include "tenancy/access_report.hpp"
#include "tenancy/tenant_rows.hpp"

namespace migcheck {

namespace {

using tenancy::TableRow;

std::string json_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string json_array(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : ", ") + json_quoted(item);
  return "[" + out + "]";
}

std::string json_summary(const std::vector<TableRow>& rows) {
  std::map<std::string_view, std::size_t> counts;
  for (const TableRow& row : rows) counts[tenancy::word(row.tenancy.kind)] += 1;
  return fmt::format("{{\"root\": {}, \"column\": {}, \"inherited\": {}, \"global\": {}, \"unknown\": {}}}",
                     counts["root"], counts["column"], counts["inherited"], counts["global"],
                     counts["unknown"]);
}

std::string json_policies(const catalog::Table& table) {
  std::string out;
  for (const catalog::Policy& policy : table.policies) {
    out += fmt::format("{}{{\"name\": {}, \"command\": \"{}\", \"permissive\": {}, \"roles\": {}}}",
                       out.empty() ? "" : ", ", json_quoted(policy.name), tenancy::word(policy.command),
                       policy.permissive, json_array(policy.roles));
  }
  return "[" + out + "]";
}

std::string json_seen(const tenancy::SeenBy& seen) {
  std::string roles;
  for (const auto& [role, access] : seen.roles) {
    roles +=
        fmt::format("{}{}: \"{}\"", roles.empty() ? "" : ", ", json_quoted(role), to_string(access.verdict));
  }
  return fmt::format("{{\"owner\": \"{}\", \"others\": \"{}\", \"roles\": {{{}}}}}",
                     to_string(seen.owner.verdict), to_string(seen.others.verdict), roles);
}

std::string json_access(const AccessContext& context) {
  std::string out;
  for (const tenancy::Source& source : tenancy::sources(context)) {
    out += fmt::format("{}\n    {{\"schema\": {}, \"name\": {}, \"kind\": \"{}\", \"verdict\": {}}}",
                       out.empty() ? "" : ",", json_quoted(source.schema), json_quoted(source.name),
                       source.kind, json_seen(source.seen));
  }
  return out;
}

std::string json_row(const TableRow& row) {
  const catalog::Column* column = row.table->column(row.tenancy.column);
  std::string out =
      fmt::format("    {{\"schema\": {}, \"name\": {}, \"tenancy\": {}", json_quoted(row.table->schema),
                  json_quoted(row.table->name), json_quoted(tenancy::word(row.tenancy.kind)));
  if (!row.tenancy.column.empty()) out += fmt::format(", \"column\": {}", json_quoted(row.tenancy.column));
  if (column != nullptr) out += fmt::format(", \"not_null\": {}", column->not_null);
  if (!row.parent.empty())
    out += fmt::format(", \"parent\": {}, \"key\": {}", json_quoted(row.parent), json_array(row.key));
  return out + fmt::format(
                   ", \"reason\": {}, \"membership\": {}, \"row_security\": {}, \"forced\": {}, "
                   "\"policies\": {}, \"unique_across_tenants\": {}, \"unique_without_tenant\": {}, "
                   "\"indexes_not_led_by_tenant\": {}}}",
                   json_quoted(row.tenancy.reason), row.tenancy.membership, row.table->row_security,
                   row.table->force_row_security, json_policies(*row.table), json_array(row.chosen_keys),
                   json_array(row.unscoped_keys), json_array(row.indexes_without));
}

}  // namespace

std::string tenant_report_json(const TenantMap& map, const AccessContext& context) {
  const std::vector<TableRow> rows = tenancy::table_rows(context.catalog, map);
  std::string out = fmt::format("{{\n  \"on\": {},\n  \"inferred\": {},\n  \"explanation\": {},\n", map.on(),
                                map.inferred, json_quoted(map.explanation));
  out += fmt::format("  \"columns\": {},\n  \"root\": {},\n  \"summary\": {},\n  \"tables\": [",
                     json_array(map.columns), json_quoted(map.root_name), json_summary(rows));
  for (const TableRow& row : rows) out += (&row == rows.data() ? "\n" : ",\n") + json_row(row);
  return out + fmt::format("\n  ],\n  \"access\": [{}\n  ]\n}}\n", json_access(context));
}

}  // namespace migcheck
