// SPDX-License-Identifier: MIT
#pragma once

// Where the clauses of one statement stand.
//
// PostgreSQL's trees know where some nodes begin and where none ends. The statement's own tokens know both;
// they are made only for statements that need them, and zipped with the tree at the commas of one level.
// "Level": tokens inside (…) or […] are one level deeper than the brackets around them.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "migcheck/source.hpp"
#include "parse/lexer.hpp"

namespace migcheck::parsing {

class StatementTokens {
 public:
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  // `text` is the whole buffer; all spans, given and returned, count from its start.
  StatementTokens(std::string_view text, Span statement);

  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  // Past the last token: an End token.
  [[nodiscard]] const Token& operator[](std::size_t index) const {
    return index < tokens_.size() ? tokens_[index] : end_;
  }
  [[nodiscard]] std::string_view text(std::size_t index) const;
  [[nodiscard]] bool is(std::size_t index, std::string_view keyword) const {
    return is_keyword(text_, (*this)[index], keyword);
  }
  // Do these keywords stand here one after the other?
  [[nodiscard]] bool are(std::size_t index, std::initializer_list<std::string_view> keywords) const;
  [[nodiscard]] bool is_symbol(std::size_t index, std::string_view symbol) const {
    return parsing::is_symbol(text_, (*this)[index], symbol);
  }

  // The token that holds the byte, or the first one after it; size() if there is none.
  [[nodiscard]] std::size_t at(std::uint32_t offset) const;
  // The bracket that closes the one at `open`; size() if none does.
  [[nodiscard]] std::size_t closing(std::size_t open) const;
  // The token after this one on the same level: steps over a bracketed group as a whole.
  [[nodiscard]] std::size_t after(std::size_t index) const;
  // The next occurrence of a keyword on this level, from token `from` on; npos if there is none before the
  // level ends.
  [[nodiscard]] std::size_t find(std::string_view keyword, std::size_t from = 0) const;
  // The same, as a span; empty if there is none.
  [[nodiscard]] Span keyword(std::string_view keyword, std::size_t from = 0) const;
  [[nodiscard]] std::size_t find_symbol(std::string_view symbol, std::size_t from = 0) const;

  // The token after a possibly qualified name (a.b.c) that begins at `index`, and the name's span.
  [[nodiscard]] std::size_t after_name(std::size_t index) const;
  [[nodiscard]] Span name(std::size_t index) const;
  // The token after a relation where a statement names one: [ONLY] name [*], ONLY (name).
  [[nodiscard]] std::size_t after_relation(std::size_t index) const;

  // The items between commas of this level, from token `from` to the level's end or to one of the keywords.
  [[nodiscard]] std::vector<Span> list_items(std::size_t from,
                                             std::initializer_list<std::string_view> until = {}) const;
  // The items between the brackets that open at `open`; none for ().
  [[nodiscard]] std::vector<Span> bracketed_items(std::size_t open) const;
  // From the token at `offset` to the last one before the level's next comma, closing bracket, or keyword.
  [[nodiscard]] Span clause(std::uint32_t offset, std::initializer_list<std::string_view> until = {}) const;
  // From one token to another, both inside; empty if there are none.
  [[nodiscard]] Span span(std::size_t first, std::size_t last) const;

 private:
  [[nodiscard]] bool ends_level(std::size_t index) const;

  std::string_view text_;
  std::vector<Token> tokens_;
  std::vector<std::uint32_t> closing_;  // for an opening bracket the token that closes it; size() if none
  Token end_;
};

// The subcommands of ALTER TABLE (INDEX, VIEW, SEQUENCE, TYPE, …), each from its first token to its last.
// One item for the forms that take no list, such as RENAME.
[[nodiscard]] std::vector<Span> alter_actions(const StatementTokens& tokens);

// The elements of CREATE TABLE: columns, constraints, LIKE; also those of a partition or typed table. Empty
// if the statement lists none.
[[nodiscard]] std::vector<Span> table_elements(const StatementTokens& tokens);

// The names of a DROP, without IF EXISTS before and CASCADE or RESTRICT after: DROP FUNCTION f(int), g.
[[nodiscard]] std::vector<Span> drop_names(const StatementTokens& tokens);

// The relations of TRUNCATE, LOCK, VACUUM and ANALYZE, with ONLY, * and column lists.
[[nodiscard]] std::vector<Span> relation_items(const StatementTokens& tokens);

// The word that says what CREATE or DROP is about: INDEX in CREATE UNIQUE INDEX CONCURRENTLY; empty if the
// statement has none of these words.
[[nodiscard]] Span object_keyword(const StatementTokens& tokens);

// CONCURRENTLY where it stands right after the object keyword; empty if it is not written.
[[nodiscard]] Span concurrently_keyword(const StatementTokens& tokens);

}  // namespace migcheck::parsing
