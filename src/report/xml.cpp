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
  append_escaped(out, text, [&](char32_t code, std::string_view /*behind*/) {
    switch (code) {
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
        out += fmt::format("&#{};", static_cast<unsigned>(code));
        break;
      default:
        if (!allowed_in_xml(code)) {
          append_utf8(out, kReplacement);
        } else if (is_unsafe(code) || (code == '[' && ends_like_a_runner_command(out))) {
          out += fmt::format("&#x{:X};", static_cast<unsigned>(code));
        } else {
          append_utf8(out, code);
        }
    }
  });
  return out;
}

}  // namespace migcheck::report
