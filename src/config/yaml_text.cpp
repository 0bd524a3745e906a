// SPDX-License-Identifier: MIT

#include "config/yaml_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

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
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') out += '\\';
    if (static_cast<unsigned char>(letter) < 0x20) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(letter));
    } else {
      out += letter;
    }
  }
  return out + "\"";
}

}  // namespace migcheck::config
