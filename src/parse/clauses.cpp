// SPDX-License-Identifier: MIT

#include "parse/clauses.hpp"

#include <algorithm>

namespace migcheck::parsing {
namespace {

bool opens(std::string_view bracket) {
  return bracket == "(" || bracket == "[";
}
bool closes(std::string_view bracket) {
  return bracket == ")" || bracket == "]";
}

}  // namespace

StatementTokens::StatementTokens(std::string_view text, Span statement) : text_(text) {
  Lexer lexer(text, statement);
  std::vector<std::size_t> open;
  for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
    if (token.kind == TokenKind::Punctuation) {
      const std::string_view symbol = text_of(text, token.span);
      if (opens(symbol)) open.push_back(tokens_.size());
      if (closes(symbol) && !open.empty()) {
        closing_.resize(tokens_.size() + 1);
        closing_[open.back()] = static_cast<std::uint32_t>(tokens_.size());
        open.pop_back();
      }
    }
    tokens_.push_back(token);
  }
  closing_.resize(tokens_.size());
  for (const std::size_t bracket : open) closing_[bracket] = static_cast<std::uint32_t>(tokens_.size());
  end_.span = {statement.end, statement.end};
}

const Token& StatementTokens::operator[](std::size_t index) const {
  return index < tokens_.size() ? tokens_[index] : end_;
}

std::string_view StatementTokens::text(std::size_t index) const {
  return text_of(text_, (*this)[index].span);
}

bool StatementTokens::is(std::size_t index, std::string_view keyword) const {
  return is_keyword(text_, (*this)[index], keyword);
}

bool StatementTokens::are(std::size_t index, std::initializer_list<std::string_view> keywords) const {
  for (const std::string_view keyword : keywords) {
    if (!is(index++, keyword)) return false;
  }
  return true;
}

bool StatementTokens::is_symbol(std::size_t index, std::string_view symbol) const {
  return parsing::is_symbol(text_, (*this)[index], symbol);
}

std::size_t StatementTokens::at(std::uint32_t offset) const {
  const auto found =
      std::upper_bound(tokens_.begin(), tokens_.end(), offset,
                       [](std::uint32_t byte, const Token& token) { return byte < token.span.end; });
  return static_cast<std::size_t>(found - tokens_.begin());
}

std::size_t StatementTokens::closing(std::size_t open) const {
  return is_symbol(open, "(") || is_symbol(open, "[") ? closing_[open] : size();
}

std::size_t StatementTokens::after(std::size_t index) const {
  if (index >= size()) return size();
  const bool group = is_symbol(index, "(") || is_symbol(index, "[");
  return std::min(group ? closing(index) + 1 : index + 1, size());
}

bool StatementTokens::ends_level(std::size_t index) const {
  return index >= size() || is_symbol(index, ")") || is_symbol(index, "]");
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
