// SPDX-License-Identifier: MIT

// The tenant map as a page for an auditor: what to look at first, then whose rows each table holds and what
// keeps them apart. Lines fit a terminal of 80 columns.

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "migcheck/unicode.hpp"
#include "tenancy/access_report.hpp"
#include "tenancy/tenant_rows.hpp"

namespace migcheck {

namespace {

using tenancy::SeenBy;
using tenancy::TableRow;
using Rows = std::vector<TableRow>;

constexpr std::size_t kWidth = 80;

// Words until the line is full; what follows hangs below the first word. Names from the files act on no
// terminal.
std::string wrapped(std::string_view first, std::string_view words) {
  const std::string harmless = printable(words);
  std::string_view text = harmless;
  const std::size_t begin = std::min(first.find_first_not_of(' '), first.size());
  const std::string indent(first.empty() ? 0 : begin + 2, ' ');
  std::string out;
  std::string line(first);
  while (!text.empty()) {
    const std::size_t cut = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, cut);
    const bool begins = line.empty() || line.back() == ' ';
    const std::size_t end = line.size() + (begins ? 0 : 1) + word.size();
    if (end > kWidth && line.find_first_not_of(' ') != std::string::npos) {
      line.erase(line.find_last_not_of(' ') + 1);
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
  const std::size_t columns = count_of(rows, TenantKind::Column) + count_of(rows, TenantKind::Root);
  std::string out = fmt::format("{} {}: {} with a tenant column", rows.size(),
                                rows.size() == 1 ? "table" : "tables", columns);
  if (const std::size_t n = count_of(rows, TenantKind::Inherited); n != 0)
    out += fmt::format(", {} through a key", n);
  if (const std::size_t n = count_of(rows, TenantKind::Global); n != 0)
    out += fmt::format(", {} everybody's", n);
  if (const std::size_t n = count_of(rows, TenantKind::Unknown); n != 0)
    out += fmt::format(", {} unknown", n);
  return out + ".";
}

std::string item(std::string_view what, const std::vector<std::string>& names) {
  return names.empty() ? "" : wrapped("  - ", fmt::format("{} ({}): {}", what, names.size(), joined(names)));
}

using Seen = std::map<catalog::ObjectId, const SeenBy*>;  // by table

// Policies are there, and this is what they show to somebody whom they are meant to stop.
bool shows(const TableRow& row, const Seen& seen, RowVerdict verdict, const AccessContext& context) {
  const auto found = seen.find(row.table->id);
  if (found == seen.end() || !row.table->row_security || row.table->policies.empty()) return false;
  const auto& roles = found->second->roles;
  return found->second->others.verdict == verdict ||
         std::any_of(roles.begin(), roles.end(), [&](const auto& one) {
           return one.second.verdict == verdict && !bypasses_row_security(one.first, context);
         });
}

std::string what_to_look_at(const Rows& rows, const Seen& seen, const AccessContext& context) {
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
                  return tenants(row) && row.table->row_security && row.table->policies.empty();
                }));
    out += item("policies let rows of other tenants through", names_where(rows, [&](const TableRow& row) {
                  return tenants(row) && shows(row, seen, RowVerdict::Leak, context);
                }));
    out += item("what policies show is not known", names_where(rows, [&](const TableRow& row) {
                  return tenants(row) && shows(row, seen, RowVerdict::Unknown, context);
                }));
    out += item("the owner passes row level security", names_where(rows, [&](const TableRow& row) {
                  return tenants(row) && row.table->row_security && !row.table->force_row_security;
                }));
  }
  out += item("the tenant may be null",
              names_where(rows, [](const TableRow& row) { return row.tenant_may_be_null; }));
  out += item("unique across tenants",
              names_where(rows, [](const TableRow& row) { return !row.chosen_keys.empty(); }));
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
    case TenantKind::Unknown:
      break;
  }
  return row.tenancy.reason.empty() ? "unknown" : "unknown: " + row.tenancy.reason;
}

// "by_team (SELECT, to authenticated)"
std::string said(const catalog::Policy& policy) {
  std::string what =
      fmt::format("{}{}", policy.permissive ? "" : "restrictive, ", tenancy::word(policy.command));
  const bool everybody = policy.roles.empty() || policy.roles.front() == "public";
  if (!everybody) what += ", to " + joined(policy.roles);
  return fmt::format("{} ({})", policy.name, what);
}

std::string_view rows_seen(RowVerdict verdict) {
  switch (verdict) {
    case RowVerdict::Leak:
      return "every tenant's rows";
    case RowVerdict::Deny:
      return "no rows";
    case RowVerdict::Isolated:
      return "its tenant's rows";
    case RowVerdict::Unknown:
      break;
  }
  return "not known";
}

