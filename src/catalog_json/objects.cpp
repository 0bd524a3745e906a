// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "catalog_json/writing.hpp"
#include "migcheck/ast/print.hpp"

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

std::string_view word(ast::FunctionParameter::Mode mode) {
  using Mode = ast::FunctionParameter::Mode;
  switch (mode) {
    case Mode::Out:
      return "out";
    case Mode::InOut:
      return "inout";
    case Mode::Variadic:
      return "variadic";
    case Mode::Table:
      return "table";
    default:
      return "in";
  }
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

void write_text(const Writing& to, std::string_view key, std::string_view text) {
  text.empty() ? write_null(to, key) : static_cast<void>(to.json.member(key, text));
}

void write_place(const Writing& to, const Origin& origin) {
  if (to.place_text)
    write_text(to, "made_at", origin.place.known() ? to.place_text(origin.place) : std::string());
}

void write_sql(const Writing& to, std::string_view key, const ast::Expression* expression) {
  const std::optional<std::string> sql = ast::to_sql(expression);
  if (!sql) return write_null(to, key);
  to.json.member(key, *sql);
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

namespace {

// The relations that the query reads, by name, and which of their columns.
void write_reads(const Writing& to, const View& view) {
  std::map<std::string, std::set<ColumnNumber>> columns;
  std::map<std::string, const Object*> relations;
  for (const Dependency& need : view.dependencies) {
    const Object* held = to.catalog.object(need.on);
    if (held == nullptr || need.part != Dependency::Part::Whole) continue;
    if (!std::holds_alternative<Table>(*held) && !std::holds_alternative<View>(*held)) continue;
    const std::string name = qualified(base(*held));
    relations[name] = held;
    std::set<ColumnNumber>& read = columns[name];
    if (need.column != 0) read.insert(need.column);
  }
  to.json.array("reads");
  for (const auto& [name, read] : columns) {
    const auto* table = std::get_if<Table>(relations[name]);
    to.json.begin_object().member("relation", name);
    write_column_names(to, "columns", read,
                       table != nullptr ? table->columns : std::get<View>(*relations[name]).columns);
    to.json.end_object();
  }
  to.json.end_array();
}

}  // namespace

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
  write_reads(to, view);
  const auto query = ast::to_sql(view.query);
  query ? static_cast<void>(to.json.member("query", *query)) : write_null(to, "query");
  write_indexes(to, view.id, view.columns);
  write_triggers(to, view.triggers, view.columns);
  write_rules(to, view.rules);
  write_owner_and_grants(to, view);
  write_place(to, view.origin);
  to.json.end_object();
}

void write(const Writing& to, const Sequence& sequence) {
  TypeRef type;
  type.schema = "pg_catalog";
  type.name = sequence.type;
  to.json.begin_object().member("schema", sequence.schema).member("name", sequence.name);
  to.json.member("uncertain", sequence.uncertain);
  to.json.member("type", to_string(type)).member("identity", sequence.identity);
  const Table* owner = to.catalog.get<Table>(sequence.owned_by);
  const Column* column = owner == nullptr ? nullptr : owner->column(sequence.owned_column);
  if (column == nullptr) {
    write_null(to, "owned_by");
  } else {
    to.json.object("owned_by").member("table", qualified(*owner)).member("column", column->name).end_object();
  }
  write_owner_and_grants(to, sequence);
  write_place(to, sequence.origin);
  to.json.end_object();
}

void write(const Writing& to, const Type& type) {
  to.json.begin_object().member("schema", type.schema).member("name", type.name);
  to.json.member("uncertain", type.uncertain);
  to.json.member("kind", word(type.kind));
  if (type.kind == TypeKind::Enum) {
    to.json.array("labels");
    for (const EnumValue& value : type.values) to.json.value(value.label);
    to.json.end_array();
  } else if (type.kind == TypeKind::Domain) {
    to.json.member("base", type_text(to, type.base)).member("not_null", type.not_null);
    to.json.member("has_default", type.default_value != nullptr);
    write_sql(to, "default", type.default_value);
    to.json.array("constraints");
    for (const DomainConstraint& constraint : type.constraints) {
      if (constraint.expression == nullptr) continue;  // NOT NULL, said above
      to.json.begin_object().member("name", constraint.name).member("valid", constraint.valid);
      write_sql(to, "expression", constraint.expression);
      to.json.end_object();
    }
    to.json.end_array();
  } else if (const Table* composite = to.catalog.get<Table>(type.composite)) {
    write_columns(to, composite->columns);
  }
  write_place(to, type.origin);
  to.json.end_object();
}

namespace {

// Parameters have no modifiers: without one these two are not what they are as columns.
std::string parameter_type(const Writing& to, const TypeRef& type) {
  const bool built_in = type.schema == "pg_catalog";
  const std::string array = type.array_dimensions > 0 ? "[]" : "";
  if (built_in && type.name == "bit") return "bit" + array;
  if (built_in && type.name == "bpchar") return "character" + array;
  return type_text(to, type);
}

// As PostgreSQL spells the settings that are not all in small letters.
std::string_view canonical_setting(std::string_view name) {
  if (name == "timezone") return "TimeZone";
  if (name == "datestyle") return "DateStyle";
  return name == "intervalstyle" ? "IntervalStyle" : name;
}

// PostgreSQL keeps lists of names quoted, where they must be.
std::string setting_text(std::string_view name, const std::vector<std::string>& values) {
  constexpr std::array<std::string_view, 4> kNames = {"search_path", "session_preload_libraries",
                                                      "local_preload_libraries", "temp_tablespaces"};
  if (std::find(kNames.begin(), kNames.end(), name) == kNames.end()) {
    return fmt::format("{}", fmt::join(values, ", "));
  }
  std::vector<std::string> quoted;
  for (const std::string& value : values) quoted.push_back(ast::quoted_name(value));
  return fmt::format("{}", fmt::join(quoted, ", "));
}

}  // namespace

void write(const Writing& to, const Function& function) {
  using Mode = ast::FunctionParameter::Mode;
  const std::string_view kind =
      function.aggregate ? "aggregate" : (function.procedure ? "procedure" : "function");
  to.json.begin_object().member("schema", function.schema).member("name", function.name);
  to.json.member("uncertain", function.uncertain);
  to.json.member("kind", kind).array("arguments");
  for (const Function::Argument& argument : function.arguments) {
    if (argument.mode != Mode::Out && argument.mode != Mode::Table)
      to.json.value(parameter_type(to, argument.type));
  }
  to.json.end_array().array("parameters");
  for (const Function::Argument& argument : function.arguments) {
    to.json.begin_object().member("name", argument.name).member("mode", word(argument.mode));
    to.json.member("type", parameter_type(to, argument.type)).member("has_default", argument.has_default);
    to.json.end_object();
  }
  to.json.end_array();
  if (function.procedure) {
    write_null(to, "returns");
  } else {
    to.json.member("returns", parameter_type(to, function.returns));
  }
  to.json.member("returns_set", function.returns_set).member("language", function.language);
  to.json.member("volatility", word(function.volatility));
  to.json.member("security_definer", function.security_definer).member("strict", function.strict);
  to.json.member("leakproof", function.leakproof).object("settings");
  for (const auto& [name, values] : function.settings) {
    to.json.member(canonical_setting(name), setting_text(name, values));
  }
  to.json.end_object();
  write_text(to, "body", function.body == nullptr ? std::string_view{} : function.body->text);
  write_owner_and_grants(to, function);
  write_place(to, function.origin);
  to.json.end_object();
}

void write(const Writing& to, const Extension& extension) {
  to.json.begin_object().member("name", extension.name).member("schema", extension.objects_schema);
  to.json.member("version", extension.version);
  write_place(to, extension.origin);
  to.json.end_object();
}

void write(const Writing& to, const Publication& publication) {
  to.json.begin_object().member("name", publication.name);
  to.json.member("all_tables", publication.all_tables).array("tables");
  for (const ObjectId id : publication.tables) {
    if (const Table* table = to.catalog.get<Table>(id)) to.json.value(qualified(*table));
  }
  to.json.end_array();
  write_texts(to, "schemas", publication.schemas);
  write_place(to, publication.origin);
  to.json.end_object();
}

namespace {

std::string_view word(ast::ObjectType type) {
  switch (type) {
    case ast::ObjectType::Statistics:
      return "statistics";
    case ast::ObjectType::EventTrigger:
      return "event trigger";
    case ast::ObjectType::Collation:
      return "collation";
    case ast::ObjectType::Operator:
      return "operator";
    case ast::ObjectType::TextSearch:
      return "text search";
    case ast::ObjectType::ForeignDataWrapper:
      return "foreign-data wrapper";
    case ast::ObjectType::ForeignServer:
      return "server";
    case ast::ObjectType::Language:
      return "language";
    default:
      return "";
  }
}

}  // namespace

void write(const Writing& to, const OtherObject& object) {
  if (word(object.type).empty()) return;
  to.json.begin_object().member("what", word(object.type));
  object.schema.empty() ? write_null(to, "schema")
                        : static_cast<void>(to.json.member("schema", object.schema));
  to.json.member("name", object.name);
  write_place(to, object.origin);
  to.json.end_object();
}

}  // namespace migcheck::catalog_json_room
