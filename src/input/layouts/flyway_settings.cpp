// SPDX-License-Identifier: MIT

#include "input/layouts/flyway_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "input/sql_text.hpp"

namespace migcheck::input::flyway {
namespace {

// "sqlMigrationPrefix" and Spring's "sql-migration-prefix" are one name.
std::string plain_name(std::string_view key) {
  std::string name;
  for (const char c : key.substr(key.rfind('.') + 1)) {
    if (c != '-' && c != '_') name.push_back(c);
  }
  return lowered(name);
}

// The lines that are Flyway's: all of its own files; of Spring's, keys that name it and what is indented
// below one. Other keys there are called alike (hibernate.default_schema).
std::string settings_of_flyway(std::string_view configuration) {
  std::string own;
  bool in_block = false;
  std::size_t block_indent = 0;  // of its key
  bool in_section = false;
  LineWalker lines(configuration);
  Span line;
  while (lines.next(line)) {
    const std::string_view content = text_of(configuration, line);
    const std::size_t indent = content.find_first_not_of(" \t");
    if (indent == std::string_view::npos || content[indent] == '#') continue;
    const std::string_view key = trimmed(content.substr(0, content.find_first_of("=:")));
    const bool section = key == "[flyway]";  // of TOML: its keys are not indented
    if (key.starts_with('[') || (indent <= block_indent && !in_section)) in_block = false;
    if (in_block || key.find("flyway.") != std::string_view::npos) own.append(content).push_back('\n');
    if (key == "flyway" || section) {
      in_block = true;
      block_indent = indent;
      in_section = section;
    }
  }
  return own;
}

// One of the folders that Flyway looks into, with all below it, as the settings name it.
struct Location {
  std::string path;  // relative to `root`; on the class path its end
  std::string root;  // of filesystem: the folder of the settings, relative to the migrations'
  bool on_class_path = false;
};

std::vector<Location> locations_in(const NearestFile& settings) {
  std::vector<Location> found;
  const std::string locations = settings.text.empty() ? std::string() : setting(settings.text, "locations");
  std::string_view rest = locations;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    std::string_view one = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    while (!one.empty() && std::string_view("[]\"' ").find(one.front()) != std::string_view::npos)
      one.remove_prefix(1);
    while (!one.empty() && std::string_view("[]\"' /").find(one.back()) != std::string_view::npos)
      one.remove_suffix(1);
    if (one.starts_with("filesystem:")) {
      found.push_back({std::string(one.substr(11)), settings.folder(), false});
      continue;
    }
    if (one.starts_with("classpath:")) one.remove_prefix(10);
    const bool elsewhere = one.find(':') != std::string_view::npos || one.find("${") == 0;  // s3:, a variable
    one.remove_prefix(one.starts_with('/') ? 1 : 0);
    if (!elsewhere && !one.empty()) found.push_back({std::string(one), {}, true});
  }
  return found;
}

bool is_at(const Folder& folder, const Location& location) {
  return location.on_class_path ? folder.location().ends_with(fmt::format("/{}", location.path))
                                : folder.folder(location.root).leads_to(location.path, folder);
}

// The folders whose migrations run in one order with this one's: the settings name them all. Empty if they do
// not name this one.
std::vector<Location> locations_around(const Folder& folder) {
  for (const std::string_view name : kSettingsFiles) {
    std::vector<Location> all = locations_in(folder.nearest(name));
    if (std::any_of(all.begin(), all.end(), [&](const Location& one) { return is_at(folder, one); }))
      return all;
  }
  return {};
}

// Another location's folder, relative to this one.
std::string path_to(const Folder& folder, const Location& own, const Location& other) {
  namespace fs = std::filesystem;
  const fs::path here = folder.location();
  fs::path root = here / own.root;
  if (own.on_class_path) {
    root = folder.location().substr(0, folder.location().size() - own.path.size());
  }
  return (root / other.path).lexically_normal().lexically_relative(here).generic_string();
}

// The folder that the path leads to, up first and then down; nothing where that is a folder around, outside
// of the project, or not there.
std::optional<Folder> folder_at(Folder from, std::string_view path) {
  bool down = false;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (part == "..") {
      from = from.parent();
      if (from.is_outside(from.location())) return std::nullopt;
      continue;
    }
    if (!from.has_folder(part)) return std::nullopt;
    from = from.folder(part);
    down = true;
  }
  return down ? std::optional<Folder>(from) : std::nullopt;
}

