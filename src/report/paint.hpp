// SPDX-License-Identifier: MIT
#pragma once

// Colours for people's eyes, and lines of a bearable length.

#include <string>
#include <string_view>
#include <vector>

#include "migcheck/settings.hpp"

namespace migcheck::report {

// What a piece of text is, not which colour it has.
enum class Ink : unsigned char { Error, Warning, Info, Gutter, Strong, Advice, Note };

Ink ink_of(Severity severity);

class Paint {
 public:
  explicit Paint(bool colour) : colour_(colour) {}
  // The text between the escapes of its colour, or as it is.
  [[nodiscard]] std::string operator()(Ink ink, std::string_view text) const;

 private:
  bool colour_;
};

// Breaks at spaces, so that no line is wider than `width` unless one word is; line ends in the text stay. The
// text becomes printable on the way.
std::vector<std::string> wrapped_lines(std::string_view text, int width);

// The lines of a text, as they are.
std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace migcheck::report
