// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "migcheck/ast/node.hpp"

namespace migcheck::ast {

// Does the tree refer to a column of this name, whatever stands before it? A null tree refers to nothing.
[[nodiscard]] bool mentions_column(const Node* tree, std::string_view column);

}  // namespace migcheck::ast