// Whether the location lies right in the folder.
bool has_location(const Folder& folder, const Location& location) {
  if (!location.on_class_path || location.path.find_first_of("{$*") != std::string::npos) return false;
  const std::string_view around = folder_of(location.path);
  return !around.empty() && folder.location().ends_with(fmt::format("/{}", around)) &&
         folder.has_folder(name_of(location.path));
}

// Whether the settings name a location of which this is so, and not the folder itself.
bool names_another(const Folder& folder, bool (*is_so)(const Folder& folder, const Location& location)) {
  for (const std::string_view name : kSettingsFiles) {
    const std::vector<Location> all = locations_in(folder.nearest(name));
    const auto any = [&](const auto& holds) {
      return std::any_of(all.begin(), all.end(), [&](const Location& one) { return holds(folder, one); });
    };
    if (any(is_at)) return false;
    if (any(is_so)) return true;
  }
  return false;
}

}  // namespace

std::string setting(std::string_view configuration, std::string_view key) {
  return said(configuration, key).value_or(std::string());
}

std::optional<std::string> said(std::string_view configuration, std::string_view key) {
  const std::string wanted = plain_name(key);
  LineWalker lines(configuration);
  Span line;
  while (lines.next(line)) {
    std::string_view content = trimmed(text_of(configuration, line));
    const std::size_t separator = content.find_first_of("=:");
    if (separator == std::string_view::npos || content.starts_with('#')) continue;
    if (plain_name(trimmed(content.substr(0, separator))) != wanted) continue;
    content = trimmed(content.substr(separator + 1));
    if (content.size() >= 2 && content.front() == '"') content = content.substr(1, content.find('"', 1) - 1);
    return std::string(content);
  }
  return std::nullopt;
}

std::string default_schema(const Folder& folder) {
  for (const std::string_view name : kSettingsFiles) {
    const std::string own = settings_of_flyway(folder.find_above(name));
    for (const std::string_view key : {"defaultSchema", "schemas"}) {
      const std::string schemas = setting(own, key);
      const std::size_t begin = schemas.find_first_not_of("[]\"' ");
      if (begin == std::string::npos) continue;
      const std::string first = schemas.substr(begin, schemas.find_first_of("[]\"', ", begin) - begin);
      return first.find_first_of("${") == std::string::npos ? first : std::string();
    }
  }
  return {};
}

bool is_location(const Folder& folder) {
  return !locations_around(folder).empty();
}

bool is_around_locations(const Folder& folder) {
  return names_another(folder,
                       [](const Folder& each, const Location& one) { return has_location(each, one); });
}

bool is_passed_over(const Folder& folder) {
  return names_another(folder, [](const Folder& each, const Location& one) {
    return !each.is_root() && has_location(each.parent(), one);
  });
}

std::vector<OtherLocation> other_locations(const Folder& folder) {
  const std::vector<Location> all = locations_around(folder);
  const auto own =
      std::find_if(all.begin(), all.end(), [&](const Location& one) { return is_at(folder, one); });
  std::vector<OtherLocation> others;
  for (const Location& other : all) {
    if (other.on_class_path != own->on_class_path || is_at(folder, other)) continue;
    std::string path = path_to(folder, *own, other);
    if (!path.starts_with("../")) continue;
    std::optional<Folder> found = folder_at(folder, path);
    if (found) others.push_back({std::move(path), *found});
  }
  return others;
}

}  // namespace migcheck::input::flyway
