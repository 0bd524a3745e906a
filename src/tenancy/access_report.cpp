// SPDX-License-Identifier: MIT

#include "tenancy/access_report.hpp"

#include <fmt/format.h>

namespace migcheck {

namespace tenancy {

namespace {

std::string seen_line(std::string_view who, const RowAccess& access) {
  return fmt::format("  by {}: {} ({})\n", who, to_string(access.verdict), access.reason);
}

std::string seen_text(const SeenBy& seen) {
  std::string out = seen_line("its owner", seen.owner) + seen_line("other roles", seen.others);
  for (const auto& [role, access] : seen.roles) out += seen_line(role, access);
  return out;
}

std::string quoted_name(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    } else {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    }
  }
  return out + "\"";
}

std::string seen_json(const SeenBy& seen) {
  std::string roles;
  for (const auto& [role, access] : seen.roles) {
    roles +=
        fmt::format("{}{}: \"{}\"", roles.empty() ? "" : ", ", quoted_name(role), to_string(access.verdict));
  }
  return fmt::format("{{\"owner\": \"{}\", \"others\": \"{}\", \"roles\": {{{}}}}}",
                     to_string(seen.owner.verdict), to_string(seen.others.verdict), roles);
}

void add_source(const catalog::Object& object, std::string_view kind, const std::vector<std::string>& roles,
                const AccessContext& context, std::vector<Source>& into) {
  const catalog::ObjectBase& base = catalog::base(object);
  SeenBy seen = seen_by(base.id, roles, context);
  const bool silent = seen.owner.verdict == RowVerdict::Unknown && seen.others.verdict == RowVerdict::Unknown;
  if (kind == "table" || !silent) into.push_back({base.schema, base.name, kind, std::move(seen)});
}

}  // namespace

SeenBy seen_by(catalog::ObjectId relation, const std::vector<std::string>& roles,
               const AccessContext& context) {
  SeenBy seen;
  const catalog::Object* object = context.catalog.object(relation);
  if (object == nullptr) return seen;
  seen.owner = row_access(relation, catalog::base(*object).owner, context);
  seen.others = row_access(relation, kAnyOtherRole, context);
  for (const std::string& role : roles) {
    RowAccess access = row_access(relation, role, context);
    if (access.verdict != seen.others.verdict) seen.roles.emplace_back(role, std::move(access));
  }
  return seen;
}

std::vector<Source> sources(const AccessContext& context) {
  std::vector<Source> found;
  if (!context.map.on()) return found;
  const std::vector<std::string> roles = known_roles(context.catalog);
  for (const catalog::Table* table : context.catalog.tables()) {
    if (!context.map.of(table->id).tenants()) continue;
    add_source(*context.catalog.object(table->id), "table", roles, context, found);
  }
  for (const catalog::Object* object : context.catalog.objects(catalog::ObjectKind::View)) {
    const auto& view = std::get<catalog::View>(*object);
    if (view.persistence == catalog::Persistence::Temporary) continue;
    add_source(*object, view.materialized ? "materialized view" : "view", roles, context, found);
  }
  for (const catalog::Object* object : context.catalog.objects(catalog::ObjectKind::Function)) {
    add_source(*object, "function", roles, context, found);
  }
  return found;
}

}  // namespace tenancy

std::string tenant_report_text(const TenantMap& map, const AccessContext& context) {
  std::string out = tenant_report_text(context.catalog, map);
  const std::vector<tenancy::Source> sources = tenancy::sources(context);
  if (!sources.empty()) out += "\nWhose rows are seen (by roles that may SELECT)\n";
  for (const tenancy::Source& source : sources) {
    const std::string name = source.schema == "public" ? source.name : source.schema + "." + source.name;
    out += fmt::format("\n{} ({})\n{}", name, source.kind, tenancy::seen_text(source.seen));
  }
  return out;
}

// The map's page, with one more member at its end.
std::string tenant_report_json(const TenantMap& map, const AccessContext& context) {
  std::string out = tenant_report_json(context.catalog, map);
  const std::size_t end = out.rfind('}');
  if (end == std::string::npos) return out;
  out.erase(end);
  while (!out.empty() && out.back() == '\n') out.pop_back();
  out += ",\n  \"access\": [";
  bool first = true;
  for (const tenancy::Source& source : tenancy::sources(context)) {
    out += fmt::format("{}\n    {{\"schema\": {}, \"name\": {}, \"kind\": \"{}\", \"verdict\": {}}}",
                       first ? "" : ",", tenancy::quoted_name(source.schema),
                       tenancy::quoted_name(source.name), source.kind, tenancy::seen_json(source.seen));
    first = false;
  }
  return out + "\n  ]\n}\n";
}

}  // namespace migcheck
