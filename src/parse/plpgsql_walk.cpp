// SPDX-License-Identifier: MIT

#include <algorithm>

#include "parse/plpgsql_reader.hpp"

namespace migcheck::parsing::plpgsql {
namespace {

constexpr std::string_view kInvalid = "the body is no valid PL/pgSQL from here on";

}  // namespace

TokenWalk::TokenWalk(std::string_view text) : text_(text) {
  Lexer lexer(text);
  do {
    tokens_.push_back(lexer.next());
    if (tokens_.back().unterminated && !failed()) {
      failed_at_ = tokens_.back().span.begin;
      reason_ = "a string, quoted name or comment in the body is never closed";
    }
  } while (tokens_.back().kind != TokenKind::End);
  if (failed()) at_ = tokens_.size() - 1;
}

bool TokenWalk::is_one_of(std::initializer_list<std::string_view> keywords) const {
  return std::any_of(keywords.begin(), keywords.end(), [this](std::string_view word) { return is(word); });
}

bool TokenWalk::is_word(std::size_t ahead) const {
  const TokenKind kind = token(ahead).kind;
  return kind == TokenKind::Identifier || kind == TokenKind::QuotedIdentifier;
}

std::string TokenWalk::name() const {
  return identifier_text(text_, token());
}

Span TokenWalk::since(std::size_t position) const {
  if (position >= at_) return {};
  return join(tokens_[position].span, tokens_[at_ - 1].span);
}

void TokenWalk::step(std::size_t count) {
  at_ = std::min(at_ + count, tokens_.size() - 1);
}

bool TokenWalk::accept(std::string_view keyword) {
  const bool here = is(keyword);
  if (here) step();
  return here;
}

bool TokenWalk::accept_symbol(std::string_view symbol) {
  const bool here = is_symbol(symbol);
  if (here) step();
  return here;
}

void TokenWalk::expect(std::string_view keyword) {
  if (!accept(keyword)) fail(kInvalid);
}

void TokenWalk::expect_symbol(std::string_view symbol) {
  if (!accept_symbol(symbol)) fail(kInvalid);
}

void TokenWalk::skip_line() {
  const std::size_t end = text_.find_first_of("\r\n", token().span.begin);
  while (!at_end() && token().span.begin < end) step();
}

bool TokenWalk::stops(std::initializer_list<std::string_view> keywords) const {
  return is_symbol(";") || is_one_of(keywords);
}

Span TokenWalk::until(std::initializer_list<std::string_view> keywords) {
  const std::size_t first = at_;
  std::size_t depth = 0;
  for (; !at_end(); step()) {
    if (depth == 0 && stops(keywords)) return since(first);
    if (token().symbol == '(' || token().symbol == '[') ++depth;
    if (token().symbol == ')' || token().symbol == ']') {
      if (depth == 0) break;
      --depth;
    }
    if (is_symbol(";")) break;  // PL/pgSQL: mismatched parentheses
  }
  at_ = first;
  fail(kInvalid);
  return {};
}

std::vector<Span> TokenWalk::list_until(std::initializer_list<std::string_view> keywords) {
  std::vector<Span> items;
  const Span whole = until(keywords);
  Lexer lexer(text_, whole);
  std::size_t depth = 0;
  Span item;
  for (Token one = lexer.next(); one.kind != TokenKind::End; one = lexer.next()) {
    if (depth == 0 && parsing::is_symbol(text_, one, ",")) {
      items.push_back(item);
      item = {};
      continue;
    }
    if (one.symbol == '(' || one.symbol == '[') ++depth;
    if ((one.symbol == ')' || one.symbol == ']') && depth > 0) --depth;
    item = item.empty() ? one.span : join(item, one.span);
  }
  items.push_back(item);
  items.erase(std::remove_if(items.begin(), items.end(), [](Span span) { return span.empty(); }),
              items.end());
  return items;
}

void TokenWalk::back_to(std::size_t position) {
  at_ = position;
}

void TokenWalk::fail(std::string_view reason) {
  if (failed()) return;
  failed_at_ = token().span.begin;
  reason_ = reason;
  at_ = tokens_.size() - 1;
}

}  // namespace migcheck::parsing::plpgsql