// Roles that see the same for the same reason stand together. What holds of all tables is said once, above:
// which roles bypass row level security; and that an owner who is not forced passes it stands in the line
// before.
std::string seen_by(const SeenBy& seen, bool owner_is_exempt, const AccessContext& context) {
  std::vector<std::pair<std::string, const RowAccess*>> lines = {{"the owner", &seen.owner},
                                                                 {"other roles", &seen.others}};
  if (owner_is_exempt) lines.erase(lines.begin());
  for (const auto& [role, access] : seen.roles) {
    if (bypasses_row_security(role, context)) continue;
    const auto same = std::find_if(lines.begin(), lines.end(), [&one = access](const auto& line) {
      return line.second->verdict == one.verdict && line.second->reason == one.reason;
    });
    if (same == lines.end()) {
      lines.emplace_back(role, &access);
    } else {
      same->first += ", " + role;
    }
  }
  std::string out;
  for (const auto& [who, access] : lines)
    out += wrapped("  ", fmt::format("seen by {}: {} ({})", who, rows_seen(access->verdict), access->reason));
  return out;
}

std::string bypassing(const Rows& rows, const AccessContext& context) {
  if (std::none_of(rows.begin(), rows.end(), [](const TableRow& row) { return row.table->row_security; }))
    return {};
  std::vector<std::string> roles = known_roles(context.catalog);
  std::erase_if(roles, [&](const std::string& role) { return !bypasses_row_security(role, context); });
  return roles.empty() ? ""
                       : wrapped("", fmt::format("Roles that bypass row level security: {}.", joined(roles)));
}

// Tables of nobody in particular, by the reason why they are.
std::string everybodys(const Rows& rows) {
  std::map<std::string, std::vector<std::string>> by_reason;
  for (const TableRow& row : rows) {
    if (row.tenancy.kind == TenantKind::Global) by_reason[row.tenancy.reason].push_back(row.name);
  }
  std::string out;
  for (const auto& [reason, names] : by_reason)
    out += wrapped("  ", fmt::format("{}: {}", reason, joined(names)));
  return out.empty() ? "" : "\nEverybody's:\n" + out;
}

std::string about(const TableRow& row, const Seen& seen, const AccessContext& context) {
  std::string out = fmt::format("\n{}\n", printable(row.name)) + wrapped("  ", belonging(row));
  if (!row.tenancy.tenants()) return out;
  out += fmt::format("  row level security: {}\n", row_security(*row.table));
  for (const catalog::Policy& policy : row.table->policies) out += wrapped("  policy: ", said(policy));
  const auto found = seen.find(row.table->id);
  if (found != seen.end() && row.table->row_security)
    out += seen_by(*found->second, !row.table->force_row_security, context);
  for (const std::string& key : row.chosen_keys) out += wrapped("  unique across tenants: ", key);
  if (!row.unscoped_keys.empty()) out += wrapped("  unique without the tenant: ", joined(row.unscoped_keys));
  if (!row.indexes_without.empty())
    out += wrapped("  indexes without the tenant in front: ", joined(row.indexes_without));
  return out;
}

// What else shows rows of tenants' tables: views, materialized views, functions.
std::string other_sources(const std::vector<tenancy::Source>& sources, const AccessContext& context) {
  std::string out;
  for (const tenancy::Source& source : sources) {
    if (source.kind == "table") continue;
    const std::string name = source.schema == "public" ? source.name : source.schema + "." + source.name;
    out += fmt::format("\n{} ({})\n{}", printable(name), source.kind, seen_by(source.seen, false, context));
  }
  return out.empty() ? "" : "\nViews and functions that show rows of tenants:\n" + out;
}

}  // namespace

std::string tenant_report_text(const TenantMap& map, const AccessContext& context) {
  std::string out = wrapped("", map.explanation);
  if (!map.on()) return out;
  if (!map.root_name.empty()) out += wrapped("", fmt::format("The tenants are in {}.", map.root_name));
  const Rows rows = tenancy::table_rows(context.catalog, map);
  const std::vector<tenancy::Source> sources = tenancy::sources(context);
  Seen seen;
  for (const tenancy::Source& source : sources) seen[source.id] = &source.seen;
  out += wrapped("", counts(rows));
  out += bypassing(rows, context);
  out += what_to_look_at(rows, seen, context);
  for (const TableRow& row : rows) {
    if (row.tenancy.kind != TenantKind::Global) out += about(row, seen, context);
  }
  return out + everybodys(rows) + other_sources(sources, context);
}

}  // namespace migcheck
