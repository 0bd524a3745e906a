// SPDX-License-Identifier: MIT

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"

namespace migcheck::input {
namespace {

// Hasura's versions are milliseconds since 1970: 13 digits. Older projects have files instead of folders.
bool is_migration(std::string_view name) {
  return leading_digits(name).size() == 13;
}

std::string detect(const Folder& folder) {
  const std::size_t count = count_folders(folder, is_migration, "up.sql");
  return count == 0 ? std::string() : counted(count, "folder", "named <13 digits>_name with an up.sql");
}

Arrangement arrange(const Folder& folder) {
  return by_folder(folder, is_migration, {"up.sql", "down.sql"});
}

Parts parts(const MigrationText& file) {
  return one_part(file, Wrapping::Transaction,
                  name_of(file.path) == "down.sql" ? Direction::Down : Direction::Up);
}

}  // namespace

const Layout layouts::hasura{.name = "hasura",
                             .tool = "Hasura",
                             .opt_out = {},  // run_sql always opens a transaction
                             .detect = detect,
                             .arrange = arrange,
                             .parts = parts};

}  // namespace migcheck::input
