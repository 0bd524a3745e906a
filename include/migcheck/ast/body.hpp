// SPDX-License-Identifier: MIT
#pragma once

// Code inside strings: DO blocks, function and procedure bodies, constant EXECUTE. The parse room reads it at
// its real offsets; what it cannot read (an EXECUTE of something computed) is counted as opaque.

#include "migcheck/ast/node.hpp"

namespace migcheck::ast {

// A statement of a body, and under which conditions it runs.
struct BodyStatement {
  const Statement* statement = nullptr;
  bool maybe = false;    // under IF, CASE, a loop over a query, or EXCEPTION: it may run or not
  bool looped = false;   // in a loop: it may run more than once
  bool dynamic = false;  // it came from EXECUTE
};

// Something in a body that could not be read.
struct OpaqueSql {
  Span span;
  std::string_view reason;  // "EXECUTE of a computed string"
};

struct Body {
  std::string_view language;  // "sql", "plpgsql"
  List<BodyStatement> statements;
  List<const Node*> expressions;  // conditions, assignments, RETURN values: for whoever looks for sub-selects
  List<OpaqueSql> opaque;
  List<Name> variables;  // names that are no columns: parameters and DECLAREd variables
};

}  // namespace migcheck::ast
