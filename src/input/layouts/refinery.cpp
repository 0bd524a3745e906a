// SPDX-License-Identifier: MIT

#include <algorithm>

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"

namespace migcheck::input {
namespace {

// V1__name.sql, U1__name.sql: the letter, an integer, two underscores.
std::string_view version_of(std::string_view name) {
  if (name.empty() || (name.front() != 'V' && name.front() != 'U')) return {};
  const std::string_view digits = leading_digits(name.substr(1));
  return name.substr(1 + digits.size()).starts_with("__") ? digits : std::string_view();
}

bool runs_before(const Arrangement::File& a, const Arrangement::File& b) {
  const int order = compare_digits(version_of(name_of(a.path)), version_of(name_of(b.path)));
  return order != 0 ? order < 0 : naturally_before(a.path, b.path);
}

Arrangement arrange(const Folder& folder) {
  Arrangement arrangement;
  for (const std::string& path : folder.sql_files_below()) {
    if (!version_of(name_of(path)).empty()) arrangement.files.push_back({path, Role::Target});
  }
  std::sort(arrangement.files.begin(), arrangement.files.end(), runs_before);
  return arrangement;
}

std::string detect(const Folder& folder) {
  std::size_t count = 0;
  // In a folder named for it the files may lie one level down.
  const bool below = folder.name().starts_with("migration");
  for (const std::string& name : below ? folder.sql_files_below() : folder.sql_files())
    count += version_of(name_of(name)).empty() ? 0u : 1u;
  if (count == 0 || !folder.mentioned_above("Cargo.toml", "refinery")) return {};
  return counted(count, "file", "named V<number>__name.sql, and Cargo.toml names refinery");
}

Parts parts(const MigrationText& file) {
  return one_part(file, Wrapping::Transaction);
}

}  // namespace

const Layout layouts::refinery{.name = "refinery",
                               .tool = "refinery",
                               .opt_out = {},
                               .detect = detect,
                               .arrange = arrange,
                               .parts = parts};

}  // namespace migcheck::input
