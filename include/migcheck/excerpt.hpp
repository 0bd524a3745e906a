// SPDX-License-Identifier: MIT
#pragma once

// What is kept of a text for a report: the lines that the report points into, and where they stood.
//
// A run says something of a few lines of each file. These are kept when the file has passed, so that what a
// report holds grows with what it says, and printing it reads no file again: it may have changed, or have
// been a pipe.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/source.hpp"

namespace migcheck {

// A line as it stood in the text, without its line end.
struct ExcerptLine {
  std::uint32_t begin = 0;  // its first byte in the whole text
  std::string_view text;
};

class Excerpt {
 public:
  // Of a span so many lines from its beginning are kept, and from behind the last two.
  static constexpr std::uint32_t kFirstLines = 8;

  Excerpt() = default;
  // The whole text.
  explicit Excerpt(std::string text);
  // Of each span its lines, but for the middle of a long one.
  Excerpt(std::string_view text, std::span<const Span> spans);
  // Of a text that is no longer at hand: where the lines begin that hold an end of the spans. Columns count
  // bytes.
  Excerpt(const LineIndex& lines, std::span<const Span> spans);

  // Of a byte of the whole text that lies in a line that is kept.
  [[nodiscard]] Position position(std::uint32_t offset) const;
  // A 1-based line of the whole text; empty if it is not kept.
  [[nodiscard]] ExcerptLine line(std::uint32_t number) const;
  // The span without white space at its end.
  [[nodiscard]] Span trimmed(Span span) const;
  // The lines that are kept, one behind another.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  // Neighbouring lines.
  struct Stretch {
    Span span;                   // in the whole text
    std::uint32_t line = 1;      // the number of its first line there
    std::uint32_t own_line = 1;  // and in what is kept
    std::uint32_t count = 1;     // of its lines
    std::uint32_t at = 0;        // its first byte in what is kept
  };
  // The last one that begins at or before this byte; null if there is none.
  [[nodiscard]] const Stretch* stretch_of(std::uint32_t offset) const;

  std::string text_;
  LineIndex lines_;  // of text_
  std::vector<Stretch> stretches_;
};

}  // namespace migcheck
