// SPDX-License-Identifier: MIT
#pragma once

// Syntax that the parser reads and an older server does not.

#include <optional>

#include "migcheck/ast.hpp"

namespace migcheck::plan {

// The first word of the statement that a server of this major version stumbles over; nothing if it reads it
// all.
std::optional<ast::Name> newer_syntax(const ast::Statement& statement, int version);

}  // namespace migcheck::plan
