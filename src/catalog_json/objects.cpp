// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <string_view>

#include "catalog_json/writing.hpp"

namespace migcheck::catalog_json_room {

using namespace catalog;

namespace {

std::string_view word(TypeKind kind) {
  switch (kind) {
    case TypeKind::Enum:
      return "enum";
    case TypeKind::Domain:
      return "domain";
    case TypeKind::Composite:
      return "composite";
    case TypeKind::Range:
      return "range";
    case TypeKind::Base:
      return "base";
    case TypeKind::Shell:
      return "shell";
  }
  return "";
}

std::string_view word(ast::Volatility volatility) {
  switch (volatility) {
    case ast::Volatility::Immutable:
      return "immutable";
    case ast::Volatility::Stable:
      return "stable";
    case ast::Volatility::Volatile:
      return "volatile";
  }
  return "";
}

}  // namespace

std::string qualified(const ObjectBase& object) {
  return object.schema + "." + object.name;
}

// The type's own name now: it may have been renamed since the column was made.
std::string type_text(const Writing& to, TypeRef type) {
  if (const Object* held = to.catalog.object(type.id)) {
    type.schema = base(*held).schema;
    type.name = base(*held).name;
  }
  return to_string(type);
}

void write_null(const Writing& to, std::string_view key) {
  to.json.key(key).null();
}

void write_reference(const Writing& to, std::string_view key, ObjectId id) {
  const Object* held = to.catalog.object(id);
  if (held == nullptr) return write_null(to, key);
  to.json.member(key, qualified(base(*held)));
}

void write_texts(const Writing& to, std::string_view key, const std::vector<std::string>& texts) {
  to.json.array(key);
  for (const std::string& text : texts) to.json.value(text);
  to.json.end_array();
}

void write(const Writing& to, const View& view) {
  to.json.begin_object().member("schema", view.schema).member("name", view.name);
  to.json.member("materialized", view.materialized).member("populated", view.populated);
  to.json.member("uncertain", view.uncertain);
  write_options(to, view.options);
  to.json.array("columns");
  for (const Column& column : view.columns) {
    to.json.begin_object()
        .member("name", column.name)
        .member("type", type_text(to, column.type))
        .end_object();
  }
  to.json.end_array();
  write_indexes(to, view.id, view.columns);
  write_triggers(to, view.triggers, view.columns);
  write_rules(to, view.rules);
  write_owner_and_grants(to, view);
  to.json.end_object();
}

void write(const Writing& to, const Sequence& sequence) {
  TypeRef type;
  type.schema = "pg_catalog";
  type.name = sequence.type;
  to.json.begin_object().member("schema", sequence.schema).member("name", sequence.name);
  to.json.member("type", to_string(type)).member("identity", sequence.identity);
  const Table* owner = to.catalog.get<Table>(sequence.owned_by);
  const Column* column = owner == nullptr ? nullptr : owner->column(sequence.owned_column);
  if (column == nullptr) {
    write_null(to, "owned_by");
  } else {
    to.json.object("owned_by").member("table", qualified(*owner)).member("column", column->name).end_object();
  }
  write_owner_and_grants(to, sequence);
  to.json.end_object();
}

void write(const Writing& to, const Type& type) {
  to.json.begin_object().member("schema", type.schema).member("name", type.name);
  to.json.member("kind", word(type.kind));
  if (type.kind == TypeKind::Enum) {
    to.json.array("labels");
    for (const EnumValue& value : type.values) to.json.value(value.label);
    to.json.end_array();
  } else if (type.kind == TypeKind::Domain) {
    to.json.member("base", type_text(to, type.base)).member("not_null", type.not_null);
    to.json.member("has_default", type.default_value != nullptr).array("constraints");
    for (const DomainConstraint& constraint : type.constraints) {
      if (constraint.expression == nullptr) continue;  // NOT NULL, said above
      to.json.begin_object().member("name", constraint.name).member("valid", constraint.valid).end_object();
    }
    to.json.end_array();
  } else if (const Table* composite = to.catalog.get<Table>(type.composite)) {
    write_columns(to, composite->columns);
  }
  to.json.end_object();
}

void write(const Writing& to, const Function& function) {
  using Mode = ast::FunctionParameter::Mode;
  const std::string_view kind =
      function.aggregate ? "aggregate" : (function.procedure ? "procedure" : "function");
  to.json.begin_object().member("schema", function.schema).member("name", function.name);
  to.json.member("kind", kind).array("arguments");
  for (const Function::Argument& argument : function.arguments) {
    if (argument.mode != Mode::Out && argument.mode != Mode::Table)
      to.json.value(type_text(to, argument.type));
  }
  to.json.end_array();
  if (function.procedure) {
    write_null(to, "returns");
  } else {
    to.json.member("returns", type_text(to, function.returns));
  }
  to.json.member("returns_set", function.returns_set).member("language", function.language);
  to.json.member("volatility", word(function.volatility));
  to.json.member("security_definer", function.security_definer).member("strict", function.strict);
  to.json.member("leakproof", function.leakproof).object("settings");
  for (const auto& [name, values] : function.settings) {
    to.json.member(name, fmt::format("{}", fmt::join(values, ", ")));
  }
  to.json.end_object();
  write_owner_and_grants(to, function);
  to.json.end_object();
}

void write(const Writing& to, const Extension& extension) {
  to.json.begin_object().member("name", extension.name).member("schema", extension.objects_schema);
  to.json.member("version", extension.version).end_object();
}

void write(const Writing& to, const Publication& publication) {
  to.json.begin_object().member("name", publication.name);
  to.json.member("all_tables", publication.all_tables).array("tables");
  for (const ObjectId id : publication.tables) {
    if (const Table* table = to.catalog.get<Table>(id)) to.json.value(qualified(*table));
  }
  to.json.end_array();
  write_texts(to, "schemas", publication.schemas);
  to.json.end_object();
}

}  // namespace migcheck::catalog_json_room
