// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

#include "catalog_json/writing.hpp"

namespace migcheck::catalog_json_room {

using namespace catalog;

namespace {

void write_grants(const Writing& to, const catalog::Parts<Acl>& acl) {
  std::vector<const Acl*> sorted;
  for (const Acl& entry : acl) sorted.push_back(&entry);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Acl* a, const Acl* b) {
    return std::tie(a->grantee, a->privilege, a->columns) < std::tie(b->grantee, b->privilege, b->columns);
  });
  to.json.array("grants");
  for (const Acl* entry : sorted) {
    to.json.begin_object().member("grantee", entry->grantee).member("privilege", entry->privilege);
    write_texts(to, "columns", entry->columns);
    to.json.member("grant_option", entry->grant_option);
    write_place(to, entry->origin);
    to.json.end_object();
  }
  to.json.end_array();
}

}  // namespace

void write_owner_and_grants(const Writing& to, const ObjectBase& object) {
  if (object.owner.empty()) {
    write_null(to, "owner");
  } else {
    to.json.member("owner", object.owner);
  }
  write_grants(to, object.acl);
}

void write(const Writing& to, const Role& role) {
  to.json.begin_object().member("name", role.name).member("superuser", role.superuser);
  to.json.member("bypass_row_security", role.bypass_row_security).member("login", role.login);
  std::vector<std::string> groups = role.member_of;
  std::sort(groups.begin(), groups.end());
  write_texts(to, "member_of", groups);
  write_place(to, role.origin);
  to.json.end_object();
}

// The catalog keeps them as objects that are called "tables of app_owner".
void write_default_privileges(const Writing& to) {
  to.json.array("default_privileges");
  for (const Object* object : to.catalog.objects(ObjectKind::Other)) {
    const auto& held = std::get<OtherObject>(*object);
    if (held.type != ast::ObjectType::DefaultAcl || held.acl.empty()) continue;
    constexpr std::string_view kOf = " of ";
    const std::size_t of = held.name.find(kOf);
    to.json.begin_object().member("role", std::string_view(held.name).substr(of + kOf.size()));
    if (held.schema.empty()) {
      write_null(to, "schema");
    } else {
      to.json.member("schema", held.schema);
    }
    to.json.member("name", std::string_view(held.name).substr(0, of));
    write_grants(to, held.acl);
    to.json.end_object();
  }
  to.json.end_array();
}

}  // namespace migcheck::catalog_json_room
