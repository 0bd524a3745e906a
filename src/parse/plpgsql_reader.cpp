// SPDX-License-Identifier: MIT

#include "parse/plpgsql_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace migcheck::parsing::plpgsql {
namespace {

constexpr std::size_t kDeepest = 200;  // blocks, branches and loops in each other

}  // namespace

Tree read_tree(std::string_view text) {
  return Reader(text).read();
}

Tree Reader::read() {
  Tree tree;
  // #variable_conflict use_column and the like, one on a line.
  while (walk_.is_symbol("#") && !walk_.failed()) walk_.skip_line();
  if (walk_.is_symbol("<<") || walk_.is("DECLARE") || walk_.is("BEGIN")) {
    statement(tree.statements);
  } else {
    walk_.fail("the body does not begin with DECLARE or BEGIN");
  }
  if (!walk_.failed() && !walk_.at_end()) walk_.fail("something stands behind the end of the body");
  if (walk_.failed()) {
    const auto end = static_cast<std::uint32_t>(text_.size());
    tree.failed = {walk_.failed_at(), end};
    tree.reason = walk_.reason();
  }
  return tree;
}

bool Reader::at_terminator() const {
  if (walk_.is("EXCEPTION")) return walk_.is("WHEN", 1);
  return walk_.is_one_of({"END", "ELSE", "ELSIF", "ELSEIF", "WHEN"});
}

void Reader::statements(std::vector<Statement>& into) {
  if (++depth_ > kDeepest) walk_.fail("the body is nested too deeply from here on");
  while (!walk_.failed() && !at_terminator()) {
    if (walk_.at_end()) {
      walk_.fail("the body ends before its END");
    } else {
      statement(into);
    }
  }
  --depth_;
}

void Reader::statement(std::vector<Statement>& into) {
  if (walk_.is_symbol("<<")) {  // <<label>>
    walk_.step(2);
    walk_.expect_symbol(">>");
  }
  Statement now;
  const std::size_t first = walk_.position();
  if (!assignment(now)) by_first_word(now);
  now.span = walk_.since(first);
  // The outermost END may stand without a semicolon.
  if (depth_ > 0 || !walk_.at_end()) walk_.expect_symbol(";");
  into.push_back(std::move(now));
}

void Reader::by_first_word(Statement& now) {
  struct Entry {
    std::string_view word;
    void (Reader::*read)(Statement&);
  };
  static constexpr std::array<Entry, 22> kEntries = {{{"DECLARE", &Reader::block},
                                                      {"BEGIN", &Reader::block},
                                                      {"IF", &Reader::if_statement},
                                                      {"CASE", &Reader::case_statement},
                                                      {"LOOP", &Reader::loop_body},
                                                      {"WHILE", &Reader::loop_body},
                                                      {"FOR", &Reader::for_statement},
                                                      {"FOREACH", &Reader::foreach_statement},
                                                      {"EXIT", &Reader::leave},
                                                      {"CONTINUE", &Reader::leave},
                                                      {"RETURN", &Reader::return_statement},
                                                      {"RAISE", &Reader::raise},
                                                      {"ASSERT", &Reader::raise},
                                                      {"EXECUTE", &Reader::execute},
                                                      {"PERFORM", &Reader::sql},
                                                      {"OPEN", &Reader::open_cursor},
                                                      {"FETCH", &Reader::fetch},
                                                      {"MOVE", &Reader::fetch},
                                                      {"CLOSE", &Reader::fetch},
                                                      {"GET", &Reader::diagnostics},
                                                      {"NULL", &Reader::fetch},
                                                      {"CALL", &Reader::call}}};
  for (const Entry& entry : kEntries) {
    if (walk_.is(entry.word)) return (this->*entry.read)(now);
  }
  sql(now);
}

