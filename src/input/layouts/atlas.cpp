// SPDX-License-Identifier: MIT

#include <algorithm>

#include "input/layouts/parts.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

std::string detect(const Folder& folder) {
  return folder.has_file("atlas.sum") ? "atlas.sum guards the folder" : "";
}

// Atlas sorts names byte by byte.
Arrangement arrange(const Folder& folder) {
  Arrangement arrangement;
  for (const std::string& name : folder.sql_files()) {
    if (starts_with_number(name)) arrangement.files.push_back({name, Role::Target});
  }
  std::sort(arrangement.files.begin(), arrangement.files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return arrangement;
}

Parts parts(const MigrationText& file) {
  const bool down = ends_with_ignoring_case(without_ending(name_of(file.path)), ".down");
  return one_part(file,
                  header_has(file.text, "-- atlas:txmode none") ? Wrapping::None : Wrapping::Transaction,
                  down ? Direction::Down : Direction::Up);
}

}  // namespace

const Layout layouts::atlas{
    .name = "atlas",
    .tool = "Atlas",
    .opt_out = "write `-- atlas:txmode none` as the first line, with an empty line below",
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
