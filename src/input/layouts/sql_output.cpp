// SPDX-License-Identifier: MIT

#include "input/layouts/parts.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

// `alembic upgrade --sql` writes this line above each revision; transactions are spelled out in the text.
constexpr std::string_view kAlembic = "-- Running upgrade";
bool is_alembic(const Beginning& beginning) {
  return is_marked(beginning, {kAlembic});
}

// `manage.py sqlmigrate` describes each operation between two empty comments.
bool is_django(const Beginning& beginning) {
  const std::string_view text = beginning.head.text;
  const std::vector<Span>& lines = beginning.comments;
  for (std::size_t n = 1; n < lines.size(); ++n) {
    if (text_of(text, lines[n - 1]) != "--" || lines[n].begin != lines[n - 1].end + 1) continue;
    for (const std::string_view operation :
         {"-- Create model ", "-- Add field ", "-- Alter field ", "-- Remove field ", "-- Raw SQL operation",
          "-- Create index "}) {
      if (text_of(text, lines[n]).starts_with(operation)) return true;
    }
  }
  return false;
}

std::string detect(const Folder& folder) {
  std::size_t alembic = 0;
  std::size_t django = 0;
  for (const Beginning& beginning : folder.beginnings()) {
    if (is_alembic(beginning)) {
      ++alembic;
    } else if (is_django(beginning)) {
      ++django;
    }
  }
  if (alembic > 0) return counted(alembic, "file", "written by `alembic upgrade --sql`");
  return django == 0 ? std::string() : counted(django, "file", "written by `manage.py sqlmigrate`");
}

Arrangement arrange(const Folder& folder) {
  Arrangement arrangement;
  const std::vector<Beginning>& beginnings = folder.beginnings();
  for (std::size_t n = 0; n < beginnings.size(); ++n) {
    if (is_alembic(beginnings[n]) || is_django(beginnings[n]))
      arrangement.files.push_back({folder.sql_files()[n], Role::Target});
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
