// SPDX-License-Identifier: MIT

#include <algorithm>
#include <array>

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"

namespace migcheck::input {
namespace {

std::string detect(const Folder& folder) {
  const std::size_t count = count_files(folder, up_or_down);
  return count == 0 ? std::string() : counted(count, "file", "named <number>_name.up.sql or .down.sql");
}

Arrangement arrange(const Folder& folder) {
  return by_number(folder, up_or_down);
}

// `x-multi-statement=true` in the database's address makes the tool send statement by statement. Addresses
// stand where the tool is called.
bool is_split(const MigrationText& file) {
  constexpr std::array<std::string_view, 9> kCallers = {
      "Makefile",     "justfile",    "Taskfile.yml",       "Taskfile.yaml",      ".env",
      ".env.example", "compose.yml", "docker-compose.yml", "docker-compose.yaml"};
  return std::any_of(kCallers.begin(), kCallers.end(), [&](std::string_view name) {
    return file.above(name).find("x-multi-statement=true") != std::string::npos;
  });
}

Parts parts(const MigrationText& file) {
  return one_part(file, is_split(file) ? Wrapping::None : Wrapping::SimpleQuery,
                  up_or_down(name_of(file.path)) == Kind::Down ? Direction::Down : Direction::Up);
}

}  // namespace

const Layout layouts::golang_migrate{
    .name = "golang-migrate",
    .tool = "golang-migrate",
    .opt_out = "put the statement alone in its file (or give the address x-multi-statement=true)",
    .wrapping = Wrapping::SimpleQuery,
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
