// SPDX-License-Identifier: MIT
#pragma once

// Trees that were read from derived text, moved to where that text came from.

#include "migcheck/ast.hpp"
#include "migcheck/source.hpp"

namespace migcheck::parsing {

// Leads every span of the tree through the map. The tree is changed in place; each node is met once.
void relocate(ast::Statement& root, const OffsetMap& map);

}  // namespace migcheck::parsing
