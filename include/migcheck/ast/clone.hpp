// SPDX-License-Identifier: MIT
#pragma once

// Copies of trees into another arena, texts included: what the catalog keeps of a file that goes.

#include "migcheck/ast/body.hpp"
#include "migcheck/ast/node.hpp"

namespace migcheck::ast {

// A deep copy of the node and everything below it. Null stays null.
const Node* clone(const Node* node, Arena& arena);
const Body* clone(const Body* body, Arena& arena);

template <typename T>
const T* clone_as(const T* node, Arena& arena) {
  return static_cast<const T*>(clone(static_cast<const Node*>(node), arena));
}

}  // namespace migcheck::ast
