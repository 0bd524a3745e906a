// SPDX-License-Identifier: MIT

#include "input/layouts/parts.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

// `alembic upgrade --sql` writes this line above each revision; transactions are spelled out in the text.
constexpr std::string_view kAlembic = "-- Running upgrade";
// `manage.py sqlmigrate` describes each operation between two empty comments.
bool is_django(std::string_view text) {
  for (const std::string_view operation :
       {"--\n-- Create model ", "--\n-- Add field ", "--\n-- Alter field ", "--\n-- Remove field ",
        "--\n-- Raw SQL operation", "--\n-- Create index "}) {
    const std::size_t at = text.find(operation);
    if (at != std::string_view::npos && (at == 0 || text[at - 1] == '\n')) return true;
  }
  return false;
}

bool is_output(std::string_view text) {
  return !find_markers(text, {kAlembic}).empty() || is_django(text);
}

std::string detect(const Folder& folder) {
  std::size_t alembic = 0;
  std::size_t django = 0;
  for (const std::string& name : folder.sql_files()) {
    const std::string& head = folder.head(name);
    if (!find_markers(head, {kAlembic}).empty()) {
      ++alembic;
    } else if (is_django(head)) {
      ++django;
    }
  }
  if (alembic > 0) return counted(alembic, "file", "written by `alembic upgrade --sql`");
  return django == 0 ? std::string() : counted(django, "file", "written by `manage.py sqlmigrate`");
}

Arrangement arrange(const Folder& folder) {
  Arrangement arrangement;
  for (const std::string& name : folder.sql_files()) {
    if (is_output(folder.head(name))) arrangement.files.push_back({name, Role::Target});
  }
  return arrangement;
}

Parts parts(const MigrationText& file) {
  return one_part(file, Wrapping::None);
}

}  // namespace

const Layout layouts::sql_output{
    .name = "sql-output",
    .tool = "the SQL output of Alembic or Django",
    .opt_out = "Alembic: `with op.get_context().autocommit_block()`; Django: `atomic = False`",
    .wrapping = Wrapping::None,
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
