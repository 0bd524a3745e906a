// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

constexpr std::string_view kLock = "migration_lock.toml";
constexpr std::string_view kScript = "migration.sql";

bool any_name(std::string_view) {
  return true;
}

bool is_dated(std::string_view name) {
  return leading_digits(name).size() == 14;
}

std::string detect(const Folder& folder) {
  const std::size_t count = count_folders(folder, any_name, kScript);
  if (folder.has_file(kLock)) return counted(count, "migration", fmt::format("beside {}", kLock));
  // Drizzle's newer form has the same folders, with a snapshot beside each script.
  const std::size_t dated = count_folders(folder, is_dated, kScript);
  if (dated == 0 || count_folders(folder, is_dated, "snapshot.json") > 0) return {};
  return counted(dated, "folder", "named <14 digits>_name with a migration.sql");
}

// The value of `provider = "…"`; empty where the file has none.
std::string provider_of(std::string_view lock) {
  LineWalker lines(lock);
  Span line;
  while (lines.next(line)) {
    const std::string_view content = trimmed(text_of(lock, line));
    const std::size_t equals = content.find('=');
    if (!content.starts_with("provider") || equals == std::string_view::npos) continue;
    std::string_view value = trimmed(content.substr(equals + 1));
    if (value.size() >= 2) value = value.substr(1, value.find(value.front(), 1) - 1);
    return lowered(value);
  }
  return {};
}

// Prisma sorts the folders' names byte by byte.
Arrangement arrange(const Folder& folder) {
  Arrangement arrangement = by_folder(folder, any_name, {kScript});
  std::sort(arrangement.files.begin(), arrangement.files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  const std::string provider = provider_of(folder.head(kLock));
  if (provider.empty() || provider == "postgresql" || provider == "postgres" || provider == "cockroachdb") {
    return arrangement;
  }
  for (const auto& file : arrangement.files) {
    arrangement.unread.push_back(
        {file.path, 0, fmt::format("{} says provider \"{}\": migcheck reads PostgreSQL.", kLock, provider),
         false});
  }
  arrangement.files.clear();
  return arrangement;
}

Parts parts(const MigrationText& file) {
  return one_part(file, Wrapping::SimpleQuery);
}

}  // namespace

const Layout layouts::prisma{.name = "prisma",
                             .tool = "Prisma",
                             .opt_out = "put the statement alone in a migration.sql of its own",
                             .wrapping = Wrapping::SimpleQuery,
                             .detect = detect,
                             .arrange = arrange,
                             .parts = parts};

}  // namespace migcheck::input
