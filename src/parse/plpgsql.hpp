// SPDX-License-Identifier: MIT
#pragma once

// What a PL/pgSQL body runs: its SQL statements, the expressions it evaluates, and what cannot be known.
//
// Pure text to values, with no help from PostgreSQL: its own PL/pgSQL parser knows lines, not offsets, and
// aborts or refuses on valid code. The body is read into blocks, branches and loops, then followed as it
// would run, so that each statement knows whether it may be skipped or repeated. EXECUTE is followed where
// its text is known: literals, ||, format(), quote_ident() and friends, variables that hold a constant, loops
// over literal lists (each turn gives its own statement). What is computed from data is an opaque item with
// its reason, and so is everything from the place on where the body stops making sense.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/ast/body.hpp"
#include "migcheck/source.hpp"
#include "parse/derived_text.hpp"

namespace migcheck::parsing {

// One thing that a body does.
struct BodyItem {
  enum class Kind : std::uint8_t {
    Sql,         // a statement: parse `sql`
    Expression,  // a condition, assignment, RETURN value, argument: parse `sql`, a SELECT around it
    Opaque,      // could not be read: `reason`
  };
  Kind kind = Kind::Sql;
  bool maybe = false;        // may not run: IF, CASE, EXCEPTION, a loop over rows, after a conditional RETURN
  bool looped = false;       // may run more than once
  bool dynamic = false;      // came from EXECUTE; its text may hold several statements
  std::uint32_t branch = 0;  // the innermost branch of IF or CASE around it; 0: none
  Span span;                 // where it stands in the file; of an EXECUTE, the whole statement
  DerivedText sql;           // what to parse, mapped to the file. PL/pgSQL's INTO targets are blanked out.
                             // Of what is opaque: the text as far as it is known, see ast::OpaqueSql.
  std::string_view reason;
  bool gives_rows = false;  // what is opaque is a query
};

struct BodyVariable {
  std::string name;  // folded
  Span span;         // in the file
};

struct PlpgsqlBody {
  std::vector<BodyItem> items;  // in source order; turns of an unrolled loop follow each other
  std::vector<std::uint32_t> last_branch = {0};  // by branch, the last one inside it
  std::vector<BodyVariable> variables;  // DECLAREd and loop variables. Parameters are the caller's to add,
                                        // and what PL/pgSQL brings: FOUND, NEW, OLD, TG_OP …
};

// Reads a body. `body` is the text of the function or DO block, mapped to the file (see decode_string);
// spans of the result are the file's. Never fails, linear in the text (unrolled loops are limited).
// `values` are what a call gives to its parameters.
[[nodiscard]] PlpgsqlBody read_plpgsql(const DerivedText& body,
                                       const std::vector<ast::BoundValue>& values = {});

}  // namespace migcheck::parsing
