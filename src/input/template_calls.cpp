// SPDX-License-Identifier: MIT

#include "input/template_calls.hpp"

#include <fmt/format.h>

#include <string_view>

#include "input/sql_text.hpp"
#include "input/text_edits.hpp"

namespace migcheck::input {
namespace {

// What stands in a tag that is all of the line; empty if none does.
std::string_view only_tag(std::string_view line) {
  if (line.ends_with(';')) line.remove_suffix(1);
  if (!line.starts_with("{{") || !line.ends_with("}}") || line.find("}}") + 2 != line.size()) return {};
  std::string_view content = line.substr(2, line.size() - 4);
  if (content.starts_with('-')) content.remove_prefix(1);
  if (content.ends_with('-')) content.remove_suffix(1);
  return trimmed(content);
}

// A name and what it is given, in quotes: `.Schema` and `if .postgres` are none.
bool is_template_call(std::string_view content) {
  std::size_t end = 0;
  while (end < content.size() && is_identifier_char(content[end])) ++end;
  if (end == 0 || end == content.size() || content[end] != ' ') return false;
  const std::string_view given = trimmed(content.substr(end));
  return given.starts_with('"') || given.starts_with('`');
}

}  // namespace

std::vector<Unread> leave_out_template_calls(SourceFile& source) {
  std::vector<Unread> unread;
  if (source.text.find("{{") == std::string::npos) return unread;
  std::vector<TextEdit> edits;
  bool in_statement = false;
  LineWalker lines(source.text);
  Span line;
  for (std::uint32_t number = 1; lines.next(line); ++number) {
    const std::string_view content = trimmed(text_of(source.text, line));
    if (content.empty() || content.starts_with("--")) continue;
    const std::string_view tag = only_tag(content);
    if (tag.empty()) {
      in_statement = !content.ends_with(';') && !content.starts_with("{{");
    } else if (!in_statement && is_template_call(tag)) {
      edits.push_back(blank(source.text, line));
      unread.push_back({{},
                        number,
                        fmt::format("A function of the template writes this statement: what `{}` does is not "
                                    "known here.",
                                    tag.substr(0, tag.find(' '))),
                        false});
    }
  }
  apply_edits(source, edits);
  return unread;
}

}  // namespace migcheck::input
