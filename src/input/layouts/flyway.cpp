// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "input/layouts/flyway_settings.hpp"
#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

// What a file's name says. The order of the groups is the order in which Flyway runs them.
enum class Group : unsigned char { Before, Versioned, Repeatable, After, Baseline, None };

struct Named {
  Group group = Group::None;
  bool undo = false;
  std::string_view version;
  std::string_view path;
};

// What migrations are called here.
struct Naming {
  std::string versioned = "V";
  std::string undo = "U";
  std::string baseline = "B";
  std::string repeatable = "R";
  std::string separator = "__";
};

template <typename Nearest>
Naming naming_in(const Nearest& above) {
  Naming naming;
  const std::array<std::pair<std::string_view, std::string*>, 5> all = {{
      {"sqlMigrationPrefix", &naming.versioned},
      {"undoSqlMigrationPrefix", &naming.undo},
      {"baselineMigrationPrefix", &naming.baseline},
      {"repeatableSqlMigrationPrefix", &naming.repeatable},
      {"sqlMigrationSeparator", &naming.separator},
  }};
  for (const std::string_view name : flyway::kSettingsFiles) {
    const std::string_view text = above(name);
    if (text.empty()) continue;
    for (const auto& [key, value] : all) {
      if (std::optional<std::string> said = flyway::said(text, key)) *value = std::move(*said);
    }
  }
  return naming;
}

Naming naming_of(const Folder& folder) {
  return naming_in([&](std::string_view name) { return folder.find_above(name); });
}

// <prefix><version>__<description>.sql; the version is digits, dots and single underscores.
bool take_version(std::string_view name, std::string_view prefix, const Naming& naming,
                  std::string_view& version) {
  if (!name.starts_with(prefix)) return false;
  name.remove_prefix(prefix.size());
  const std::size_t separator = name.find(naming.separator);
  if (separator == std::string_view::npos || separator == 0 || !is_digit(name.front())) return false;
  version = name.substr(0, separator);
  return std::all_of(version.begin(), version.end(),
                     [](char c) { return is_digit(c) || c == '.' || c == '_'; });
}

Named named(std::string_view path, const Naming& naming) {
  const std::string_view name = name_of(path);
  Named result;
  result.path = path;
  if (take_version(name, naming.versioned, naming, result.version)) {
    result.group = Group::Versioned;
  } else if (take_version(name, naming.undo, naming, result.version)) {
    result.group = Group::Versioned;
    result.undo = true;
  } else if (take_version(name, naming.baseline, naming, result.version)) {
    result.group = Group::Baseline;
  } else if (name.starts_with(naming.repeatable) &&
             name.substr(naming.repeatable.size()).starts_with(naming.separator)) {
    result.group = Group::Repeatable;
  } else if (name.starts_with("before")) {
    result.group = Group::Before;
  } else if (name.starts_with("after")) {
    result.group = Group::After;
  }
  return result;
}

bool runs_before(const Named& a, const Named& b) {
  if (a.group != b.group) return a.group < b.group;
  if (const int order = compare_versions(a.version, b.version); order != 0) return order < 0;
  if (a.undo != b.undo) return !a.undo;
  // Repeatable migrations run by their description, wherever they lie.
  if (const int order = name_of(a.path).compare(name_of(b.path)); order != 0) return order < 0;
  return a.path < b.path;
}

// One folder per database beside each other: each is a history of its own.
bool is_vendor(std::string_view name) {
  constexpr std::array<std::string_view, 12> kVendors = {
      "postgresql", "postgres", "mysql",  "mariadb", "h2",  "oracle",
      "sqlserver",  "mssql",    "hsqldb", "sqlite",  "db2", "cockroachdb"};
  return std::find(kVendors.begin(), kVendors.end(), lowered(name)) != kVendors.end();
}

