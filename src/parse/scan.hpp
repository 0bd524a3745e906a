// SPDX-License-Identifier: MIT
#pragma once

// Small steps over SQL text from a place that PostgreSQL named: where a name ends, where a bracket closes.
//
// Reading a whole statement's tokens for each of these would cost more than parsing it. All steps are bounded
// by what they step over, except closing_near, which gives up early (StatementTokens knows the answer then).

#include <cstdint>
#include <optional>
#include <string_view>

#include "migcheck/source.hpp"

namespace migcheck::parsing {

class Scan {
 public:
  // Reads `text` up to `end`; offsets count from the start of `text`.
  Scan(std::string_view text, std::uint32_t end) : text_(text.substr(0, end)) {}

  // The byte here; '\0' at the end.
  [[nodiscard]] char at(std::uint32_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  // Past whitespace and comments.
  [[nodiscard]] std::uint32_t after_space(std::uint32_t offset) const;
  // Past the identifier or keyword here, "quoted" ones too; `offset` itself if there is none.
  [[nodiscard]] std::uint32_t after_word(std::uint32_t offset) const;
  // Past a name with dots: a.b.c, a.*
  [[nodiscard]] std::uint32_t after_name(std::uint32_t offset) const;
  // Is this keyword (in capitals) the word here?
  [[nodiscard]] bool is(std::uint32_t offset, std::string_view keyword) const;
  // Past the keyword and the space behind it if it stands here, otherwise `offset`.
  [[nodiscard]] std::uint32_t after_keyword(std::uint32_t offset, std::string_view keyword) const;
  // Past the bracket that closes the one at `open`, if it is near and nothing quoted is in between.
  [[nodiscard]] std::optional<std::uint32_t> closing_near(std::uint32_t open) const;
  // The word that ends before `offset`, with nothing but whitespace in between; empty if there is none.
  [[nodiscard]] Span word_before(std::uint32_t offset) const;
  [[nodiscard]] std::string_view text(Span span) const { return text_.substr(span.begin, span.size()); }

 private:
  std::string_view text_;
};

}  // namespace migcheck::parsing