// variable[.field][subscript] := value, or = value.
bool Reader::assignment(Statement& now) {
  if (!walk_.is_word() || !(walk_.is_symbol(":=", 1) || walk_.is_symbol("=", 1) || walk_.is_symbol(".", 1) ||
                            walk_.is_symbol("[", 1))) {
    return false;
  }
  std::size_t ahead = 1;
  std::size_t depth = 0;
  for (; depth > 0 || walk_.is_symbol("[", ahead) || walk_.is_symbol(".", ahead) || walk_.is_word(ahead);
       ++ahead) {
    if (walk_.token(ahead).kind == TokenKind::End || walk_.is_symbol(";", ahead)) return false;
    if (walk_.is_symbol("[", ahead)) ++depth;
    if (walk_.is_symbol("]", ahead)) --depth;
  }
  if (!walk_.is_symbol(":=", ahead) && !walk_.is_symbol("=", ahead)) return false;
  now.kind = Kind::Assign;
  now.targets.push_back(walk_.name());
  // A part of the variable: what it holds as a whole is not followed, nor is block.variable.
  now.partial = ahead > 1;
  if (walk_.is_symbol(".", 1)) {
    walk_.step(2);
    now.targets.push_back(walk_.name());
    ahead -= 2;
  }
  walk_.step(ahead + 1);
  now.expressions.push_back(walk_.until({}));
  return true;
}

void Reader::block(Statement& now) {
  now.kind = Kind::Block;
  if (walk_.accept("DECLARE")) {
    while (!walk_.failed() && !walk_.is("BEGIN")) {
      if (!walk_.accept("DECLARE")) declaration(now);
    }
  }
  walk_.expect("BEGIN");
  now.branches.emplace_back();
  statements(now.branches.back().body);
  if (walk_.accept("EXCEPTION")) handlers(now);
  walk_.expect("END");
  if (walk_.is_word()) walk_.step();  // its label
}

void Reader::handlers(Statement& now) {
  while (walk_.accept("WHEN")) {
    walk_.until({"THEN"});
    walk_.expect("THEN");
    now.branches.emplace_back();
    statements(now.branches.back().body);
  }
}

void Reader::declaration(Statement& now) {
  if (!walk_.is_word()) return walk_.fail("the declarations are no valid PL/pgSQL from here on");
  Declaration declaration;
  declaration.name = walk_.name();
  declaration.span = walk_.token().span;
  walk_.step();
  walk_.accept("CONSTANT");
  declaration.record = walk_.is("RECORD");
  const std::size_t options = walk_.is("NO") ? 2 : walk_.is("SCROLL") ? 1 : 0;
  if (walk_.is("CURSOR", options)) {
    walk_.until({"FOR", "IS"});
    walk_.step();
    declaration.query = walk_.until({});
  } else {
    for (std::size_t depth = 0; !walk_.at_end() && !walk_.is_symbol(";"); walk_.step()) {
      if (walk_.is_symbol("(")) ++depth;
      if (walk_.is_symbol(")") && depth > 0) --depth;
      const bool given = walk_.is_symbol(":=") || walk_.is_symbol("=") || walk_.is("DEFAULT");
      if (depth > 0 || !given) continue;
      walk_.step();
      declaration.default_value = walk_.until({});
      break;
    }
  }
  walk_.expect_symbol(";");
  now.declared.push_back(std::move(declaration));
}

void Reader::if_statement(Statement& now) {
  now.kind = Kind::If;
  do {
    walk_.step();
    now.branches.emplace_back();
    now.branches.back().conditions.push_back(walk_.until({"THEN"}));
    walk_.expect("THEN");
    statements(now.branches.back().body);
  } while (walk_.is_one_of({"ELSIF", "ELSEIF"}));
  if (walk_.accept("ELSE")) {
    now.branches.emplace_back();
    statements(now.branches.back().body);
  }
  walk_.expect("END");
  walk_.expect("IF");
}

void Reader::case_statement(Statement& now) {
  now.kind = Kind::If;
  walk_.step();
  if (!walk_.is("WHEN")) now.expressions.push_back(walk_.until({"WHEN"}));
  while (walk_.accept("WHEN")) {
    now.branches.emplace_back();
    now.branches.back().conditions = walk_.list_until({"THEN"});
    walk_.expect("THEN");
    statements(now.branches.back().body);
  }
  if (walk_.accept("ELSE")) {
    now.branches.emplace_back();
    statements(now.branches.back().body);
  }
  walk_.expect("END");
  walk_.expect("CASE");
}

