// SPDX-License-Identifier: MIT
#pragma once

// SQL as text: where code is, where strings, comments and data are, and where statements end.
//
// The input room has to know a little of PostgreSQL's lexical rules: a marker inside a string is no marker, a
// placeholder inside a comment needs no value. It does not parse; the parse room has the real splitter.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/source.hpp"

namespace migcheck::input {

enum class Region : std::uint8_t {
  Code,
  String,       // '…', E'…'
  Identifier,   // "…"
  LineComment,  // -- to the end of the line
  BlockComment,
  Dollar,    // $tag$ … $tag$
  PsqlLine,  // a backslash command, to the end of the line
  CopyData,  // the lines after COPY … FROM stdin, with the closing \.
};

struct TextPiece {
  Region region = Region::Code;
  Span span;
};

// Walks a text from region to region. Every byte belongs to exactly one piece; an unterminated string or
// comment reaches to the end.
class SqlScanner {
 public:
  explicit SqlScanner(std::string_view text) : text_(text) {}
  // False at the end of the text.
  bool next(TextPiece& piece);
  // Goes on from here, in code: what lies before was something else than SQL.
  void resume_at(std::size_t offset) { at_ = offset; }

 private:
  bool starts_region(std::size_t at, Region& region) const;
  std::size_t end_of(Region region, std::size_t begin) const;
  std::size_t end_of_code(std::size_t begin, Region& following);
  bool statement_is_copy_from_stdin(std::size_t end) const;

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t statement_begin_ = 0;
  bool copy_data_next_ = false;
};

// The end of the dollar-quoted string that starts here; npos if none starts here.
std::size_t end_of_dollar_quote(std::string_view text, std::size_t begin);
// The end of the '…' string whose opening quote is here.
std::size_t end_of_string(std::string_view text, std::size_t begin);

// One statement, roughly: enough to ask how it begins.
struct StatementText {
  Span span;          // from its first word to its semicolon (included)
  std::string words;  // its first words, lower case, without comments, one space between them
};

// Calls for each statement of a text, split at semicolons outside of strings, comments, dollar quotes and
// parentheses. Nothing is kept: a data file holds millions of them.
void for_each_statement(std::string_view text, const std::function<void(const StatementText&)>& visit);

// The lines of a text, without their line ends; LF, CRLF and a lone CR end a line.
class LineWalker {
 public:
  explicit LineWalker(std::string_view text) : text_(text) {}
  bool next(Span& line);

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  bool done_ = false;
};

// The lines of a text that begin with a `--` comment.
std::vector<Span> comment_lines(std::string_view text);

// Small questions about text, ASCII only as SQL's keywords are.
bool starts_with_word(std::string_view words, std::string_view prefix);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
bool contains_ignoring_case(std::string_view text, std::string_view needle);
std::string_view trimmed(std::string_view text);
std::string lowered(std::string_view text);
// What PostgreSQL takes for white space.
constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_identifier_char(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}
constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline Span span_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}
inline std::string_view text_of(std::string_view text, Span span) {
  return text.substr(span.begin, span.size());
}
inline Span whole(std::string_view text) {
  return span_of(0, text.size());
}

}  // namespace migcheck::input
