// SPDX-License-Identifier: MIT
#pragma once

// Letters as PostgreSQL folds them in names and words: ASCII alone, whatever the locale says. Other bytes
// stay.

#include <algorithm>
#include <string>
#include <string_view>

namespace migcheck {

[[nodiscard]] constexpr char lower_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] inline std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), lower_letter);
  return lower;
}

}  // namespace migcheck
