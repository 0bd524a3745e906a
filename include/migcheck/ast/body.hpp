// SPDX-License-Identifier: MIT
#pragma once

// Code inside strings: DO blocks, function and procedure bodies, constant EXECUTE. The parse room reads it at
// its real offsets; what it cannot read (an EXECUTE of something computed) is counted as opaque.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "migcheck/ast/node.hpp"

namespace migcheck::ast {

// A statement of a body, and under which conditions it runs.
struct BodyStatement {
  const Statement* statement = nullptr;
  bool maybe = false;    // under IF, CASE, a loop over a query, or EXCEPTION: it may run or not
  bool looped = false;   // in a loop: it may run more than once
  bool dynamic = false;  // it came from EXECUTE
  // The innermost branch of IF or CASE around it (0: none), and the last one inside that branch: they are
  // numbered as they stand.
  std::uint32_t branch = 0;
  std::uint32_t last_branch = 0;
};

// What stands in a template for what is computed: a name, a part of one, or any other text.
inline constexpr std::string_view kAnyName = "__any__";
[[nodiscard]] inline bool is_any_name(std::string_view name) {
  return name.find(kAnyName) != std::string_view::npos;
}

// Something in a body that could not be read.
struct OpaqueSql {
  Span span;
  std::string_view reason;  // "EXECUTE of a computed string"
  // What is known of its text, kAnyName in the place of the rest, and the statements that this says if it
  // can be read: of what kind they are is known then, and often what they are about. They are no part of the
  // tree, and who walks it does not come by.
  std::string_view text = {};
  List<const Statement*> like = {};
  bool gives_rows = false;  // its rows are taken: it makes nothing
};

struct Body {
  std::string_view language;  // "sql", "plpgsql"
  List<BodyStatement> statements;
  List<const Node*> expressions;  // conditions, assignments, RETURN values: for whoever looks for sub-selects
  List<OpaqueSql> opaque;
  List<Name> variables;   // names that are no columns: parameters and DECLAREd variables
  std::string_view text;  // as PostgreSQL gets it; empty for a SQL-standard body
};

// A value that a call gives to a parameter.
struct BoundValue {
  std::string name;
  std::string text;
  std::vector<std::string> elements;  // of an array
  bool array = false;
  bool null = false;
  friend bool operator==(const BoundValue&, const BoundValue&) = default;
};

// Reads a body again as a call with these values runs it: what EXECUTE puts together from them is known then.
// The nodes are made in the arena; all of them stand at `place`, where the call is written. Null where the
// language is none that is read.
using BodyReader = std::function<const Body*(Arena& arena, const Body& body,
                                             const std::vector<BoundValue>& values, std::uint32_t place)>;

}  // namespace migcheck::ast
