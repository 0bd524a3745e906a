// SPDX-License-Identifier: MIT
#pragma once

// Copies of trees in which some nodes are others: a query in which views stand as sub-queries.

#include <functional>

#include "migcheck/ast/node.hpp"

namespace migcheck::ast {

// As clone(), but where `replace` gives a node for one that it is shown, that stands in its place as it is.
using Replacement = std::function<const Node*(const Node&)>;
const Node* clone_replacing(const Node* node, Arena& arena, const Replacement& replace);

}  // namespace migcheck::ast
