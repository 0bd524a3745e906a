// SPDX-License-Identifier: MIT

#include "cli/config_schema.hpp"

#include "config/keys.hpp"
#include "migcheck/input.hpp"
#include "migcheck/registry.hpp"
#include "migcheck/version.hpp"
#include "report/json_writer.hpp"

namespace migcheck::cli {
namespace {

using config::Key;
using config::Shape;
using report::JsonWriter;

template <typename Names>
void write_enum(JsonWriter& json, const Names& names) {
  json.array("enum");
  for (const auto& name : names) json.value(std::string_view(name));
  json.end_array();
}

// `off` and `on` without quotes are booleans to a YAML 1.1 reader, so both spellings are accepted.
void write_levels(JsonWriter& json) {
  json.array("enum");
  for (const std::string_view level : config::check_levels()) json.value(level);
  json.value(true).value(false).end_array();
}

void write_string_or_list(JsonWriter& json) {
  json.array("oneOf").begin_object().member("type", "string").end_object();
  json.begin_object().member("type", "array").object("items").member("type", "string").end_object();
  json.end_object().end_array();
}

void write_option(JsonWriter& json, const OptionSpec& option) {
  json.object(option.name).member("description", option.summary);
  switch (option.type) {
    case OptionSpec::Type::Boolean:
      json.member("type", "boolean");
      break;
    case OptionSpec::Type::Integer:
      json.member("type", "integer").member("minimum", 0);
      break;
    case OptionSpec::Type::Text:
      json.member("type", "string");
      break;
    case OptionSpec::Type::List:
      write_string_or_list(json);
      break;
  }
  json.end_object();
}

// A level, or {severity, options}.
void write_check(JsonWriter& json, std::string_view name, std::string_view summary, const Check* check) {
  json.object(name).member("description", summary).array("oneOf").begin_object();
  write_levels(json);
  json.end_object().begin_object().member("type", "object").member("additionalProperties", false);
  json.object("properties").object("severity");
  write_levels(json);
  json.end_object();
  if (check != nullptr && !check->options.empty()) {
    json.object("options").member("type", "object").member("additionalProperties", false);
    json.object("properties");
    for (const OptionSpec& option : check->options) write_option(json, option);
    json.end_object().end_object();
  }
  json.end_object().end_object().end_array().end_object();
}

void write_checks(JsonWriter& json) {
  json.member("type", "object").member("additionalProperties", false).object("properties");
  for (const Category& category : all_categories())
    write_check(json, category.name, category.summary, nullptr);
  for (const RegisteredCheck& check : all_checks()) {
    write_check(json, check.name, check.check->summary, check.check);
  }
  json.end_object();
}

void write_keys(JsonWriter& json, const std::vector<Key>& keys);

// A path, a mapping, or a list of both.
void write_paths(JsonWriter& json, const std::vector<Key>& keys) {
  const auto write_one = [&] {
    json.begin_object().member("type", "string").end_object().begin_object();
    write_keys(json, keys);
    json.array("required").value("path").end_array().end_object();
  };
  json.array("oneOf");
  write_one();
  json.begin_object().member("type", "array").object("items").array("oneOf");
  write_one();
  json.end_array().end_object().end_object().end_array();
}

void write_shape(JsonWriter& json, const Key& key) {
  switch (key.shape) {
    case Shape::Integer:
      json.member("type", "integer").member("minimum", key.least).member("maximum", key.most);
      break;
    case Shape::Boolean:
      json.member("type", "boolean");
      break;
    case Shape::Text:
      json.member("type", "string");
      break;
    case Shape::TextList:
      write_string_or_list(json);
      break;
    case Shape::Choice:
      write_enum(json, key.choices);
      break;
    case Shape::Duration:
      json.member("type", "string").member("pattern", "^[0-9]+(ms|s|min)$");
      break;
    case Shape::Layout: {
      std::vector<std::string> names = layout_names();
      names.insert(names.begin(), "auto");
      write_enum(json, names);
      break;
    }
    case Shape::Paths:
      write_paths(json, key.keys);
      break;
    case Shape::Tables:
      json.member("type", "object").object("additionalProperties");
      write_enum(json, key.choices);
      json.end_object();
      break;
    case Shape::Checks:
      write_checks(json);
      break;
    case Shape::Object:
      write_keys(json, key.keys);
      break;
  }
}

// The table is three levels deep.
void write_keys(JsonWriter& json, const std::vector<Key>& keys) {
  json.member("type", "object").member("additionalProperties", false).object("properties");
  for (const Key& key : keys) {
    json.object(key.name).member("description", key.summary);
    write_shape(json, key);
    json.end_object();
  }
  json.end_object();
}

}  // namespace

std::string configuration_schema() {
  std::string out;
  JsonWriter json(out);
  json.begin_object()
      .member("$schema", "http://json-schema.org/draft-07/schema#")
      .member("$id", fmt::format("{}/raw/v{}/migcheck.schema.json", kUrl, kVersion))
      .member("title", "migcheck.yaml");
  write_keys(json, config::all_keys());
  json.end_object();
  return out;
}

}  // namespace migcheck::cli
