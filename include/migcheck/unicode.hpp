// SPDX-License-Identifier: MIT
#pragma once

// Characters of text that may be anything: a file's bytes may be UTF-8, a single-byte encoding, or broken.
//
// Reading goes character by character in the same steps as LineIndex counts columns, so that a column and
// the text printed for it always agree. What is not a valid character reads as U+FFFD.

#include <cstdint>
#include <string>
#include <string_view>

namespace migcheck {

inline constexpr char32_t kReplacement = 0xFFFD;

struct Character {
  char32_t code = kReplacement;
  std::uint32_t length = 1;  // in bytes
  bool valid = false;
};

// The character that starts at this byte; `at` lies inside the text.
Character character_at(std::string_view text, std::size_t at);

void append_utf8(std::string& out, char32_t code);

// How many columns of a terminal it takes: 0 for marks that combine, 2 for wide East Asian and emoji.
int display_width(char32_t code);
// Of a text without control characters.
int display_width(std::string_view text);

// Control characters, C1 included, the marks that turn the direction of text around, and the invisible tags:
// a terminal or a reader could be deceived by them.
bool is_unsafe(char32_t code);

// What stands for it: "\\x1b", "\\u202e".
std::string visible_escape(char32_t code);

// Does the text end in ##? A [ after it would start what GitHub's runner takes for a command, anywhere in a
// line; a space between them keeps it text.
bool ends_like_a_runner_command(std::string_view text);

// How many bytes at the beginning every format prints as they are: ASCII without what any of them escapes.
std::size_t plain_length(std::string_view text);

// Appends a text: what every format prints as it is, and each other character by write(code, text behind it).
template <typename Write>
void append_escaped(std::string& out, std::string_view text, Write write) {
  while (!text.empty()) {
    const std::size_t plain = plain_length(text);
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) return;
    const Character character = character_at(text, 0);
    text.remove_prefix(character.length);
    write(character.code, text);
  }
}

// Valid UTF-8 on one line, for people: control characters and marks of direction become visible escapes
// (\x1b), line ends and tabs become spaces.
std::string printable(std::string_view text);

}  // namespace migcheck
