// SPDX-License-Identifier: MIT
#pragma once

// Visiting all nodes below one, without recursion: trees can be deeper than any stack.

#include <vector>

#include "migcheck/ast/node.hpp"

namespace migcheck::ast {

// Appends the direct children of a node, in source order. This is the one list of who holds what; a struct
// that gains a child gains a line here (tests/ast_test.cpp holds it against a counting parse).
void append_children(const Node& node, std::vector<const Node*>& children);

// Calls visit(node) for the node and everything below it, parents before children and in source order.
// visit returns false to leave out what is below that node.
template <typename Visit>
void walk(const Node* root, Visit&& visit) {
  if (root == nullptr) return;
  std::vector<const Node*> pending = {root};
  std::vector<const Node*> children;
  while (!pending.empty()) {
    const Node* node = pending.back();
    pending.pop_back();
    if (!visit(*node)) continue;
    children.clear();
    append_children(*node, children);
    for (auto child = children.rbegin(); child != children.rend(); ++child) {
      if (*child != nullptr) pending.push_back(*child);
    }
  }
}

}  // namespace migcheck::ast
