// SPDX-License-Identifier: MIT

#include "parse/scan.hpp"

#include <algorithm>

#include "parse/characters.hpp"
#include "parse/lexer.hpp"

namespace migcheck::parsing {
namespace {

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

}  // namespace

std::uint32_t Scan::after_space(std::uint32_t offset) const {
  while (offset < text_.size()) {
    const char c = text_[offset];
    if (is_space(c)) {
      ++offset;
      continue;
    }
    const char next = at(offset + 1);
    if (!(c == '-' && next == '-') && !(c == '/' && next == '*')) return offset;
    offset = Lexer(text_, {offset, static_cast<std::uint32_t>(text_.size())}).next_or_comment().span.end;
  }
  return static_cast<std::uint32_t>(text_.size());
}

std::uint32_t Scan::after_word(std::uint32_t offset) const {
  std::uint32_t end = offset;
  if ((at(end) == 'U' || at(end) == 'u') && at(end + 1) == '&' && at(end + 2) == '"') end += 2;
  if (at(end) == '"') {
    const std::size_t close = end_of_quoted(text_, end + 1, '"');
    return static_cast<std::uint32_t>(std::min(close, text_.size()));
  }
  while (end < text_.size() && continues_word(text_[end])) ++end;
  return end;
}

std::uint32_t Scan::after_name(std::uint32_t offset) const {
  std::uint32_t end = after_word(offset);
  while (true) {
    const std::uint32_t dot = after_space(end);
    if (at(dot) != '.' || at(dot + 1) == '.') return end;
    const std::uint32_t part = after_space(dot + 1);
    if (at(part) == '*') return part + 1;
    const std::uint32_t next = after_word(part);
    if (next == part) return end;
    end = next;
  }
}

bool Scan::is(std::uint32_t offset, std::string_view keyword) const {
  if (offset + keyword.size() > text_.size() ||
      continues_word(at(offset + static_cast<std::uint32_t>(keyword.size()))))
    return false;
  return equals_ignoring_case(text_.substr(offset, keyword.size()), keyword);
}

std::uint32_t Scan::after_keyword(std::uint32_t offset, std::string_view keyword) const {
  if (!is(offset, keyword)) return offset;
  return after_space(offset + static_cast<std::uint32_t>(keyword.size()));
}

std::optional<std::uint32_t> Scan::closing_near(std::uint32_t open) const {
  constexpr std::uint32_t kNear = 160;
  const auto limit = static_cast<std::uint32_t>(std::min<std::size_t>(text_.size(), open + kNear));
  std::uint32_t depth = 0;
  for (std::uint32_t offset = open; offset < limit; ++offset) {
    switch (text_[offset]) {
      case '(':
      case '[':
        ++depth;
        break;
      case ')':
      case ']':
        if (--depth == 0) return offset + 1;
        break;
      case '\'':
      case '"':
      case '$':
      case '-':
      case '/':
        return std::nullopt;
      default:
        break;
    }
  }
  return std::nullopt;
}

Span Scan::word_before(std::uint32_t offset) const {
  std::uint32_t end = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  while (end > 0 && is_space(text_[end - 1])) --end;
  std::uint32_t begin = end;
  while (begin > 0 && continues_word(text_[begin - 1])) --begin;
  return {begin, end};
}

}  // namespace migcheck::parsing
