// SPDX-License-Identifier: MIT
#pragma once

// SQL text as the tokens that PostgreSQL's scanner sees, without copying and without PostgreSQL.
//
// Every byte is looked at a bounded number of times, whatever the input: PostgreSQL's own scanner rescans a
// run of operator characters for each token in it, this one does not. Nothing is refused here: what
// PostgreSQL would refuse (an unterminated string, a stray backslash) is a token too, so that whoever reads
// on knows where it stands.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "migcheck/source.hpp"
#include "parse/characters.hpp"

namespace migcheck::parsing {

enum class TokenKind : std::uint8_t {
  End,               // nothing left; an empty span at the end of the text
  Identifier,        // a bare word: keyword or name
  QuotedIdentifier,  // "…" and U&"…"
  String,            // '…', E'…', B'…', X'…', U&'…', each segment of a continued string by itself
  DollarString,      // $$…$$, $tag$…$tag$
  Number,            // 1, 1.5e3, 0xFF, 1_000
  Parameter,         // $1
  Operator,          // + <> || => := :: ..
  Punctuation,       // one of ( ) [ ] , ; : .
  Comment,           // -- to the end of the line
  BlockComment,      // /* … */, nested ones inside
  Other,             // one byte that begins no token: \ { } a lone $ NUL
};

struct Token {
  TokenKind kind = TokenKind::End;
  bool unterminated = false;  // a string, quoted identifier or block comment that runs to the end of the text
  char symbol = '\0';         // of an operator or punctuation of one byte: this byte
  Span span;
};

class Lexer {
 public:
  // Reads the bytes of `text` inside `range`; spans count from the start of `text`.
  Lexer(std::string_view text, Span range);
  explicit Lexer(std::string_view text);

  // The next token; comments are stepped over.
  Token next();
  // The next token or comment.
  Token next_or_comment();

 private:
  // A run of operator characters, measured once for all tokens in it.
  struct OperatorRun {
    std::uint32_t end = 0;           // of the run, or where a comment begins in it
    std::uint32_t signs = 0;         // where the + and - at its end begin
    std::uint32_t past_special = 0;  // after its last character out of ~ ! @ # ^ & | ` ? %
  };
  // An E'…' string goes on, backslashes and all, in a quote that follows on another line.
  enum class Continuation : std::uint8_t { None, SameLine, NextLine };

  bool skip_whitespace();  // true if a line ended in it
  void measure_run();
  Token take(TokenKind kind, std::size_t end, bool unterminated = false);
  Token word();
  Token number();
  Token escape_string(std::size_t body);
  Token dollar();
  Token punctuation();
  Token operator_or_comment();

  std::string_view text_;  // up to the end of the range
  std::uint32_t at_;
  OperatorRun run_;
  Continuation continuation_ = Continuation::None;
};

[[nodiscard]] inline std::string_view text_of(std::string_view text, Span span) {
  return text.substr(span.begin, span.size());
}

// These are asked of nearly every token several times, and nearly always the answer is no: that is found out
// without a call.
[[nodiscard]] inline bool equals_ignoring_case(std::string_view word, std::string_view capitals) {
  if (word.size() != capitals.size()) return false;
  for (std::size_t n = 0; n < word.size(); ++n) {
    if (to_upper(word[n]) != capitals[n]) return false;
  }
  return true;
}
// Is the token this bare word? `keyword` in capitals; a quoted identifier is never a keyword.
[[nodiscard]] inline bool is_keyword(std::string_view text, const Token& token, std::string_view keyword) {
  return token.kind == TokenKind::Identifier && equals_ignoring_case(text_of(text, token.span), keyword);
}
// Is it this operator or punctuation?
[[nodiscard]] inline bool is_symbol(std::string_view text, const Token& token, std::string_view symbol) {
  if (symbol.size() == 1) return token.symbol == symbol[0];
  return token.kind == TokenKind::Operator && text_of(text, token.span) == symbol;
}

// The name that an Identifier or QuotedIdentifier token means: folded to lower case or unquoted, U& escapes
// decoded (with \ as the escape character), cut to 63 bytes at a character's border.
[[nodiscard]] std::string identifier_text(std::string_view text, const Token& token);

// The ends of quoted things, for those who scan by themselves. `at` is the first byte after the opening
// quote; the result is the byte after the closing one, or npos if there is none.
[[nodiscard]] std::size_t end_of_quoted(std::string_view text, std::size_t at, char quote);
[[nodiscard]] std::size_t end_of_escape_string(std::string_view text, std::size_t at);
// The next /* or */ at or after `at`, inside a comment.
struct CommentMark {
  std::size_t end = 0;  // the byte after it; npos if there is none
  bool opens = false;
};
[[nodiscard]] CommentMark next_comment_mark(std::string_view text, std::size_t at);
// `at` is a '$'. 0 if no dollar quote begins there, otherwise the length of its delimiter.
[[nodiscard]] std::size_t dollar_delimiter_length(std::string_view text, std::size_t at);

}  // namespace migcheck::parsing
