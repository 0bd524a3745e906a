// SPDX-License-Identifier: MIT
#pragma once

// The classes of bytes that PostgreSQL's scanner tells apart.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace migcheck::parsing {

enum class CharacterClass : std::uint8_t {
  Other,
  Space,  // blank, tab, form feed, vertical tab
  LineEnd,
  Letter,  // begins a word: letters, _, and every byte above ASCII
  Digit,
  Operator,
  Quote,
  DoubleQuote,
  Dollar,
  Punctuation,  // ( ) [ ] , ; : .
};

namespace detail {

constexpr std::array<CharacterClass, 256> make_classes() {
  std::array<CharacterClass, 256> classes{};
  const auto set = [&classes](std::string_view characters, CharacterClass value) {
    for (const char c : characters) classes[static_cast<unsigned char>(c)] = value;
  };
  for (std::size_t c = 0x80; c < 0x100; ++c) classes[c] = CharacterClass::Letter;
  set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_", CharacterClass::Letter);
  set("0123456789", CharacterClass::Digit);
  set(" \t\f\v", CharacterClass::Space);
  set("\r\n", CharacterClass::LineEnd);
  set("~!@#^&|`?+-*/%<>=", CharacterClass::Operator);
  set("()[],;:.", CharacterClass::Punctuation);
  set("'", CharacterClass::Quote);
  set("\"", CharacterClass::DoubleQuote);
  set("$", CharacterClass::Dollar);
  return classes;
}

constexpr std::array<bool, 256> make_word_bytes() {
  std::array<bool, 256> inside{};
  const std::array<CharacterClass, 256> classes = make_classes();
  for (std::size_t c = 0; c < 256; ++c) {
    inside[c] = classes[c] == CharacterClass::Letter || classes[c] == CharacterClass::Digit || c == '$';
  }
  return inside;
}

inline constexpr std::array<CharacterClass, 256> kClasses = make_classes();
inline constexpr std::array<bool, 256> kWordBytes = make_word_bytes();

}  // namespace detail

[[nodiscard]] constexpr CharacterClass class_of(char c) {
  return detail::kClasses[static_cast<unsigned char>(c)];
}
// Goes on with a word that has begun: letters, digits, _ and $.
[[nodiscard]] constexpr bool continues_word(char c) {
  return detail::kWordBytes[static_cast<unsigned char>(c)];
}
[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
[[nodiscard]] constexpr char to_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

}  // namespace migcheck::parsing
