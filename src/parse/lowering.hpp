// SPDX-License-Identifier: MIT
#pragma once

// From one statement's text to its tree in the IR: PostgreSQL's parser in front, our lowering behind it.
//
// lowering.cpp is the only translation unit that sees PostgreSQL's headers; the headers in lowering/ are its
// chapters. Nothing of PostgreSQL's outlives a call: names and texts are copied into the arena. Lowered spans
// count from the start of the buffer, whatever the buffer is.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/source.hpp"
#include "parse/derived_text.hpp"

namespace migcheck::parsing {

// A body in a string that waits to be parsed, and the statement to which it belongs. Parsing it needs the
// parser again, so it is done when the outer statement's own tree is gone.
struct PendingBody {
  ast::CreateFunction* function = nullptr;  // one of the two
  ast::DoBlock* block = nullptr;
  DerivedText text;  // mapped to the buffer
};

class Lowering {
 public:
  Lowering(ast::Arena& arena, const std::vector<std::string>& parameter_names)
      : arena_(arena), parameter_names_(parameter_names) {}

  // Parses the statement that stands at `statement` in `buffer`; what PostgreSQL refuses comes back as
  // ast::Unparsable. It is one statement, unless PostgreSQL sees a semicolon where the splitter saw none.
  // Bodies in strings are appended to `bodies`.
  std::vector<ast::Statement*> lower(std::string_view buffer, Span statement,
                                     std::vector<PendingBody>& bodies);

 private:
  ast::Arena& arena_;
  const std::vector<std::string>& parameter_names_;
  std::string input_;  // the NUL-terminated copy that the parser reads, reused
};

}  // namespace migcheck::parsing
