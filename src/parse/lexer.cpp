// SPDX-License-Identifier: MIT

#include "parse/lexer.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include "parse/escapes.hpp"

namespace migcheck::parsing {
namespace {

constexpr std::size_t kLongestName = 63;  // NAMEDATALEN - 1

std::uint32_t narrow(std::size_t offset) {
  return static_cast<std::uint32_t>(offset);
}

// The byte after the digits of one base, with single underscores between them; `at` if there is none.
template <typename IsDigit>
std::size_t end_of_digits(std::string_view text, std::size_t at, IsDigit is_one) {
  std::size_t end = at;
  while (end < text.size()) {
    if (is_one(text[end])) {
      ++end;
    } else if (text[end] == '_' && end > at && end + 1 < text.size() && is_one(text[end + 1])) {
      end += 2;
    } else {
      break;
    }
  }
  return end;
}

bool is_hex_digit(char c) {
  return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f');
}

// 0x1F, 0o17, 0b101; `at` if it is none of them.
std::size_t end_of_based_number(std::string_view text, std::size_t at) {
  if (text[at] != '0' || at + 2 >= text.size()) return at;
  const char base = to_lower(text[at + 1]);
  // An underscore may stand right after the base: 0x_FF.
  const std::size_t digits = text[at + 2] == '_' ? at + 3 : at + 2;
  std::size_t end = digits;
  if (base == 'x') end = end_of_digits(text, digits, is_hex_digit);
  if (base == 'o') end = end_of_digits(text, digits, [](char c) { return c >= '0' && c <= '7'; });
  if (base == 'b') end = end_of_digits(text, digits, [](char c) { return c == '0' || c == '1'; });
  return end == digits ? at : end;
}

bool is_special_operator(char c) {
  return std::strchr("~!@#^&|`?%", c) != nullptr && c != '\0';
}

// The byte after the */ that closes the comment at `at`, or npos.
std::size_t end_of_block_comment(std::string_view text, std::size_t at) {
  std::size_t depth = 1;
  at += 2;
  while (depth > 0 && at != std::string_view::npos) {
    const CommentMark mark = next_comment_mark(text, at);
    depth = mark.opens ? depth + 1 : depth - 1;
    at = mark.end;
  }
  return at;
}

}  // namespace

std::size_t end_of_quoted(std::string_view text, std::size_t at, char quote) {
  for (;;) {
    at = text.find(quote, at);
    if (at == std::string_view::npos) return at;
    if (at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
    at += 2;
  }
}

std::size_t end_of_escape_string(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const bool quote = text[at] == '\'';
    const bool pair = quote ? at + 1 < text.size() && text[at + 1] == '\'' : text[at] == '\\';
    if (quote && !pair) return at + 1;
    at += pair ? 2 : 1;
  }
  return std::string_view::npos;
}

CommentMark next_comment_mark(std::string_view text, std::size_t at) {
  for (std::size_t star = text.find('*', at); star != std::string_view::npos;
       star = text.find('*', star + 1)) {
    // In /*/ the opening mark comes first.
    if (star > at && text[star - 1] == '/') return {star + 1, true};
    if (star + 1 < text.size() && text[star + 1] == '/') return {star + 2, false};
  }
  return {std::string_view::npos, false};
}

std::size_t dollar_delimiter_length(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  if (end < text.size() && class_of(text[end]) == CharacterClass::Letter) {
    while (end < text.size() && continues_word(text[end]) && text[end] != '$') ++end;
  }
  return end < text.size() && text[end] == '$' ? end + 1 - at : 0;
}

Lexer::Lexer(std::string_view text, Span range) : text_(text.substr(0, range.end)), at_(range.begin) {}

Lexer::Lexer(std::string_view text) : Lexer(text, {0, narrow(text.size())}) {}

Token Lexer::next() {
  for (;;) {
    const Token token = next_or_comment();
    if (token.kind != TokenKind::Comment && token.kind != TokenKind::BlockComment) return token;
  }
}

bool Lexer::skip_whitespace() {
  bool line_ended = false;
  while (at_ < text_.size()) {
    const CharacterClass kind = class_of(text_[at_]);
    if (kind == CharacterClass::LineEnd) {
      line_ended = true;
    } else if (kind != CharacterClass::Space) {
      break;
    }
    ++at_;
  }
  return line_ended;
}

Token Lexer::take(TokenKind kind, std::size_t end, bool unterminated) {
  Token token;
  token.kind = kind;
  token.unterminated = unterminated || end == std::string_view::npos;
  token.span = {at_, narrow(std::min(end, text_.size()))};
  const bool symbol = kind == TokenKind::Punctuation || kind == TokenKind::Operator;
  if (symbol && token.span.size() == 1) token.symbol = text_[at_];
  at_ = token.span.end;
  if (kind != TokenKind::Comment) continuation_ = Continuation::None;
  return token;
}

Token Lexer::next_or_comment() {
  const bool line_ended = skip_whitespace();
  if (line_ended && continuation_ == Continuation::SameLine) continuation_ = Continuation::NextLine;
  if (at_ >= text_.size()) return take(TokenKind::End, text_.size());
  const char c = text_[at_];
  switch (class_of(c)) {
    case CharacterClass::Letter:
      return word();
    case CharacterClass::Digit:
      return number();
    case CharacterClass::Operator:
      return operator_or_comment();
    case CharacterClass::Quote:
      return continuation_ == Continuation::NextLine
                 ? escape_string(at_ + 1)
                 : take(TokenKind::String, end_of_quoted(text_, at_ + 1, c));
    case CharacterClass::DoubleQuote:
      return take(TokenKind::QuotedIdentifier, end_of_quoted(text_, at_ + 1, c));
    case CharacterClass::Dollar:
      return dollar();
    case CharacterClass::Punctuation:
      return punctuation();
    default:
      return take(TokenKind::Other, at_ + 1);
  }
}

Token Lexer::escape_string(std::size_t body) {
  const Token token = take(TokenKind::String, end_of_escape_string(text_, body));
  continuation_ = Continuation::SameLine;
  return token;
}

Token Lexer::word() {
  const std::string_view ahead = text_.substr(at_, 3);
  const char letter = to_lower(ahead[0]);
  if (ahead.size() > 1 && ahead[1] == '\'') {
    if (letter == 'e') return escape_string(at_ + 2);
    if (letter == 'b' || letter == 'x' || letter == 'n') {
      return take(TokenKind::String, end_of_quoted(text_, at_ + 2, '\''));
    }
  }
  if (letter == 'u' && ahead.size() > 2 && ahead[1] == '&' && (ahead[2] == '\'' || ahead[2] == '"')) {
    const TokenKind kind = ahead[2] == '"' ? TokenKind::QuotedIdentifier : TokenKind::String;
    return take(kind, end_of_quoted(text_, at_ + 3, ahead[2]));
  }
  std::size_t end = at_;
  while (end < text_.size() && continues_word(text_[end])) ++end;
  return take(TokenKind::Identifier, end);
}

Token Lexer::number() {
  std::size_t end = end_of_based_number(text_, at_);
  if (end != at_) return take(TokenKind::Number, end);
  end = end_of_digits(text_, at_, is_digit);
  const bool range = text_.substr(end, 2) == "..";  // 1..10 in PL/pgSQL
  if (!range && end < text_.size() && text_[end] == '.') end = end_of_digits(text_, end + 1, is_digit);
  if (end < text_.size() && to_lower(text_[end]) == 'e') {
    std::size_t digits = end + 1;
    if (digits < text_.size() && (text_[digits] == '+' || text_[digits] == '-')) ++digits;
    const std::size_t exponent = end_of_digits(text_, digits, is_digit);
    if (exponent != digits) end = exponent;
  }
  return take(TokenKind::Number, end);
}

Token Lexer::dollar() {
  if (at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    return take(TokenKind::Parameter, end);
  }
  const std::size_t length = dollar_delimiter_length(text_, at_);
  if (length == 0) return take(TokenKind::Other, at_ + 1);
  const std::size_t close = text_.find(text_.substr(at_, length), at_ + length);
  const bool open = close == std::string_view::npos;
  return take(TokenKind::DollarString, open ? close : close + length);
}

Token Lexer::punctuation() {
  const std::string_view pair = text_.substr(at_, 2);
  if (pair == "::" || pair == ":=" || pair == "..") return take(TokenKind::Operator, at_ + 2);
  if (pair.size() == 2 && pair[0] == '.' && is_digit(pair[1])) return number();
  return take(TokenKind::Punctuation, at_ + 1);
}

void Lexer::measure_run() {
  std::size_t end = at_ + 1;
  while (end < text_.size() && class_of(text_[end]) == CharacterClass::Operator) {
    const std::string_view pair = text_.substr(end, 2);
    if (pair == "--" || pair == "/*") break;
    ++end;
  }
  std::size_t signs = end;
  while (signs > at_ && (text_[signs - 1] == '+' || text_[signs - 1] == '-')) --signs;
  std::size_t past_special = signs;
  while (past_special > at_ && !is_special_operator(text_[past_special - 1])) --past_special;
  run_ = {narrow(end), narrow(signs), narrow(past_special)};
}

Token Lexer::operator_or_comment() {
  const std::string_view pair = text_.substr(at_, 2);
  if (pair == "--") return take(TokenKind::Comment, std::min(text_.find_first_of("\r\n", at_), text_.size()));
  if (pair == "/*") return take(TokenKind::BlockComment, end_of_block_comment(text_, at_));
  if (at_ >= run_.end) measure_run();
  // An operator may end in + or - only if it holds one of ~ ! @ # ^ & | ` ? %, so that a=-1 reads well.
  const bool keeps_signs = run_.past_special > at_;
  return take(TokenKind::Operator, keeps_signs ? run_.end : std::max<std::size_t>(run_.signs, at_ + 1));
}

std::string identifier_text(std::string_view text, const Token& token) {
  std::string_view raw = text_of(text, token.span);
  std::string name;
  if (token.kind == TokenKind::QuotedIdentifier) {
    const bool unicode = raw.front() != '"';
    raw.remove_prefix(unicode ? 3 : 1);
    if (!token.unterminated) raw.remove_suffix(1);
    for (std::size_t at = 0; at < raw.size();) {
      const Escape escape = unicode ? unicode_escape(raw, at) : Escape{};
      name += escape.length == 0 ? std::string(1, raw[at]) : escape.bytes;
      at += escape.length != 0 ? escape.length : raw[at] == '"' ? 2u : 1u;
    }
  } else {
    name.resize(raw.size());
    std::transform(raw.begin(), raw.end(), name.begin(), to_lower);
  }
  if (name.size() <= kLongestName) return name;
  std::size_t cut = kLongestName;
  while (cut > 0 && (static_cast<unsigned char>(name[cut]) & 0xC0) == 0x80) --cut;
  name.resize(cut);
  return name;
}

}  // namespace migcheck::parsing
