// SPDX-License-Identifier: MIT

// The tenant map for machines.

#include <fmt/format.h>

#include <map>

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
                   "\"policies\": {}, \"unique_without_tenant\": {}, "
                   "\"indexes_not_led_by_tenant\": {}}}",
                   json_quoted(row.tenancy.reason), row.tenancy.membership, row.table->row_security,
                   row.table->force_row_security, json_array(row.policies), json_array(row.unscoped_keys),
                   json_array(row.indexes_without));
}

}  // namespace

std::string tenant_report_json(const catalog::Catalog& catalog, const TenantMap& map) {
  const std::vector<TableRow> rows = tenancy::table_rows(catalog, map);
  std::string out = fmt::format("{{\n  \"on\": {},\n  \"inferred\": {},\n  \"explanation\": {},\n", map.on(),
                                map.inferred, json_quoted(map.explanation));
  out += fmt::format("  \"columns\": {},\n  \"root\": {},\n  \"summary\": {},\n  \"tables\": [",
                     json_array(map.columns), json_quoted(map.root_name), json_summary(rows));
  for (const TableRow& row : rows) out += (&row == rows.data() ? "\n" : ",\n") + json_row(row);
  return out + "\n  ]\n}\n";
}

}  // namespace migcheck
