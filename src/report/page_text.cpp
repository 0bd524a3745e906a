// SPDX-License-Identifier: MIT

#include "report/page_text.hpp"

#include <algorithm>
#include <functional>

namespace migcheck::report {
namespace {

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

void for_each_line(std::string_view text, const std::function<void(std::string_view)>& visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// A line of prose without its marks. A lone * or _ stays: SQL has both.
std::string without_marks(std::string_view line) {
  std::string out;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '`') continue;
    if (line.compare(at, 2, "**") == 0) {
      ++at;
      continue;
    }
    out += line[at];
  }
  return out;
}

}  // namespace

std::string plain_text(std::string_view markdown) {
  std::string out;
  bool in_fence = false;
  for_each_line(markdown, [&](std::string_view line) {
    if (starts_with(line, "```")) {
      in_fence = !in_fence;
      return;
    }
    if (in_fence) {
      out.append("    ").append(line).append("\n");
      return;
    }
    if (starts_with(line, "#")) {
      const std::size_t title = std::min(line.find_first_not_of("# "), line.size());
      line.remove_prefix(title);
    }
    out.append(without_marks(line)).append("\n");
  });
  const std::size_t last = out.find_last_not_of(" \n");
  out.resize(last == std::string::npos ? 0 : last + 1);
  return out;
}

std::string first_paragraph(std::string_view markdown, std::size_t limit) {
  std::string paragraph;
  bool done = false;
  for_each_line(markdown, [&](std::string_view line) {
    const bool prose = !line.empty() && line[0] != '#' && !starts_with(line, "```");
    if (done || !prose) {
      done = done || !paragraph.empty();
      return;
    }
    if (!paragraph.empty()) paragraph += ' ';
    paragraph += without_marks(line);
  });
  if (paragraph.size() > limit) {
    const std::size_t word = paragraph.rfind(' ', limit - 3);
    paragraph.resize(word == std::string::npos ? limit - 3 : word);
    paragraph += "...";
  }
  return paragraph;
}

}  // namespace migcheck::report
