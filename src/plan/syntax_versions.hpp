// SPDX-License-Identifier: MIT
#pragma once

// Syntax that the parser reads and an older server does not.

#include <optional>
#include <string>

#include "migcheck/ast.hpp"

namespace migcheck::plan {

// What an older parser says, and where it stumbles.
struct NewerSyntax {
  std::string message;
  Span span;
};

// The first thing in the statement that a server of this major version does not read; nothing if it reads it
// all.
std::optional<NewerSyntax> newer_syntax(const ast::Statement& statement, int version);

}  // namespace migcheck::plan
