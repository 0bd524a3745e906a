// SPDX-License-Identifier: MIT

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"

namespace migcheck::input {
namespace {

Kind kind_of(std::string_view name) {
  const std::size_t digits = leading_digits(name).size();
  if (digits == 0 || digits >= name.size() || name[digits] != '_') return Kind::No;
  const std::string_view stem = without_ending(name);
  if (ends_with_ignoring_case(stem, ".up")) return Kind::Up;
  return ends_with_ignoring_case(stem, ".down") ? Kind::Down : Kind::No;
}

std::string detect(const Folder& folder) {
  const std::size_t count = count_files(folder, kind_of);
  return count == 0 ? std::string() : counted(count, "file", "named <number>_name.up.sql or .down.sql");
}

Arrangement arrange(const Folder& folder) {
  return by_number(folder, kind_of);
}

Parts parts(const MigrationText& file) {
  return one_part(file, Wrapping::SimpleQuery,
                  kind_of(name_of(file.path)) == Kind::Down ? Direction::Down : Direction::Up);
}

}  // namespace

const Layout layouts::golang_migrate{.name = "golang-migrate",
                                     .tool = "golang-migrate",
                                     .opt_out = "put the statement alone in its file",
                                     .detect = detect,
                                     .arrange = arrange,
                                     .parts = parts};

}  // namespace migcheck::input
