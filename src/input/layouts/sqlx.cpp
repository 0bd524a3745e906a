// SPDX-License-Identifier: MIT

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

Arrangement arrange(const Folder& folder) {
  return by_number(folder, kind_of);
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
