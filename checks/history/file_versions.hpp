// SPDX-License-Identifier: MIT
#pragma once

// What a migration file's name says: its version, and the folder in which it counts.

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks::file_versions {

inline std::string_view name_of(std::string_view path) {
  return path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
}

inline std::string_view parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

// Tools that give each migration a folder: 20240131_users/up.sql, 20240131120000_users/migration.sql.
inline bool is_in_own_folder(std::string_view path) {
  const std::string_view name = name_of(path);
  return name == "up.sql" || name == "migration.sql";
}

// "20240131000000" of "2024-01-31-000000_users": digits, and Diesel's dashes between them.
inline std::string folder_version(std::string_view folder) {
  std::string version;
  for (const char c : folder.substr(0, folder.find('_'))) {
    if (c == '-') continue;
    if (c < '0' || c > '9') return {};
    version += c;
  }
  return version;
}

// A digit follows the letter between a day and its time, as ISO 8601 writes it: 20240131T120000Z.sql.
inline bool is_time_mark(std::string_view name, std::size_t at) {
  const auto is_digit = [&](std::size_t where) {
    return where < name.size() && name[where] >= '0' && name[where] <= '9';
  };
  return name[at] == 'T' && at == 8 && is_digit(at - 1) && is_digit(at + 1);
}

// "12" of "0012_users.sql", "1.2" of "V1_2__users.sql"; empty: the name carries none.
inline std::string version_of(std::string_view path) {
  if (is_in_own_folder(path)) return folder_version(name_of(parent_of(path)));
  std::string_view name = name_of(path);
  for (const std::string_view way_back : {".down.", "_down.", ".undo."}) {
    if (name.find(way_back) != std::string_view::npos) return {};
  }
  const bool flyway = name.size() > 1 && name[0] == 'V' && name.find("__") != std::string_view::npos;
  if (flyway) name = name.substr(1, name.find("__") - 1);
  std::string version;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const char c = name[at];
    if (is_time_mark(name, at)) continue;
    const bool digit = c >= '0' && c <= '9';
    const bool point = c == '.' || (flyway && c == '_');
    if (!digit && !(point && !version.empty())) break;
    const bool at_start = version.empty() || version.back() == '.' || version == "0";
    if (digit && version == "0") version.clear();
    if (digit && c == '0' && at_start && !version.empty() && version.back() != '.') continue;
    version += point ? '.' : c;
  }
  while (!version.empty() && version.back() == '.') version.pop_back();
  return version;
}

// A folder that is a version itself (v0.10, 3.2): the numbers in it only say in which order its files run.
inline bool is_version_folder(std::string_view name) {
  const bool marked = name.starts_with('v') || name.starts_with('V');
  if (marked) name.remove_prefix(1);
  const std::size_t end = std::min(name.find_first_not_of("0123456789."), name.size());
  const std::string_view version = name.substr(0, end);
  const bool digits = !version.empty() && version.front() != '.' && version.back() != '.';
  return digits && (marked || version.find('.') != std::string_view::npos) &&
         (end == name.size() || name[end] == '-' || name[end] == '_');
}

// The folder in which the version counts.
inline std::string_view folder_of(std::string_view path) {
  return is_in_own_folder(path) ? parent_of(parent_of(path)) : parent_of(path);
}

}  // namespace migcheck::checks::file_versions
