// SPDX-License-Identifier: MIT

#include "parse/psql.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "parse/characters.hpp"
#include "parse/lexer.hpp"

namespace migcheck::parsing {
namespace {

constexpr std::array<std::string_view, 12> kSending = {
    "g",     "gx",   "gexec",      "gset",  "gdesc",        "crosstabview",
    "watch", "bind", "bind_named", "parse", "sendpipeline", "close_prepared"};

bool ends_a_line(char c) {
  return class_of(c) == CharacterClass::LineEnd;
}

// The end of a command's arguments: \\ outside of quotes, or the end of the line.
std::size_t end_of_arguments(std::string_view text, std::size_t at) {
  char quote = '\0';
  for (; at < text.size() && !ends_a_line(text[at]); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"' || c == '`') {
      quote = c;
    } else if (text.substr(at, 2) == "\\\\") {
      return at + 2;
    }
  }
  return at;
}

bool copies_from_stdin(std::string_view text, Span arguments) {
  Lexer lexer(text, arguments);
  bool from = false;
  for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
    if (from && is_keyword(text, token, "STDIN")) return true;
    from = is_keyword(text, token, "FROM");
  }
  return false;
}

}  // namespace

std::string_view psql_command_name(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && continues_word(text[end]) && text[end] != '$') ++end;
  return text.substr(at + 1, end - at - 1);
}

bool sends_query(std::string_view name) {
  return std::find(kSending.begin(), kSending.end(), name) != kSending.end();
}

PsqlCommand read_psql_command(std::string_view text, std::size_t at) {
  const std::string_view name = psql_command_name(text, at);
  const std::size_t arguments = at + 1 + name.size();
  const std::size_t end = end_of_arguments(text, arguments);
  const Span span = {static_cast<std::uint32_t>(arguments), static_cast<std::uint32_t>(end)};
  return {end, name == "copy" && copies_from_stdin(text, span)};
}

bool begins_line(std::string_view text, std::size_t at, std::size_t text_begin) {
  while (at > text_begin && class_of(text[at - 1]) == CharacterClass::Space) --at;
  return at == text_begin || ends_a_line(text[at - 1]);
}

bool ends_line(std::string_view text, std::size_t at) {
  while (at < text.size() && class_of(text[at]) == CharacterClass::Space) ++at;
  return at >= text.size() || ends_a_line(text[at]);
}

CopyData read_copy_data(std::string_view text, std::size_t begin) {
  for (std::size_t at = text.find("\\.", begin); at != std::string_view::npos;
       at = text.find("\\.", at + 2)) {
    const bool starts = at == begin || text[at - 1] == '\n' || text[at - 1] == '\r';
    const bool ends = at + 2 >= text.size() || text[at + 2] == '\n' || text[at + 2] == '\r';
    if (starts && ends) return {at + 2, true};
  }
  return {text.size(), false};
}

}  // namespace migcheck::parsing
