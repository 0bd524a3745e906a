// SPDX-License-Identifier: MIT

#include <array>

#include "input/layouts/parts.hpp"
#include "input/scripts.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

std::string detect(const Folder& folder) {
  return folder.sql_files_below().empty() ? "" : "no migration tool recognised";
}

// Natural order of the paths, except that a file which another one includes (`\i`) stands where it is
// included.
Arrangement arrange(const Folder& folder) {
  return order_by_includes(folder, folder.sql_files_below());
}

// Names by which people mark the way back where no tool prescribes one.
bool is_way_back(std::string_view path) {
  const std::string stem = lowered(without_ending(name_of(path)));
  constexpr std::array<std::string_view, 13> kEndings = {
      ".down",     "_down",   "-down",   ".undo",   "_undo",   ".rollback", "_rollback",
      "-rollback", "_revert", "-revert", "_revoke", "-revoke", "_downgrade"};
  for (const std::string_view ending : kEndings) {
    if (stem.ends_with(ending)) return true;
  }
  return stem == "down";
}

Parts parts(const MigrationText& file) {
  return one_part(file, Wrapping::None, is_way_back(file.path) ? Direction::Down : Direction::Up);
}

}  // namespace

const Layout layouts::plain{.name = "plain",
                            .tool = "plain",
                            .opt_out = {},
                            .keeps_session = false,
                            .runs_psql = true,
                            .one_database = false,
                            .wrapping = Wrapping::None,
                            .detect = detect,
                            .arrange = arrange,
                            .parts = parts};

}  // namespace migcheck::input
