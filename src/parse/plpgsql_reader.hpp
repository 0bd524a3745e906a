// SPDX-License-Identifier: MIT
#pragma once

// The tokens of a PL/pgSQL body, walked as PL/pgSQL's own parser walks them: the expressions and queries in
// it end at the first word that its grammar waits for, outside of brackets.

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "parse/lexer.hpp"
#include "parse/plpgsql_tree.hpp"

namespace migcheck::parsing::plpgsql {

class TokenWalk {
 public:
  explicit TokenWalk(std::string_view text);

  [[nodiscard]] const Token& token(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  [[nodiscard]] bool is(std::string_view keyword, std::size_t ahead = 0) const {
    return is_keyword(text_, token(ahead), keyword);
  }
  [[nodiscard]] bool is_one_of(std::initializer_list<std::string_view> keywords) const;
  [[nodiscard]] bool is_symbol(std::string_view symbol, std::size_t ahead = 0) const {
    return parsing::is_symbol(text_, token(ahead), symbol);
  }
  [[nodiscard]] bool is_word(std::size_t ahead = 0) const;
  [[nodiscard]] bool at_end() const { return at_ + 1 >= tokens_.size(); }
  [[nodiscard]] std::size_t position() const { return at_; }
  [[nodiscard]] std::string name() const;                // what the word here means
  [[nodiscard]] Span since(std::size_t position) const;  // from that token to the one before this

  void step(std::size_t count = 1);
  bool accept(std::string_view keyword);
  bool accept_symbol(std::string_view symbol);
  // Demands, or fails: the walk then stands at the end.
  void expect(std::string_view keyword);
  void expect_symbol(std::string_view symbol);
  void skip_line();  // the rest of the line of the token here

  // From here to the first of these keywords or to a semicolon, outside of brackets; stands there after.
  Span until(std::initializer_list<std::string_view> keywords);
  // The same, cut at commas.
  std::vector<Span> list_until(std::initializer_list<std::string_view> keywords);

  void back_to(std::size_t position);
  void fail(std::string_view reason);
  [[nodiscard]] bool failed() const { return !reason_.empty(); }
  [[nodiscard]] std::string_view reason() const { return reason_; }
  [[nodiscard]] std::uint32_t failed_at() const { return failed_at_; }

 private:
  [[nodiscard]] bool stops(std::initializer_list<std::string_view> keywords) const;

  std::string_view text_;
  std::vector<Token> tokens_;  // the last is the end
  std::size_t at_ = 0;
  std::string_view reason_;
  std::uint32_t failed_at_ = 0;
};

// Reads statements off a walk.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), walk_(text) {}
  Tree read();

 private:
  using Kind = Statement::Kind;

  void statements(std::vector<Statement>& into);
  [[nodiscard]] bool at_terminator() const;
  void statement(std::vector<Statement>& into);
  void by_first_word(Statement& now);
  void block(Statement& now);
  void declaration(Statement& now);
  void handlers(Statement& now);
  void if_statement(Statement& now);
  void case_statement(Statement& now);
  void loop_body(Statement& now);
  void for_statement(Statement& now);
  void for_integer(Statement& now, std::size_t first);
  void for_rows(Statement& now, std::size_t first);
  void foreach_statement(Statement& now);
  void leave(Statement& now);
  void return_statement(Statement& now);
  void raise(Statement& now);
  void execute(Statement& now);
  void execute_tail(Statement& now);
  void open_cursor(Statement& now);
  void fetch(Statement& now);
  void diagnostics(Statement& now);
  void call(Statement& now);
  bool assignment(Statement& now);
  void sql(Statement& now);
  void into(Statement& now, bool blank);
  void target_list(Statement& now);

  std::string_view text_;
  TokenWalk walk_;
  std::size_t depth_ = 0;
};

}  // namespace migcheck::parsing::plpgsql
