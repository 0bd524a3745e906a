// SPDX-License-Identifier: MIT

#include "report/xml.hpp"

#include <fmt/format.h>

#include "migcheck/unicode.hpp"

namespace migcheck::report {
namespace {

bool allowed_in_xml(char32_t code) {
  return (code >= 0x20 || code == '\t' || code == '\n' || code == '\r') && code != 0xFFFE && code != 0xFFFF;
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t plain = plain_length(text, at); plain > 0) {
      out += text.substr(at, plain);
      at += plain;
      continue;
    }
    const Character character = character_at(text, at);
    at += character.length;
    switch (character.code) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
      case '\r':
      case '\t':
        out += fmt::format("&#{};", static_cast<unsigned>(character.code));
        break;
      default:
        if (!allowed_in_xml(character.code)) {
          append_utf8(out, kReplacement);
        } else if (is_unsafe(character.code) || (character.code == '[' && ends_like_a_runner_command(out))) {
          out += fmt::format("&#x{:X};", static_cast<unsigned>(character.code));
        } else {
          append_utf8(out, character.code);
        }
    }
  }
  return out;
}

}  // namespace migcheck::report
