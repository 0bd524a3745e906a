// SPDX-License-Identifier: MIT

#include "input/layouts/annotated.hpp"
#include "input/layouts/parts.hpp"

namespace migcheck::input {
namespace {

std::string detect(const Folder& folder) {
  const std::size_t count = count_mostly_marked(folder, {"-- +migrate Up"}, 50);
  return count == 0 ? std::string() : counted(count, "file", "with `-- +migrate Up`");
}

// sql-migrate sorts by the number in front where there is one, else by name: the natural order of names.
Arrangement arrange(const Folder& folder) {
  Arrangement arrangement;
  for (const std::string& name : folder.sql_files()) arrangement.files.push_back({name, Role::Target});
  return arrangement;
}

Parts parts(const MigrationText& file) {
  return annotated_parts(file, {"-- +migrate", "notransaction", false});
}

}  // namespace

const Layout layouts::sql_migrate{.name = "sql-migrate",
                                  .tool = "sql-migrate",
                                  .opt_out = "write `-- +migrate Up notransaction`",
                                  .detect = detect,
                                  .arrange = arrange,
                                  .parts = parts};

}  // namespace migcheck::input
