// SPDX-License-Identifier: MIT

#include "report/paint.hpp"

#include <algorithm>

#include "migcheck/unicode.hpp"

namespace migcheck::report {
namespace {

std::string_view escape_of(Ink ink) {
  switch (ink) {
    case Ink::Error:
      return "\x1b[1;31m";
    case Ink::Warning:
      return "\x1b[1;33m";
    case Ink::Info:
      return "\x1b[1;34m";
    case Ink::Gutter:
      return "\x1b[34m";
    case Ink::Strong:
      return "\x1b[1m";
    case Ink::Advice:
      return "\x1b[1;32m";
    case Ink::Note:
      return "\x1b[1;36m";
  }
  return "";
}

void wrap_paragraph(std::string_view paragraph, int width, std::vector<std::string>& lines) {
  const std::string text = printable(paragraph);
  std::string line;
  int line_width = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (word.empty()) continue;
    const int word_width = display_width(word);
    if (!line.empty() && line_width + 1 + word_width > width) {
      lines.push_back(std::move(line));
      line.clear();
      line_width = 0;
    }
    if (!line.empty()) {
      line += ' ';
      ++line_width;
    }
    line += word;
    line_width += word_width;
  }
  lines.push_back(std::move(line));
}

}  // namespace

Ink ink_of(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return Ink::Error;
    case Severity::Warning:
      return Ink::Warning;
    case Severity::Info:
      break;
  }
  return Ink::Info;
}

std::string Paint::operator()(Ink ink, std::string_view text) const {
  std::string out;
  if (colour_) out += escape_of(ink);
  out += text;
  if (colour_) out += "\x1b[0m";
  return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
    if (text.empty()) break;
  }
  return lines;
}

std::vector<std::string> wrapped_lines(std::string_view text, int width) {
  std::vector<std::string> lines;
  for (const std::string_view paragraph : lines_of(text)) wrap_paragraph(paragraph, width, lines);
  return lines;
}

}  // namespace migcheck::report
