// SPDX-License-Identifier: MIT
#include "plan/type/types.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "plan/targets.hpp"
#include "plan/type/builtins.hpp"

namespace migcheck::plan {

using catalog::TypeRef;

namespace {

// Domains over domains, as deep as anybody goes.
constexpr int kDeepestDomain = 32;

std::string_view type_behind_serial(std::string_view name) {
  if (name == "smallserial" || name == "serial2") return "int2";
  if (name == "bigserial" || name == "serial8") return "int8";
  return "int4";
}

std::vector<std::int32_t> modifiers_of(const ast::TypeName& name) {
  std::vector<std::int32_t> modifiers;
  for (const ast::Expression* modifier : name.modifiers) {
    const auto* constant = ast::as<ast::Constant>(modifier);
    if (constant == nullptr || constant->type != ast::Constant::Type::Integer) return {};
    modifiers.push_back(static_cast<std::int32_t>(constant->integer));
  }
  return modifiers;
}

// Types of other databases, and what they are called here. Extensions bring none of these names.
struct OtherType {
  std::string_view name;
  std::string_view instead;
};
constexpr std::array kOtherTypes = {
    OtherType{"blob", "bytea"},
    OtherType{"clob", "text"},
    OtherType{"datetime", "timestamptz"},
    OtherType{"datetime2", "timestamptz"},
    OtherType{"datetimeoffset", "timestamptz"},
    OtherType{"double", "double precision"},
    OtherType{"longblob", "bytea"},
    OtherType{"longtext", "text"},
    OtherType{"mediumblob", "bytea"},
    OtherType{"mediumint", "integer"},
    OtherType{"mediumtext", "text"},
    OtherType{"nclob", "text"},
    OtherType{"ntext", "text"},
    OtherType{"number", "numeric"},
    OtherType{"nvarchar", "varchar"},
    OtherType{"nvarchar2", "varchar"},
    OtherType{"smalldatetime", "timestamptz"},
    OtherType{"tinyblob", "bytea"},
    OtherType{"tinyint", "smallint or boolean"},
    OtherType{"tinytext", "text"},
    OtherType{"uniqueidentifier", "uuid"},
    OtherType{"varbinary", "bytea"},
    OtherType{"varchar2", "varchar"},
};

// Empty: no other database has a type of this name.
std::string_view instead_of(std::string_view type) {
  const auto* found =
      std::lower_bound(kOtherTypes.begin(), kOtherTypes.end(), type,
                       [](const OtherType& one, std::string_view name) { return one.name < name; });
  return found != kOtherTypes.end() && found->name == type ? found->instead : std::string_view{};
}

// "_int4" is how PostgreSQL stores the name of int4[].
void unfold_array_name(TypeRef& type) {
  if (type.name.size() < 2 || type.name.front() != '_') return;
  type.name.erase(0, 1);
  type.array_dimensions = static_cast<std::int16_t>(type.array_dimensions + 1);
}

}  // namespace

TypeRef builtin_type_ref(std::string_view name) {
  TypeRef type;
  type.schema = "pg_catalog";
  type.name = name;
  return type;
}

TypeRef resolve_type(const Planner& planner, const ast::TypeName* name) {
  TypeRef type;
  if (name == nullptr || name->percent_type) return type;
  type.name = name->serial() ? type_behind_serial(name->name) : name->name;
  type.modifiers = modifiers_of(*name);
  type.array_dimensions = name->array_dimensions;
  const bool maybe_builtin = name->schema.empty() || name->schema == "pg_catalog";
  if (maybe_builtin) {
    TypeRef unfolded = type;
    if (builtin_type(type.name, planner.version()) == nullptr) unfold_array_name(unfolded);
    if (builtin_type(unfolded.name, planner.version()) != nullptr || unfolded.name == "void" ||
        unfolded.name == "record" || unfolded.name == "trigger") {
      unfolded.schema = "pg_catalog";
      return unfolded;
    }
  }
  if (const catalog::Type* found = planner.draft.type(name->schema, type.name, planner.search_path())) {
    type.schema = found->schema;
    type.name = found->name;
    type.id = found->id;
    return type;
  }
  // The row type of a table.
  if (const catalog::Object* relation =
          planner.draft.relation(name->schema, type.name, planner.search_path())) {
    type.schema = catalog::base(*relation).schema;
  } else {
    type.schema.clear();
  }
  return type;
}

TypeRef require_column_type(Planner& planner, const ast::TypeName* name) {
  TypeRef type = resolve_type(planner, name);
  const bool resolved = name == nullptr || name->percent_type || !type.schema.empty();
  if (resolved) return type;
  // One that was never there may be an extension's, made by hand.
  const std::string_view instead = name->schema.empty() ? instead_of(name->name) : std::string_view{};
  if (instead.empty() && !planner.before.type_was_known(name->schema, name->name, planner.search_path()))
    return type;
  if (!name->schema.empty() && !schema_exists(planner, name->schema)) return type;
  const std::string qualifier = name->schema.empty() ? "" : std::string(name->schema) + ".";
  planner.error("42704", "type \"" + qualifier + std::string(name->name) + "\" does not exist");
  planner.plan.errors.back().instead = instead;
  return type;
}

const catalog::Type* domain_of(const Planner& planner, const TypeRef& type) {
  if (type.id == catalog::kNoObject || is_array(type)) return nullptr;
  const auto* found = planner.draft.get<catalog::Type>(type.id);
  return found != nullptr && found->kind == catalog::TypeKind::Domain ? found : nullptr;
}

TypeRef base_type_of(const Planner& planner, const TypeRef& type) {
  TypeRef base = type;
  for (int depth = 0; depth < kDeepestDomain; ++depth) {
    const catalog::Type* domain = domain_of(planner, base);
    if (domain == nullptr) break;
    base = domain->base;
  }
  return base;
}

bool is_constrained_domain(const Planner& planner, const TypeRef& type) {
  TypeRef at = type;
  for (int depth = 0; depth < kDeepestDomain; ++depth) {
    const catalog::Type* domain = domain_of(planner, at);
    if (domain == nullptr) return false;
    if (domain->not_null || !domain->constraints.empty()) return true;
    at = domain->base;
  }
  return false;
}

bool is_not_null_domain(const Planner& planner, const TypeRef& type) {
  TypeRef at = type;
  for (int depth = 0; depth < kDeepestDomain; ++depth) {
    const catalog::Type* domain = domain_of(planner, at);
    if (domain == nullptr) return false;
    if (domain->not_null) return true;
    at = domain->base;
  }
  return false;
}

std::string type_in_message(const TypeRef& type) {
  return catalog::to_string(type);
}

}  // namespace migcheck::plan
