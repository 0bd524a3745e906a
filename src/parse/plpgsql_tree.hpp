// SPDX-License-Identifier: MIT
#pragma once

// The shape of a PL/pgSQL body: blocks, branches, loops, and where the SQL in them stands. Spans count bytes
// of the body's text.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/source.hpp"

namespace migcheck::parsing::plpgsql {

struct Declaration {
  std::string name;
  Span span;           // of the name
  Span default_value;  // an expression; empty if there is none
  Span query;          // of a cursor
  bool record = false;
};

struct Statement;

// A part of a statement that holds statements: THEN, ELSE, a loop's body, an exception handler.
struct Branch {
  std::vector<Span> conditions;  // expressions
  std::vector<Statement> body;
};

struct Statement {
  enum class Kind : std::uint8_t {
    Block,       // branches[0] is the body; the others are exception handlers
    If,          // IF and CASE: one branch is taken, or none
    Loop,        // LOOP: its body runs until something leaves it
    While,       // branches[0].conditions
    ForInteger,  // bounds in `expressions`: from, to, and step if there is one
    ForQuery,    // `query`
    ForExecute,  // `query` is an expression that gives the text
    ForCursor,   // arguments in `expressions`
    Foreach,     // the array in expressions[0]
    Leave,       // EXIT and CONTINUE; the WHEN in `expressions`
    Return,      // RETURN; its value in `expressions`
    Abort,       // RAISE EXCEPTION
    Assign,      // the value in expressions[0]
    Execute,     // `query` is an expression that gives the text; USING in `expressions`
    Sql,         // `query` is a statement, run as it stands but for `blanks`
    Perform,     // `query` from the word PERFORM on
    Evaluate,    // only `expressions`: RAISE NOTICE, ASSERT, OPEN of a bound cursor …
  };
  Kind kind = Kind::Evaluate;
  Span span;  // without the semicolon
  std::vector<Span> expressions;
  Span query;
  std::vector<Span> blanks;           // INTO targets in `query`
  std::vector<std::string> targets;   // of FOR and FOREACH, of INTO and assignments
  Span target_span;                   // of the first target
  std::vector<Declaration> declared;  // by a block
  std::vector<Branch> branches;
  bool labelled = false;  // EXIT label
  bool reverse = false;   // FOR i IN REVERSE
  bool partial = false;   // an assignment to a field or element, a FOREACH … SLICE
};

struct Tree {
  std::vector<Statement> statements;  // the outermost block
  Span failed;  // from the place on where the body stopped making sense; empty if it does
  std::string_view reason;
};

// Reads the text of a body. Linear, and bounded in depth.
[[nodiscard]] Tree read_tree(std::string_view text);

}  // namespace migcheck::parsing::plpgsql
