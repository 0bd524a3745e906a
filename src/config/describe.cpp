// SPDX-License-Identifier: MIT

// `migcheck config`: the values in force as YAML, each with where it came from.

#include <fmt/format.h>

#include <algorithm>

#include "config/keys.hpp"
#include "config/yaml_text.hpp"
#include "migcheck/registry.hpp"

namespace migcheck {
namespace {

using config::Key;
using config::Shape;

constexpr std::size_t kOriginColumn = 40;

std::string shown(const config::Value& value, Shape shape) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return fmt::format("{}{}", *number, shape == Shape::Duration ? "ms" : "");
  }
  if (const auto* text = std::get_if<std::string>(&value)) return config::yaml_text(*text);
  std::string list;
  for (const std::string& item : std::get<std::vector<std::string>>(value)) {
    list += fmt::format("{}{}", list.empty() ? "" : ", ", config::yaml_text(item));
  }
  return fmt::format("[{}]", list);
}

class Description {
 public:
  explicit Description(const Configuration& configuration) : configuration_(configuration) {}

  std::string write() {
    for (const Key& key : config::all_keys()) write_key(key, "", 0);
    return std::move(out_);
  }

 private:
  void write_key(const Key& key, const std::string& prefix, std::size_t indent) {
    const std::string full = prefix.empty() ? std::string(key.name) : fmt::format("{}.{}", prefix, key.name);
    switch (key.shape) {
      case Shape::Object:
        line(indent, fmt::format("{}:", key.name), "");
        for (const Key& inner : key.keys) write_key(inner, full, indent + 2);
        break;
      case Shape::Checks:
        write_checks();
        break;
      case Shape::Tables:
        write_tables();
        break;
      case Shape::Paths:
        line(indent, fmt::format("{}: [{}]", key.name, shown_paths()), full);
        break;
      default:
        line(indent, fmt::format("{}: {}", key.name, shown(key.show(configuration_), key.shape)), full);
    }
  }

  // A path alone, or {path: …, layout: …}.
  [[nodiscard]] std::string shown_paths() const {
    std::string list;
    for (const MigrationPath& migrations : configuration_.migrations) {
      std::string path = config::yaml_text(migrations.path);
      std::string more;
      if (!migrations.layout.empty()) more += ", layout: " + migrations.layout;
      if (!migrations.transaction.empty()) more += ", transaction: " + migrations.transaction;
      if (!more.empty()) path = fmt::format("{{path: {}{}}}", path, more);
      list += (list.empty() ? "" : ", ") + path;
    }
    return list;
  }

  void write_tables() {
    const auto& tables = configuration_.settings.tables;
    line(0, tables.empty() ? "tables: {}" : "tables:", "tables");
    for (const auto& [name, size] : tables) line(2, fmt::format("{}: small", config::yaml_text(name)), "");
  }

  // All checks with the severity in force: what a run would do.
  void write_checks() {
    line(0, "checks:", "");
    for (const RegisteredCheck& check : all_checks()) {
      const Settings& settings = configuration_.settings;
      std::string_view word = "off";
      if (is_enabled(check, settings)) {
        const Severity severity = severity_under(check, settings);
        word = severity == Severity::Error ? "error" : severity == Severity::Warning ? "warning" : "info";
      }
      std::string origin = fmt::format("checks.{}", check.name);
      if (configuration_.origins.count(origin) == 0) origin = fmt::format("checks.{}", check.category);
      line(2, fmt::format("{}: {}", check.name, word), origin);
    }
  }

  // `key` is what to look up the origin of; nothing for headings.
  void line(std::size_t indent, const std::string& text, const std::string& key) {
    std::string row = std::string(indent, ' ') + text;
    if (!key.empty()) {
      const auto origin = configuration_.origins.find(key);
      const std::string from = origin == configuration_.origins.end() ? "default" : origin->second;
      row.resize(std::max(row.size() + 2, kOriginColumn), ' ');
      row += "# " + from;
    }
    out_ += row + "\n";
  }

  const Configuration& configuration_;
  std::string out_;
};

}  // namespace

std::string describe_configuration(const Configuration& configuration) {
  return Description(configuration).write();
}

}  // namespace migcheck
