// SPDX-License-Identifier: MIT
#pragma once

// What PostgreSQL refuses, as a statement with PostgreSQL's message, the token that it names, and our hint
// where we know better what is meant.

#include <string_view>

#include "migcheck/ast.hpp"
#include "migcheck/source.hpp"

namespace migcheck::parsing {

struct SyntaxError {
  std::string_view message;
  int cursor = 0;  // 1-based, in characters; 0: PostgreSQL does not say
};

ast::Unparsable* unparsable(ast::Arena& arena, std::string_view buffer, Span statement,
                            const SyntaxError& error);

}  // namespace migcheck::parsing
