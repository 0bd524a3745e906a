// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"

namespace migcheck::input {
namespace {

// <version>_name[.<dialect>][.autocommit].up.sql
struct Named {
  std::string version;
  std::string dialect;  // empty: for every database
  bool autocommit = false;
  Kind kind = Kind::No;
};

bool is_dialect(std::string_view word) {
  constexpr std::array<std::string_view, 8> kDialects = {"postgres", "postgresql", "pg",     "cockroach",
                                                         "mysql",    "mariadb",    "sqlite", "sqlite3"};
  return std::find(kDialects.begin(), kDialects.end(), word) != kDialects.end();
}

bool is_postgres(std::string_view dialect) {
  return dialect.starts_with("p");
}

Named named(std::string_view name) {
  Named result;
  result.version = leading_digits(name);
  if (result.version.empty()) return result;
  std::string_view rest = without_ending(name);
  bool last = true;
  for (std::size_t dot = rest.rfind('.'); dot != std::string_view::npos; dot = rest.rfind('.')) {
    const std::string_view word = rest.substr(dot + 1);
    if (last) {
      result.kind = word == "up" ? Kind::Up : word == "down" ? Kind::Down : Kind::No;
    } else if (word == "autocommit") {
      result.autocommit = true;
    } else if (is_dialect(word)) {
      result.dialect = word;
    }
    last = false;
    rest = rest.substr(0, dot);
  }
  return result;
}

std::string detect(const Folder& folder) {
  std::size_t count = 0;
  std::size_t signs = 0;
  for (const auto* names : {&folder.sql_files(), &folder.other_files()}) {
    for (const std::string& name : *names) {
      const Named file = named(name);
      if (file.kind == Kind::No) continue;
      if (names == &folder.sql_files()) ++count;
      if (name.ends_with(".fizz") || file.autocommit || !file.dialect.empty()) ++signs;
    }
  }
  if (count == 0) return {};
  if (signs > 0) return counted(signs, "file", "with a dialect, .autocommit. or .fizz in the name");
  return !folder.find_above("database.yml").empty() && folder.mentioned_above("database.yml", "dialect:")
             ? "database.yml names a dialect"
             : "";
}

// A file for PostgreSQL replaces the one for every database.
Arrangement arrange(const Folder& folder) {
  std::map<std::pair<std::string, Kind>, std::string> postgres;
  for (const std::string& name : folder.sql_files()) {
    const Named file = named(name);
    if (is_postgres(file.dialect)) postgres[{file.version, file.kind}] = name;
  }
  Arrangement arrangement = by_number(folder, [](std::string_view name) { return named(name).kind; });
  const auto is_replaced = [&](const Arrangement::File& entry) {
    const Named file = named(entry.path);
    std::string reason;
    if (!file.dialect.empty() && !is_postgres(file.dialect)) {
      reason = fmt::format("For {}, as its name says.", file.dialect);
    } else if (const auto other = postgres.find({file.version, file.kind});
               file.dialect.empty() && other != postgres.end()) {
      reason = "The file for PostgreSQL of the same version runs in its place.";
    }
    if (reason.empty()) return false;
    arrangement.unread.push_back({entry.path, 0, std::move(reason), false});
    return true;
  };
  arrangement.files.erase(std::remove_if(arrangement.files.begin(), arrangement.files.end(), is_replaced),
                          arrangement.files.end());
  return arrangement;
}

Parts parts(const MigrationText& file) {
  const Named name = named(name_of(file.path));
  return one_part(file, name.autocommit ? Wrapping::SimpleQuery : Wrapping::Transaction,
                  name.kind == Kind::Down ? Direction::Down : Direction::Up);
}

}  // namespace

const Layout layouts::pop{
    .name = "pop",
    .tool = "pop",
    .opt_out = "put `.autocommit.` into the file's name, with the statement alone in it",
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
