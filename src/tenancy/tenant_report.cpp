// SPDX-License-Identifier: MIT

// The tenant map as a page for an auditor: what to look at first, then whose rows each table holds and what
// keeps them apart. Lines fit a terminal of 80 columns.

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "tenancy/tenant_rows.hpp"

namespace migcheck {

namespace {

using tenancy::TableRow;
using Rows = std::vector<TableRow>;

constexpr std::size_t kWidth = 80;

// Words until the line is full; what follows hangs below the first word.
std::string wrapped(std::string_view first, std::string_view text) {
  const std::string indent(first.empty() ? 0 : first.find_first_not_of(' ') + 2, ' ');
  std::string out;
  std::string line(first);
  while (!text.empty()) {
    const std::size_t cut = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, cut);
    const bool begins = line.empty() || line.back() == ' ';
    if (!begins && line.size() + 1 + word.size() > kWidth) {
      out += line + "\n";
      line = indent + std::string(word);
    } else {
      line += (begins ? "" : " ") + std::string(word);
    }
    text.remove_prefix(std::min(cut + 1, text.size()));
  }
  return out + line + "\n";
}

std::string joined(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : ", ") + item;
  return out;
}

std::vector<std::string> names_where(const Rows& rows, const std::function<bool(const TableRow&)>& wanted) {
  std::vector<std::string> names;
  for (const TableRow& row : rows) {
    if (wanted(row)) names.push_back(row.name);
  }
  return names;
}

std::size_t count_of(const Rows& rows, TenantKind kind) {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [kind](const TableRow& row) { return row.tenancy.kind == kind; }));
}

std::string counts(const Rows& rows) {
  return fmt::format(
      "{} tables: {} with a tenant column, {} that inherit their tenant, {} that are everybody's, {} "
      "unknown.",
      rows.size(), count_of(rows, TenantKind::Column) + count_of(rows, TenantKind::Root),
      count_of(rows, TenantKind::Inherited), count_of(rows, TenantKind::Global),
      count_of(rows, TenantKind::Unknown));
}

std::string item(std::string_view what, const std::vector<std::string>& names) {
  return names.empty() ? "" : wrapped("  - ", fmt::format("{} ({}): {}", what, names.size(), joined(names)));
}

std::string what_to_look_at(const Rows& rows) {
  const auto tenants = [](const TableRow& row) { return row.tenancy.tenants(); };
  const auto guarded =
      names_where(rows, [&](const TableRow& row) { return tenants(row) && row.table->row_security; });
  std::string out;
  if (guarded.empty()) {
    out += wrapped("  - ",
                   "No table of the tenants has row level security: each query must keep them apart itself.");
  } else {
    out += item("no row level security", names_where(rows, [&](const TableRow& row) {
                  return tenants(row) && !row.table->row_security;
                }));
    out += item("row level security, but no policy", names_where(rows, [&](const TableRow& row) {
                  return tenants(row) && row.table->row_security && row.policies.empty();
                }));
    out += item("the owner passes row level security", names_where(rows, [&](const TableRow& row) {
                  return tenants(row) && row.table->row_security && !row.table->force_row_security;
                }));
  }
  out += item("the tenant may be null",
              names_where(rows, [](const TableRow& row) { return row.tenant_may_be_null; }));
  out += item("unique across tenants",
              names_where(rows, [](const TableRow& row) { return !row.unscoped_keys.empty(); }));
  out += item("whose rows are these?",
              names_where(rows, [](const TableRow& row) { return row.tenancy.kind == TenantKind::Unknown; }));
  return out.empty() ? "" : "\nTo look at:\n" + out;
}

std::string row_security(const catalog::Table& table) {
  if (!table.row_security) return table.policies.empty() ? "none" : "off, with policies that do nothing";
  return table.force_row_security ? "on, forced" : "on, not for the owner";
}

std::string belonging(const TableRow& row) {
  switch (row.tenancy.kind) {
    case TenantKind::Root:
      return "the tenants, by " + row.tenancy.column;
    case TenantKind::Column:
      return fmt::format("by {}{}{}", row.tenancy.column, row.tenant_may_be_null ? ", which may be null" : "",
                         row.tenancy.membership ? " (memberships)" : "");
    case TenantKind::Inherited:
      return fmt::format("inherited from {} by {}", row.parent, joined(row.key));
    case TenantKind::Global:
      return "everybody's: " + row.tenancy.reason;
    case TenantKind::Unknown:
      break;
  }
  return row.tenancy.reason.empty() ? "unknown" : "unknown: " + row.tenancy.reason;
}

std::string about(const TableRow& row) {
  std::string out = fmt::format("\n{}\n", row.name) + wrapped("  ", belonging(row));
  if (!row.tenancy.tenants()) return out;
  out += fmt::format("  row level security: {}\n", row_security(*row.table));
  for (const std::string& policy : row.policies) out += wrapped("  policy: ", policy);
  for (const std::string& key : row.unscoped_keys) out += wrapped("  unique across tenants: ", key);
  for (const std::string& index : row.indexes_without)
    out += wrapped("  index without the tenant in front: ", index);
  return out;
}

}  // namespace

std::string tenant_report_text(const catalog::Catalog& catalog, const TenantMap& map) {
  std::string out = wrapped("", map.explanation);
  if (!map.on()) return out;
  if (!map.root_name.empty()) out += wrapped("", fmt::format("The tenants are in {}.", map.root_name));
  const Rows rows = tenancy::table_rows(catalog, map);
  out += wrapped("", counts(rows));
  out += what_to_look_at(rows);
  for (const TableRow& row : rows) out += about(row);
  return out;
}

}  // namespace migcheck
