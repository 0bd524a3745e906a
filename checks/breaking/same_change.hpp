// SPDX-License-Identifier: MIT
#pragma once

// Words for what a file does to columns, of one table or of several: a generator writes a statement each, a
// reviewer reads them as one change, and so does FindingSink::gather().

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks::same_change {

// A column, as it is gathered. Both names as SQL wants them.
inline std::string item(std::string_view table, std::string_view column) {
  return std::string(table) + '\n' + std::string(column);
}

inline std::string_view table_of(std::string_view item) {
  return item.substr(0, item.find('\n'));
}

inline std::string_view column_of(std::string_view item) {
  return item.substr(item.find('\n') + 1);
}

// Each one more is told anew: of a thousand nobody reads the names.
inline constexpr std::size_t kLookedAt = 200;

// "t.a"; of one table: "a, b and c of t"; of several: "t.a and u.a".
inline std::string columns_of(std::span<const std::string> items) {
  const bool one_table =
      items.size() <= kLookedAt && std::all_of(items.begin(), items.end(), [&](const std::string& other) {
        return table_of(other) == table_of(items.front());
      });
  std::vector<std::string> names;
  for (const std::string& each : items) {
    const std::string column(column_of(each));
    names.push_back(one_table ? column : std::string(table_of(each)) + "." + column);
    if (items.size() > kLookedAt && names.size() == kLookedAt) break;
  }
  if (items.size() == 1) return std::string(table_of(items.front())) + "." + names.front();
  const std::string words = items.size() > kLookedAt
                                ? fmt::format("{} and {} more", names.front(), items.size() - 1)
                                : enumerate(names);
  return one_table ? words + " of " + std::string(table_of(items.front())) : words;
}

// "a, b and c", each name once.
inline std::string column_names(std::span<const std::string> items) {
  constexpr std::size_t kTold = 20;
  std::vector<std::string> names;
  for (const std::string& each : items.first(std::min(items.size(), kLookedAt))) {
    const std::string_view column = column_of(each);
    if (names.size() < kTold && std::find(names.begin(), names.end(), column) == names.end())
      names.emplace_back(column);
  }
  return enumerate(names);
}

}  // namespace migcheck::checks::same_change
