// SPDX-License-Identifier: MIT

#include "parse/clauses.hpp"

#include <algorithm>

namespace migcheck::parsing {
namespace {

bool opens(const Token& token) {
  return token.symbol == '(' || token.symbol == '[';
}
bool closes(const Token& token) {
  return token.symbol == ')' || token.symbol == ']';
}

// Bytes to a token, few enough that most statements need no second block for theirs.
constexpr std::size_t kTokenBytes = 4;
// What a statement of one long string must not cost.
constexpr std::size_t kMostExpected = 1'024;

}  // namespace

StatementTokens::StatementTokens(std::string_view text, Span statement) : text_(text) {
  Lexer lexer(text, statement);
  std::vector<std::size_t> open;
  tokens_.reserve(std::min<std::size_t>(statement.size() / kTokenBytes + 1, kMostExpected));
  for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
    if (opens(token)) {
      open.push_back(tokens_.size());
    } else if (closes(token) && !open.empty()) {
      closing_.resize(tokens_.size() + 1);
      closing_[open.back()] = static_cast<std::uint32_t>(tokens_.size());
      open.pop_back();
    }
    tokens_.push_back(token);
  }
  closing_.resize(tokens_.size());
  for (const std::size_t bracket : open) closing_[bracket] = static_cast<std::uint32_t>(tokens_.size());
  end_.span = {statement.end, statement.end};
}

std::string_view StatementTokens::text(std::size_t index) const {
  return text_of(text_, (*this)[index].span);
}

bool StatementTokens::are(std::size_t index, std::initializer_list<std::string_view> keywords) const {
  for (const std::string_view keyword : keywords) {
    if (!is(index++, keyword)) return false;
  }
  return true;
}

std::size_t StatementTokens::at(std::uint32_t offset) const {
  const auto found =
      std::upper_bound(tokens_.begin(), tokens_.end(), offset,
                       [](std::uint32_t byte, const Token& token) { return byte < token.span.end; });
  return static_cast<std::size_t>(found - tokens_.begin());
}

std::size_t StatementTokens::closing(std::size_t open) const {
  return opens((*this)[open]) ? closing_[open] : size();
}

std::size_t StatementTokens::after(std::size_t index) const {
  if (index >= size()) return size();
  return std::min<std::size_t>(opens(tokens_[index]) ? closing_[index] + 1 : index + 1, size());
}

bool StatementTokens::ends_level(std::size_t index) const {
  return index >= size() || closes(tokens_[index]);
}

std::size_t StatementTokens::find(std::string_view keyword, std::size_t from) const {
  for (std::size_t index = from; !ends_level(index); index = after(index)) {
    if (is(index, keyword)) return index;
  }
  return npos;
}

Span StatementTokens::keyword(std::string_view keyword, std::size_t from) const {
  const std::size_t index = find(keyword, from);
  return index == npos ? Span{} : tokens_[index].span;
}

std::size_t StatementTokens::find_symbol(std::string_view symbol, std::size_t from) const {
  for (std::size_t index = from; !ends_level(index); index = after(index)) {
    if (is_symbol(index, symbol)) return index;
  }
  return npos;
}

std::size_t StatementTokens::after_name(std::size_t index) const {
  const auto is_word = [this](std::size_t at) {
    const TokenKind kind = (*this)[at].kind;
    return kind == TokenKind::Identifier || kind == TokenKind::QuotedIdentifier;
  };
  if (!is_word(index)) return index;
  while (is_symbol(index + 1, ".") && is_word(index + 2)) index += 2;
  return index + 1;
}

Span StatementTokens::name(std::size_t index) const {
  return span(index, after_name(index));
}

std::size_t StatementTokens::after_relation(std::size_t index) const {
  if (is(index, "ONLY")) {
    if (is_symbol(index + 1, "(")) return after(index + 1);
    ++index;
  }
  index = after_name(index);
  return is_symbol(index, "*") ? index + 1 : index;
}

Span StatementTokens::span(std::size_t first, std::size_t last) const {
  if (first >= last || first >= size()) return {};
  return join(tokens_[first].span, tokens_[std::min(last, size()) - 1].span);
}

std::vector<Span> StatementTokens::list_items(std::size_t from,
                                              std::initializer_list<std::string_view> until) const {
  const auto stops = [this, until](std::size_t index) {
    return std::any_of(until.begin(), until.end(),
                       [this, index](std::string_view word) { return is(index, word); });
  };
  std::vector<Span> items;
  std::size_t first = from;
  for (std::size_t index = from;; index = after(index)) {
    const bool last = ends_level(index) || is_symbol(index, ";") || stops(index);
    if (last || is_symbol(index, ",")) {
      if (first < index) items.push_back(span(first, index));
      if (last) return items;
      first = index + 1;
    }
  }
}

std::vector<Span> StatementTokens::bracketed_items(std::size_t open) const {
  return list_items(open + 1);
}

Span StatementTokens::clause(std::uint32_t offset, std::initializer_list<std::string_view> until) const {
  const std::size_t first = at(offset);
  for (std::size_t index = first;; index = after(index)) {
    const bool stops = index != first && std::any_of(until.begin(), until.end(),
                                                     [&](std::string_view word) { return is(index, word); });
    if (stops || ends_level(index) || is_symbol(index, ",") || is_symbol(index, ";"))
      return span(first, index);
  }
}

}  // namespace migcheck::parsing
