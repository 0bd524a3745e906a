// SPDX-License-Identifier: MIT

#include "config/yaml_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "migcheck/unicode.hpp"

namespace migcheck::config {
namespace {

constexpr std::array<std::string_view, 8> kWordsOfYaml = {"null", "true", "false", "yes",
                                                          "no",   "on",   "off",   "~"};

// Letters, digits and a few marks: no reader of YAML sees anything but a string.
bool is_plain(std::string_view text) {
  constexpr std::string_view kSafe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./";
  if (text.empty() || text.find_first_not_of(kSafe) != std::string_view::npos) return false;
  const char first = text.front();
  if (first == '-' || first == '.' || (first >= '0' && first <= '9')) return false;
  return std::find(kWordsOfYaml.begin(), kWordsOfYaml.end(), text) == kWordsOfYaml.end();
}

std::string escaped(char32_t code) {
  const auto number = static_cast<std::uint32_t>(code);
  if (number < 0x100) return fmt::format("\\x{:02x}", number);
  return number < 0x10000 ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

constexpr std::size_t kLongestSentence = 500;

}  // namespace

std::string bounded(std::string sentence) {
  if (sentence.size() <= kLongestSentence) return sentence;
  std::size_t end = kLongestSentence;
  while (end > 0 && (static_cast<unsigned char>(sentence[end]) & 0xC0u) == 0x80u)
    --end;  // not inside a character
  return sentence.substr(0, end) + "...";
}

std::string yaml_text(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    const std::string_view bytes = text.substr(at, character.length);
    at += character.length;
    if (bytes == "\"" || bytes == "\\") out += '\\';
    if (character.valid && is_unsafe(character.code)) {
      out += escaped(character.code);
    } else {
      out += bytes;
    }
  }
  return out + "\"";
}

}  // namespace migcheck::config
