// SPDX-License-Identifier: MIT

#include "report/code_lines.hpp"

#include <algorithm>

#include "migcheck/unicode.hpp"
#include "report/paint.hpp"

namespace migcheck::report {
namespace {

constexpr int kHangingIndent = 4;
constexpr std::string_view kRemark = "-- ";

// The blanks outside of quotes, and where a remark begins.
struct Breaks {
  std::vector<std::size_t> blanks;
  std::size_t remark = std::string_view::npos;
};

Breaks breaks_of(std::string_view code) {
  Breaks breaks;
  char quote = 0;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char letter = code[at];
    if (quote != 0) {
      if (letter == quote) quote = 0;
    } else if (letter == '\'' || letter == '"') {
      quote = letter;
    } else if (code.substr(at, kRemark.size()) == kRemark) {
      breaks.remark = at;
      break;
    } else if (letter == ' ') {
      breaks.blanks.push_back(at);
    }
  }
  return breaks;
}

}  // namespace

std::vector<std::string> code_lines(std::string_view code, int width) {
  if (display_width(code) <= width) return {std::string(code)};
  const Breaks breaks = breaks_of(code);
  std::vector<std::string> lines;
  if (breaks.remark != std::string_view::npos) {
    const auto remark = wrapped_lines(code.substr(breaks.remark + kRemark.size()), width - 3);
    for (const std::string& line : remark) lines.push_back(std::string(kRemark) + line);
    code = code.substr(0, breaks.remark);
    code = code.substr(0, code.find_last_not_of(' ') + 1);
  }
  std::size_t begin = 0;
  std::string indent;
  while (begin < code.size()) {
    // The last blank at which the line still fits, else the first: a long word stays whole.
    std::size_t end = code.size();
    if (display_width(code.substr(begin)) + static_cast<int>(indent.size()) > width) {
      std::size_t best = 0;
      for (const std::size_t blank : breaks.blanks) {
        if (blank <= begin || blank >= code.size()) continue;
        const bool fits =
            display_width(code.substr(begin, blank - begin)) + static_cast<int>(indent.size()) <= width;
        if (fits || best == 0) best = blank;
        if (!fits) break;
      }
      if (best != 0) end = best;
    }
    lines.push_back(indent + std::string(code.substr(begin, end - begin)));
    begin = std::min(code.find_first_not_of(' ', end), code.size());
    indent.assign(kHangingIndent, ' ');
  }
  return lines;
}

}  // namespace migcheck::report
