// SPDX-License-Identifier: MIT
#include "migcheck/catalog_json.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

#include "catalog_json/writing.hpp"

namespace migcheck {

namespace {

using catalog_json_room::Writing;

// Composite types are listed with the types.
bool is_listed(const catalog::Object& object) {
  const catalog::ObjectBase& held = catalog::base(object);
  if (held.extension_member || held.schema == "pg_temp") return false;
  const auto* table = std::get_if<catalog::Table>(&object);
  return table == nullptr || table->kind != catalog::TableKind::Composite;
}

template <typename T>
std::vector<const T*> sorted(const catalog::Catalog& catalog) {
  std::vector<const T*> found;
  for (const catalog::Object* object : catalog.objects(T::kKind)) {
    if (is_listed(*object)) found.push_back(&std::get<T>(*object));
  }
  // Overloaded functions keep the order in which they were made.
  std::stable_sort(found.begin(), found.end(), [](const T* a, const T* b) {
    return std::tie(a->schema, a->name) < std::tie(b->schema, b->name);
  });
  return found;
}

template <typename T>
void write_all(const Writing& to, std::string_view key) {
  to.json.array(key);
  for (const T* object : sorted<T>(to.catalog)) catalog_json_room::write(to, *object);
  to.json.end_array();
}

void write_schemas(const Writing& to) {
  to.json.array("schemas");
  for (const catalog::Schema* schema : sorted<catalog::Schema>(to.catalog)) {
    if (schema->name == "pg_catalog") continue;
    to.json.begin_object().member("name", schema->name);
    to.json.member("complete", to.catalog.is_complete(schema->name));
    write_place(to, schema->origin);
    catalog_json_room::write_owner_and_grants(to, *schema);
    to.json.end_object();
  }
  to.json.end_array();
}

std::string_view word(catalog::ObjectKind kind) {
  using Kind = catalog::ObjectKind;
  switch (kind) {
    case Kind::Schema:
      return "schema";
    case Kind::Table:
      return "table";
    case Kind::View:
      return "view";
    case Kind::Index:
      return "index";
    case Kind::Sequence:
      return "sequence";
    case Kind::Type:
      return "type";
    case Kind::Function:
      return "function";
    case Kind::Extension:
      return "extension";
    case Kind::Publication:
      return "publication";
    case Kind::Role:
      return "role";
    default:
      return "other";
  }
}

void write_maybe_gone(const Writing& to) {
  to.json.array("maybe_dropped");
  for (const catalog::Catalog::Gone& gone : to.catalog.maybe_gone()) {
    to.json.begin_object().member("what", word(gone.kind));
    catalog_json_room::write_text(to, "schema", gone.schema);
    to.json.member("name", gone.name).end_object();
  }
  to.json.end_array();
}

}  // namespace

std::string catalog_json(const catalog::Catalog& catalog, const PlaceText& place_text) {
  std::string out;
  report::JsonWriter json(out);
  const Writing to{catalog, json, place_text};
  json.begin_object().member("version", 1);
  write_schemas(to);
  write_all<catalog::Table>(to, "tables");
  write_all<catalog::View>(to, "views");
  write_all<catalog::Sequence>(to, "sequences");
  write_all<catalog::Type>(to, "types");
  write_all<catalog::Function>(to, "functions");
  write_all<catalog::Extension>(to, "extensions");
  write_all<catalog::Publication>(to, "publications");
  write_all<catalog::Role>(to, "roles");
  catalog_json_room::write_default_privileges(to);
  write_all<catalog::OtherObject>(to, "others");
  write_maybe_gone(to);
  json.end_object();
  return out;
}

}  // namespace migcheck