// [WHILE condition] LOOP … END LOOP [label]
void Reader::loop_body(Statement& now) {
  now.branches.emplace_back();
  if (now.kind == Kind::Evaluate) now.kind = walk_.is("WHILE") ? Kind::While : Kind::Loop;
  if (walk_.accept("WHILE")) now.branches.back().conditions.push_back(walk_.until({"LOOP"}));
  walk_.expect("LOOP");
  statements(now.branches.back().body);
  walk_.expect("END");
  walk_.expect("LOOP");
  if (walk_.is_word()) walk_.step();
}

// a, b.c, d[1]: only the variables are kept.
void Reader::target_list(Statement& now) {
  do {
    if (!walk_.is_word()) return walk_.fail("the body is no valid PL/pgSQL from here on");
    if (now.targets.empty()) now.target_span = walk_.token().span;
    now.targets.push_back(walk_.name());
    walk_.step();
    while (walk_.is_symbol(".") && walk_.is_word(1)) {
      walk_.step();
      now.targets.push_back(walk_.name());
      walk_.step();
    }
    if (walk_.is_symbol("[")) {
      for (std::size_t depth = 0; !walk_.at_end(); walk_.step()) {
        if (walk_.is_symbol("[")) ++depth;
        if (walk_.is_symbol("]") && --depth == 0) break;
      }
      walk_.expect_symbol("]");
    }
  } while (walk_.accept_symbol(","));
}

void Reader::foreach_statement(Statement& now) {
  now.kind = Kind::Foreach;
  walk_.step();
  target_list(now);
  if (walk_.accept("SLICE")) {
    now.partial = true;
    walk_.step();
  }
  walk_.expect("IN");
  walk_.expect("ARRAY");
  now.expressions.push_back(walk_.until({"LOOP"}));
  loop_body(now);
}

void Reader::for_statement(Statement& now) {
  walk_.step();
  target_list(now);
  walk_.expect("IN");
  now.reverse = walk_.accept("REVERSE");
  const std::size_t first = walk_.position();
  if (walk_.accept("EXECUTE")) {
    now.kind = Kind::ForExecute;
    now.query = walk_.until({"LOOP", "USING"});
    execute_tail(now);
  } else {
    for_integer(now, first);
  }
  loop_body(now);
}

// An integer loop has its .. outside of brackets in front of LOOP; everything else gives rows.
void Reader::for_integer(Statement& now, std::size_t first) {
  std::size_t depth = 0;
  Span lower;
  std::size_t upper = 0;
  for (; !walk_.at_end() && !walk_.is_symbol(";") && !(depth == 0 && walk_.is("LOOP")); walk_.step()) {
    if (walk_.is_symbol("(") || walk_.is_symbol("[")) ++depth;
    if ((walk_.is_symbol(")") || walk_.is_symbol("]")) && depth > 0) --depth;
    if (depth > 0 || !walk_.is_symbol("..") || upper != 0) continue;
    lower = walk_.since(first);
    upper = walk_.position() + 1;
  }
  if (upper == 0) return for_rows(now, first);
  now.kind = Kind::ForInteger;
  now.expressions.push_back(lower);
  Span rest = walk_.since(upper);
  Lexer lexer(text_, rest);
  for (Token one = lexer.next(); one.kind != TokenKind::End; one = lexer.next()) {
    if (!is_keyword(text_, one, "BY")) continue;
    now.expressions.push_back({rest.begin, one.span.begin});
    rest.begin = one.span.end;
  }
  now.expressions.push_back(rest);
}

void Reader::for_rows(Statement& now, std::size_t first) {
  now.query = walk_.since(first);
  Lexer lexer(text_, now.query);
  const Token word = lexer.next();
  const Token second = lexer.next();
  // A name alone, or with arguments, is a cursor; a query begins with one of its words.
  const bool query = is_keyword(text_, word, "SELECT") || is_keyword(text_, word, "WITH") ||
                     is_keyword(text_, word, "VALUES") || is_keyword(text_, word, "TABLE") ||
                     second.kind == TokenKind::Identifier || word.kind == TokenKind::Punctuation;
  now.kind = query ? Kind::ForQuery : Kind::ForCursor;
  if (!query) now.query = {};
}

