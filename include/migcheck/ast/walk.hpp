// SPDX-License-Identifier: MIT
#pragma once

// Visiting all nodes below one, without recursion: trees can be deeper than any stack.

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "migcheck/ast/node.hpp"

namespace migcheck::ast {

// Nodes that wait for their visit. A statement is walked through by many who look for something, and mostly
// holds a handful of nodes: the first of them need no memory of their own.
class NodeStack {
 public:
  void push_back(const Node* node) {
    if (size_ < kNear) {
      near_[size_] = node;
    } else {
      far_.push_back(node);
    }
    ++size_;
  }
  const Node* pop() {
    --size_;
    if (size_ < kNear) return near_[size_];
    const Node* node = far_.back();
    far_.pop_back();
    return node;
  }
  [[nodiscard]] const Node* operator[](std::size_t at) const {
    return at < kNear ? near_[at] : far_[at - kNear];
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  // Turns around what was pushed since the stack had this size, so that the first of it comes off first.
  void reverse_from(std::size_t size) {
    if (size_ <= kNear) return std::reverse(near_.begin() + size, near_.begin() + size_);
    for (std::size_t left = size, right = size_ - 1; left < right; ++left, --right) {
      std::swap(at(left), at(right));
    }
  }

 private:
  static constexpr std::size_t kNear = 48;
  const Node*& at(std::size_t index) { return index < kNear ? near_[index] : far_[index - kNear]; }

  std::array<const Node*, kNear> near_;
  std::vector<const Node*> far_;
  std::size_t size_ = 0;
};

// Appends the direct children of a node, in source order. This is the one list of who holds what; a struct
// that gains a child gains a line here (WalkReaches in tests/parse_queries_test.cpp wants every column once).
void append_children(const Node& node, NodeStack& children);

// Calls visit(node) for the node and everything below it, parents before children and in source order.
// visit returns false to leave out what is below that node.
template <typename Visit>
void walk(const Node* root, Visit&& visit) {
  if (root == nullptr) return;
  NodeStack pending;
  pending.push_back(root);
  while (!pending.empty()) {
    const Node* node = pending.pop();
    if (!visit(*node)) continue;
    const std::size_t before = pending.size();
    append_children(*node, pending);
    pending.reverse_from(before);
  }
}

}  // namespace migcheck::ast
