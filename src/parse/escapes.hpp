// SPDX-License-Identifier: MIT
#pragma once

// Backslash escapes of E'…' strings, and of U&'…' strings and identifiers.

#include <cstddef>
#include <string>
#include <string_view>

namespace migcheck::parsing {

struct Escape {
  std::size_t length = 0;  // of the escape in the text; 0: none begins here
  std::string bytes;       // what it means, in UTF-8
  bool refused = false;    // PostgreSQL raises an error: \u12 in E'…', half a surrogate pair
};

// \n, \', \012, \x41, \u00e9, \U0001F600 and \ before any other character, inside E'…'.
[[nodiscard]] Escape string_escape(std::string_view text, std::size_t at);
// \00e9, \+01F600 and \\ inside U&'…' and U&"…", with the usual escape character.
[[nodiscard]] Escape unicode_escape(std::string_view text, std::size_t at);

}  // namespace migcheck::parsing