void Reader::leave(Statement& now) {
  now.kind = Kind::Leave;
  walk_.step();
  if (walk_.is_word() && !walk_.is("WHEN")) {
    now.labelled = true;
    walk_.step();
  }
  if (walk_.accept("WHEN")) now.expressions.push_back(walk_.until({}));
}

void Reader::return_statement(Statement& now) {
  walk_.step();
  if (walk_.accept("NEXT")) {
    now.expressions = walk_.list_until({});
  } else if (walk_.is("QUERY") && walk_.is("EXECUTE", 1)) {
    walk_.step();
    execute(now);
  } else if (walk_.accept("QUERY")) {
    now.kind = Kind::Sql;
    now.query = walk_.until({});
  } else {
    now.kind = Kind::Return;
    if (!walk_.is_symbol(";")) now.expressions.push_back(walk_.until({}));
  }
}

// RAISE [level] 'message %', value, … USING option = value, …; and ASSERT condition, message.
void Reader::raise(Statement& now) {
  const bool assertion = walk_.is("ASSERT");
  walk_.step();
  const bool goes_on = walk_.is_one_of({"DEBUG", "LOG", "INFO", "NOTICE", "WARNING"});
  if (!assertion && !goes_on) now.kind = Kind::Abort;
  if (walk_.is_symbol(";")) return;
  now.expressions = walk_.list_until({"USING"});
  if (!assertion && !now.expressions.empty()) now.expressions.erase(now.expressions.begin());
  if (!walk_.accept("USING")) return;
  for (Span option : walk_.list_until({})) {
    Lexer lexer(text_, option);
    lexer.next();  // the option's name
    const Token equals = lexer.next();
    option.begin = lexer.next().span.begin;
    if (equals.kind == TokenKind::Operator && !option.empty()) now.expressions.push_back(option);
  }
}

void Reader::execute(Statement& now) {
  now.kind = Kind::Execute;
  walk_.step();
  now.query = walk_.until({"INTO", "USING"});
  if (now.query.empty()) walk_.fail("EXECUTE has no text from here on");
  execute_tail(now);
}

// INTO and USING, in any order.
void Reader::execute_tail(Statement& now) {
  for (;;) {
    if (walk_.is("INTO")) {
      into(now, false);
    } else if (walk_.accept("USING")) {
      const std::vector<Span> values = walk_.list_until({"INTO", "LOOP"});
      now.expressions.insert(now.expressions.end(), values.begin(), values.end());
    } else {
      return;
    }
  }
}

void Reader::into(Statement& now, bool blank) {
  const std::size_t first = walk_.position();
  walk_.step();
  walk_.accept("STRICT");
  target_list(now);
  if (blank) now.blanks.push_back(walk_.since(first));
}

void Reader::open_cursor(Statement& now) {
  walk_.step(2);  // OPEN name
  if (walk_.is_symbol("(")) {
    now.expressions = walk_.list_until({});
    return;
  }
  walk_.accept("NO");
  walk_.accept("SCROLL");
  if (!walk_.accept("FOR")) return;
  if (walk_.is("EXECUTE")) return execute(now);
  now.kind = Kind::Sql;
  now.query = walk_.until({});
}

// FETCH, MOVE, CLOSE and NULL run no SQL; FETCH sets variables.
void Reader::fetch(Statement& now) {
  walk_.until({"INTO"});
  if (walk_.is("INTO")) into(now, false);
}

void Reader::diagnostics(Statement& now) {
  walk_.until({"DIAGNOSTICS"});
  walk_.step();
  for (const Span item : walk_.list_until({})) {
    now.targets.push_back(identifier_text(text_, Lexer(text_, item).next()));
  }
}

// CALL may set any variable that it is given.
void Reader::call(Statement& now) {
  now.kind = Kind::Sql;
  now.query = walk_.until({});
  Lexer lexer(text_, now.query);
  for (Token one = lexer.next(); one.kind != TokenKind::End; one = lexer.next()) {
    if (one.kind == TokenKind::Identifier || one.kind == TokenKind::QuotedIdentifier) {
      now.targets.push_back(identifier_text(text_, one));
    }
  }
}

}  // namespace migcheck::parsing::plpgsql
