// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <array>
#include <utility>

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

constexpr std::string_view kNoTransaction = "-- no-transaction";

Kind kind_of(std::string_view name) {
  const std::size_t digits = leading_digits(name).size();
  if (digits == 0 || digits >= name.size() || name[digits] != '_') return Kind::No;
  return ends_with_ignoring_case(without_ending(name), ".down") ? Kind::Down : Kind::Up;
}

std::string detect(const Folder& folder) {
  const std::size_t count = count_files(folder, kind_of);
  if (count == 0) return {};
  if (folder.mentioned_above("Cargo.toml", "sqlx"))
    return counted(count, "file", "named <number>_name.sql, and Cargo.toml names sqlx");
  for (const std::string& name : folder.sql_files()) {
    if (first_line_is(folder.head(name), kNoTransaction)) return "files that begin with `-- no-transaction`";
  }
  return {};
}

// What Cargo.toml says of sqlx: `sqlx = { … }` as far as its brackets reach, `[dependencies.sqlx]` as far as
// the next table.
std::string said_of_sqlx(std::string_view cargo) {
  std::string said;
  bool inside = false;
  LineWalker lines(cargo);
  Span line;
  while (lines.next(line)) {
    const std::string_view content = trimmed(text_of(cargo, line));
    const bool table = content.starts_with('[') && content.ends_with(']') && line.begin < cargo.size() &&
                       cargo[line.begin] == '[';
    if (table) {
      inside = content.ends_with(".sqlx]");
    } else if (starts_with_word(content, "sqlx") && content.find('=') != std::string_view::npos) {
      said += content;
      inside = content.find('{') != std::string_view::npos && content.find('}') == std::string_view::npos;
    } else if (inside) {
      said += content;
      inside = content.find('}') == std::string_view::npos;
    }
  }
  return said;
}

// The other database that a crate's sqlx is built for; empty where it may be PostgreSQL.
std::string_view other_database(const Folder& folder) {
  const std::string said = said_of_sqlx(folder.find_above("Cargo.toml"));
  const auto has_feature = [&](std::string_view feature) {
    return said.find(fmt::format("\"{}\"", feature)) != std::string::npos;
  };
  if (has_feature("postgres") || has_feature("any") || has_feature("all-databases")) return {};
  constexpr std::array<std::string_view, 3> kOthers = {"sqlite", "sqlite-unbundled", "mysql"};
  for (const std::string_view other : kOthers) {
    if (has_feature(other)) return other;
  }
  return {};
}

Arrangement arrange(const Folder& folder) {
  Arrangement arrangement = by_number(folder, kind_of);
  const std::string_view other = other_database(folder);
  if (other.empty()) return arrangement;
  for (Arrangement::File& file : arrangement.files) {
    arrangement.unread.push_back(
        {std::move(file.path), 0,
         fmt::format("Cargo.toml builds sqlx for \"{}\" alone: migcheck reads PostgreSQL.", other), false});
  }
  arrangement.files.clear();
  return arrangement;
}

// sqlx sends the file as one simple query, in a transaction of its own or not. It compares the first bytes of
// the file, so that a line above the marker hides it.
Parts parts(const MigrationText& file) {
  return one_part(file, file.text.starts_with(kNoTransaction) ? Wrapping::SimpleQuery : Wrapping::Transaction,
                  kind_of(name_of(file.path)) == Kind::Down ? Direction::Down : Direction::Up);
}

}  // namespace

const Layout layouts::sqlx{
    .name = "sqlx",
    .tool = "sqlx",
    .opt_out = "write `-- no-transaction` as the first line, with the statement alone in its file",
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
