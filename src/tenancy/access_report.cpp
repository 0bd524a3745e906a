// SPDX-License-Identifier: MIT

#include "tenancy/access_report.hpp"

namespace migcheck {

namespace tenancy {

namespace {

void add_source(const catalog::Object& object, std::string_view kind, const std::vector<std::string>& roles,
                const AccessContext& context, std::vector<Source>& into) {
  const catalog::ObjectBase& base = catalog::base(object);
  SeenBy seen = seen_by(base.id, roles, context);
  const bool silent = seen.owner.verdict == RowVerdict::Unknown && seen.others.verdict == RowVerdict::Unknown;
  if (kind == "table" || !silent) into.push_back({base.id, base.schema, base.name, kind, std::move(seen)});
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

}  // namespace migcheck
