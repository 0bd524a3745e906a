// SPDX-License-Identifier: MIT

#include <algorithm>
#include <string>

#include "input/layouts/parts.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

// Digits and dashes up to an underscore: another name in front of an up.sql is another tool's.
bool is_migration(std::string_view name) {
  return starts_with_number(name) && name.find_first_not_of("0123456789-") == name.find('_') &&
         name.find('_') != std::string_view::npos;
}

std::string detect(const Folder& folder) {
  const std::size_t count = count_folders(folder, is_migration, "up.sql");
  return count == 0 ? std::string() : counted(count, "folder", "named <version>_name with an up.sql");
}

// Diesel's version is what stands before the first underscore, without its dashes.
std::string version_of(std::string_view path) {
  std::string version(path.substr(0, path.find('_')));
  version.erase(std::remove(version.begin(), version.end(), '-'), version.end());
  return version;
}

Arrangement arrange(const Folder& folder) {
  Arrangement arrangement = by_folder(folder, is_migration, {"up.sql", "down.sql"});
  std::stable_sort(arrangement.files.begin(), arrangement.files.end(),
                   [](const auto& a, const auto& b) { return version_of(a.path) < version_of(b.path); });
  return arrangement;
}

bool runs_in_transaction(std::string_view metadata) {
  LineWalker lines(metadata);
  Span line;
  while (lines.next(line)) {
    std::string content = lowered(text_of(metadata, line));
    content.erase(
        std::remove_if(content.begin(), content.end(), [](char c) { return c == ' ' || c == '\t'; }),
        content.end());
    if (content.starts_with("run_in_transaction=false")) return false;
  }
  return true;
}

// Diesel sends up.sql with batch_execute: one simple query.
Parts parts(const MigrationText& file) {
  const bool wrapped = runs_in_transaction(file.beside("metadata.toml"));
  return one_part(file, wrapped ? Wrapping::Transaction : Wrapping::SimpleQuery,
                  name_of(file.path) == "down.sql" ? Direction::Down : Direction::Up);
}

}  // namespace

const Layout layouts::diesel{
    .name = "diesel",
    .tool = "Diesel",
    .opt_out =
        "write `run_in_transaction = false` into metadata.toml beside it, with the statement "
        "alone in up.sql",
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
