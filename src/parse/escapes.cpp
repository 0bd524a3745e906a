// SPDX-License-Identifier: MIT

#include "parse/escapes.hpp"

#include <cstdint>
#include <optional>

#include "parse/characters.hpp"

namespace migcheck::parsing {
namespace {

std::optional<std::uint32_t> hex_value(char c) {
  if (is_digit(c)) return static_cast<std::uint32_t>(c - '0');
  const char lower = to_lower(c);
  if (lower >= 'a' && lower <= 'f') return static_cast<std::uint32_t>(lower - 'a' + 10);
  return std::nullopt;
}

// The value of exactly `digits` hexadecimal digits.
std::optional<std::uint32_t> hex_number(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t n = 0; n < digits; ++n) {
    const std::optional<std::uint32_t> digit = hex_value(text[at + n]);
    if (!digit) return std::nullopt;
    value = value * 16 + *digit;
  }
  return value;
}

std::string to_utf8(std::uint32_t code) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0 | (code >> 6)), byte(0x80 | (code & 0x3F))};
  if (code < 0x10000) {
    return {byte(0xE0 | (code >> 12)), byte(0x80 | ((code >> 6) & 0x3F)), byte(0x80 | (code & 0x3F))};
  }
  return {byte(0xF0 | (code >> 18)), byte(0x80 | ((code >> 12) & 0x3F)), byte(0x80 | ((code >> 6) & 0x3F)),
          byte(0x80 | (code & 0x3F))};
}

struct CodePoint {
  std::size_t length = 0;  // of the escape, backslash included
  std::uint32_t value = 0;
};
using ReadCodePoint = std::optional<CodePoint> (*)(std::string_view, std::size_t);

// \uXXXX and \UXXXXXXXX
std::optional<CodePoint> long_code_point(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || text[at] != '\\' || to_lower(text[at + 1]) != 'u') return std::nullopt;
  const std::size_t digits = text[at + 1] == 'u' ? 4 : 8;
  const std::optional<std::uint32_t> value = hex_number(text, at + 2, digits);
  return value ? std::optional<CodePoint>({digits + 2, *value}) : std::nullopt;
}

// \XXXX and \+XXXXXX
std::optional<CodePoint> short_code_point(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || text[at] != '\\') return std::nullopt;
  const bool wide = text[at + 1] == '+';
  const std::size_t digits = wide ? 6 : 4;
  const std::size_t begin = wide ? 2 : 1;
  const std::optional<std::uint32_t> value = hex_number(text, at + begin, digits);
  return value ? std::optional<CodePoint>({begin + digits, *value}) : std::nullopt;
}

// A code point, which may be written as the two halves of a surrogate pair.
Escape read_code_point(std::string_view text, std::size_t at, ReadCodePoint read) {
  const std::optional<CodePoint> first = read(text, at);
  if (!first) return {1, {}, true};
  if (first->value < 0xD800 || first->value > 0xDFFF) {
    const bool valid = first->value != 0 && first->value <= 0x10FFFF;
    return {first->length, valid ? to_utf8(first->value) : std::string(), !valid};
  }
  const std::optional<CodePoint> second = read(text, at + first->length);
  if (first->value > 0xDBFF || !second || second->value < 0xDC00 || second->value > 0xDFFF) {
    return {first->length, {}, true};
  }
  const std::uint32_t code = 0x10000 + ((first->value & 0x3FF) << 10) + (second->value & 0x3FF);
  return {first->length + second->length, to_utf8(code), false};
}

// Up to three octal digits after \, or up to two hexadecimal ones after \x: one byte.
Escape byte_escape(std::string_view text, std::size_t at) {
  const bool octal = text[at + 1] != 'x';
  std::size_t end = octal ? at + 1 : at + 2;
  const std::size_t limit = at + 4;
  std::uint32_t value = 0;
  for (; end < limit && end < text.size(); ++end) {
    const std::optional<std::uint32_t> digit = hex_value(text[end]);
    if (!digit || (octal && *digit > 7)) break;
    value = value * (octal ? 8 : 16) + *digit;
  }
  if (!octal && end == at + 2) return {2, "x", false};
  value &= 0xFF;
  return {end - at, std::string(1, static_cast<char>(value)), value == 0};
}

}  // namespace

Escape string_escape(std::string_view text, std::size_t at) {
  if (text[at] != '\\' || at + 1 >= text.size()) return {};
  const char c = text[at + 1];
  if ((c >= '0' && c <= '7') || c == 'x') return byte_escape(text, at);
  if (c == 'u' || c == 'U') return read_code_point(text, at, long_code_point);
  constexpr std::string_view kLetters = "bfnrtv";
  constexpr std::string_view kMeanings = "\b\f\n\r\t\v";
  const std::size_t letter = kLetters.find(c);
  return {2, std::string(1, letter == std::string_view::npos ? c : kMeanings[letter]), false};
}

Escape unicode_escape(std::string_view text, std::size_t at) {
  if (text[at] != '\\') return {};
  if (at + 1 < text.size() && text[at + 1] == '\\') return {2, "\\", false};
  return read_code_point(text, at, short_code_point);
}

}  // namespace migcheck::parsing
