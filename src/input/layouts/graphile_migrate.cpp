// SPDX-License-Identifier: MIT

#include "input/layouts/parts.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

constexpr std::string_view kCurrent = "current.sql";

std::string detect(const Folder& folder) {
  if (!folder.has_folder("committed")) return {};
  const Folder committed = folder.folder("committed");
  const std::size_t marked = count_marked(committed, {"--! Previous:"});
  if (marked > 0) return counted(marked, "file", "in committed/ with `--! Previous:`");
  return folder.has_file(kCurrent) || folder.has_folder("current") ? "committed/ beside current.sql" : "";
}

Kind kind_of(std::string_view name) {
  return starts_with_number(name) ? Kind::Up : Kind::No;
}

Arrangement arrange(const Folder& folder) {
  Arrangement arrangement;
  const auto add = [&](const std::string& inner) {
    for (auto& file : by_number(folder.folder(inner), kind_of).files) {
      arrangement.files.push_back({join_path(inner, file.path), Role::Target});
    }
  };
  add("committed");
  if (folder.has_file(kCurrent)) arrangement.files.push_back({std::string(kCurrent), Role::Target});
  if (folder.has_folder("current")) add("current");
  return arrangement;
}

// Without the transaction the file is one simple query, and graphile-migrate wants one statement in it.
Parts parts(const MigrationText& file) {
  Parts result = one_part(
      file, header_has(file.text, "--! no-transaction") ? Wrapping::SimpleQuery : Wrapping::Transaction);
  LineWalker lines(file.text);
  Span line;
  for (std::uint32_t number = 1; lines.next(line); ++number) {
    const std::string_view content = trimmed(text_of(file.text, line));
    if (starts_with_ignoring_case(content, "--!include") ||
        starts_with_ignoring_case(content, "--! include")) {
      result.unread.push_back(
          {{}, number, "`--! include` is not followed: the included file is not part of this one.", false});
    }
  }
  return result;
}

}  // namespace

const Layout layouts::graphile_migrate{
    .name = "graphile-migrate",
    .tool = "graphile-migrate",
    .opt_out = "write `--! no-transaction` at the top, with the statement alone in its file",
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