std::string detect(const Folder& folder) {
  const auto& inner = folder.folders();
  if (std::any_of(inner.begin(), inner.end(), [](const std::string& name) { return is_vendor(name); }))
    return {};
  if (flyway::is_around_locations(folder)) return {};
  const Naming naming = naming_of(folder);
  std::size_t count = 0;
  for (const std::string& name : folder.sql_files()) {
    const Group group = named(name, naming).group;
    count += group == Group::Versioned || group == Group::Repeatable ? 1u : 0u;
  }
  // `db/migration` whose files lie one level down (V1/V1_1__x.sql).
  if (count == 0 && (folder.name().starts_with("migration") || flyway::is_location(folder))) {
    for (const std::string& path : folder.sql_files_below())
      count += named(path, naming).group == Group::Versioned ? 1u : 0u;
  }
  return count == 0 ? std::string()
                    : counted(count, "file",
                              fmt::format("named {0}<version>{2}name.sql or {1}{2}name.sql", naming.versioned,
                                          naming.repeatable, naming.separator));
}

// All that runs in one order, relative to the folder: its own files and those of Flyway's other locations.
std::vector<std::string> paths_of(const Folder& folder) {
  std::vector<std::string> paths = folder.sql_files_below();
  for (const flyway::OtherLocation& other : flyway::other_locations(folder)) {
    for (const std::string& path : other.folder.sql_files_below())
      paths.push_back(fmt::format("{}/{}", other.path, path));
  }
  return paths;
}

Arrangement arrange(const Folder& folder) {
  const std::vector<std::string> paths = paths_of(folder);
  const Naming naming = naming_of(folder);
  std::vector<Named> files;
  for (const std::string& path : paths) files.push_back(named(path, naming));
  std::sort(files.begin(), files.end(), runs_before);
  Arrangement arrangement;
  arrangement.schema = flyway::default_schema(folder);
  for (const Named& file : files) {
    if (file.group == Group::None) continue;
    if (file.group == Group::Baseline) {
      arrangement.unread.push_back(
          {std::string(file.path), 0,
           "A baseline migration: it runs on an empty database only, in place of the "
           "versions up to its own, which are read instead.",
           false});
    } else {
      arrangement.files.push_back({std::string(file.path), Role::Target});
    }
  }
  return arrangement;
}

// The statements that Flyway takes as not transactional (its PostgreSQL parser knows these and no others).
bool is_outside_transactions(std::string_view words) {
  for (const std::string_view start :
       {"create database", "drop database", "create tablespace", "drop tablespace", "create subscription",
        "drop subscription", "alter system", "discard all", "reindex schema", "reindex database",
        "reindex system", "reindex verbose schema", "reindex verbose database", "reindex verbose system"}) {
    if (starts_with_word(words, start)) return true;
  }
  return is_vacuum(words) || (is_index_concurrently(words) && !starts_with_word(words, "reindex"));
}

// Flyway leaves the transaction out when the file says so beside it, or when all of its statements are of
// that kind. A file that mixes both kinds it refuses, unless `mixed` is on.
Wrapping wrapping_of(const MigrationText& file) {
  const std::string beside = file.beside(std::string(name_of(file.path)) + ".conf");
  const std::string said = lowered(flyway::setting(beside, "executeInTransaction"));
  if (said == "false") return Wrapping::None;
  if (said == "true") return Wrapping::Transaction;
  std::size_t inside = 0;
  std::size_t outside = 0;
  for_each_statement(file.text, [&](const StatementText& statement) {
    (is_outside_transactions(statement.words) ? outside : inside) += 1;
  });
  if (outside == 0) return Wrapping::Transaction;
  const bool mixed = flyway::setting(file.above("flyway.conf"), "mixed") == "true" ||
                     flyway::setting(file.above("flyway.toml"), "mixed") == "true";
  return inside == 0 || mixed ? Wrapping::None : Wrapping::Transaction;
}

Parts parts(const MigrationText& file) {
  const Naming naming = naming_in([&](std::string_view name) { return file.above(name); });
  const bool undo = named(file.path, naming).undo;
  return one_part(file, wrapping_of(file), undo ? Direction::Down : Direction::Up);
}

}  // namespace

const Layout layouts::flyway{
    .name = "flyway",
    .tool = "Flyway",
    .opt_out =
        "put the statement alone in its file: Flyway then runs it outside of a transaction "
        "(with `flyway.postgresql.transactional.lock=false`, or CONCURRENTLY waits for "
        "Flyway's own lock)",
    .keeps_session = false,  // it restores role and search_path after each file
    .detect = detect,
    .arrange = arrange,
    .parts = parts,
    .passes_over = flyway::is_passed_over};

}  // namespace migcheck::input
