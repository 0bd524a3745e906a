// SPDX-License-Identifier: MIT

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

// <version>.do.name.sql and <version>.undo.name.sql; the name may be missing.
Kind kind_of(std::string_view name) {
  const std::size_t digits = leading_digits(name).size();
  if (digits == 0 || digits >= name.size()) return Kind::No;
  const std::string_view action = name.substr(digits);
  if (starts_with_ignoring_case(action, ".do.")) return Kind::Up;
  return starts_with_ignoring_case(action, ".undo.") ? Kind::Down : Kind::No;
}

std::string detect(const Folder& folder) {
  const std::size_t count = count_files(folder, kind_of);
  return count == 0 ? std::string() : counted(count, "file", "named <number>.do.name.sql or .undo.name.sql");
}

Arrangement arrange(const Folder& folder) {
  return by_number(folder, kind_of);
}

// Postgrator sends the file as one query and opens no transaction around it.
Parts parts(const MigrationText& file) {
  return one_part(file, Wrapping::SimpleQuery,
                  kind_of(name_of(file.path)) == Kind::Down ? Direction::Down : Direction::Up);
}

}  // namespace

const Layout layouts::postgrator{.name = "postgrator",
                                 .tool = "Postgrator",
                                 .opt_out = "put the statement alone in its file",
                                 .wrapping = Wrapping::SimpleQuery,
                                 .detect = detect,
                                 .arrange = arrange,
                                 .parts = parts};

}  // namespace migcheck::input
