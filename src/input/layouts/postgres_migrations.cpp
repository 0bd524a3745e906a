// SPDX-License-Identifier: MIT

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

constexpr std::string_view kSwitch = "-- postgres-migrations disable-transaction";

Kind kind_of(std::string_view name) {
  const std::size_t digits = leading_digits(name).size();
  if (digits == 0 || digits >= name.size()) return Kind::No;
  return name[digits] == '-' || name[digits] == '_' || name[digits] == '.' ? Kind::Up : Kind::No;
}

std::string detect(const Folder& folder) {
  const std::size_t count = count_files(folder, kind_of);
  if (count == 0) return {};
  if (folder.mentioned_above("package.json", "\"postgres-migrations\"") ||
      folder.mentioned_above("package.json", "\"pg-node-migrations\"")) {  // a fork, alike in all of this
    return counted(count, "file", "named <number>-name.sql, and package.json names postgres-migrations");
  }
  const std::size_t marked = count_marked(folder, {kSwitch});
  return marked == 0 ? std::string()
                     : counted(marked, "file", "with `-- postgres-migrations disable-transaction`");
}

Arrangement arrange(const Folder& folder) {
  return by_number(folder, kind_of);
}

// The file is one simple query, in a transaction or not.
Parts parts(const MigrationText& file) {
  return one_part(file,
                  contains_ignoring_case(file.text, kSwitch) ? Wrapping::SimpleQuery : Wrapping::Transaction);
}

}  // namespace

const Layout layouts::postgres_migrations{
    .name = "postgres-migrations",
    .tool = "postgres-migrations",
    .opt_out =
        "write `-- postgres-migrations disable-transaction` as the first line, with the statement alone in "
        "its file",
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
