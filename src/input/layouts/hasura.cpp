// SPDX-License-Identifier: MIT

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"

namespace migcheck::input {
namespace {

// Hasura's versions are milliseconds since 1970: 13 digits. Older projects have files instead of folders.
bool is_migration(std::string_view name) {
  return leading_digits(name).size() == 13;
}

// In a project that says that it is Hasura's, any number is a version: people write 1_users too.
bool is_in_project(const Folder& folder) {
  return folder.find_above("config.yaml").find("metadata_directory:") != std::string_view::npos;
}

std::string detect(const Folder& folder) {
  std::size_t count = count_folders(folder, is_migration, "up.sql");
  if (count > 0) return counted(count, "folder", "named <13 digits>_name with an up.sql");
  count = is_in_project(folder) ? count_folders(folder, starts_with_number, "up.sql") : 0;
  return count == 0
             ? std::string()
             : counted(count, "folder", "named <number>_name with an up.sql, below Hasura's config.yaml");
}

Arrangement arrange(const Folder& folder) {
  const bool any_number = is_in_project(folder);
  return by_folder(folder, any_number ? starts_with_number : is_migration, {"up.sql", "down.sql"});
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
