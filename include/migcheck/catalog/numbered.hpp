// SPDX-License-Identifier: MIT
#pragma once

// Values under numbers, in the order of the numbers; copies share what none of them writes to.
//
// A tree with 32 places to a node, of which only those that are taken take room. To look for a number, to
// write to its value, to add and to take away one costs the height of the tree: two for a thousand values,
// three for thirty thousand. Up to 32 values are one node. No node is empty.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace migcheck::catalog {

template <typename T>
class Numbered {
 public:
  using Number = std::uint32_t;
  class Iterator;

  [[nodiscard]] bool empty() const { return root_ == nullptr; }
  // Numbers below this one need no higher tree.
  [[nodiscard]] std::uint64_t room() const { return std::uint64_t{1} << (kBits * (height() + 1)); }

  [[nodiscard]] const T* find(Number number) const {
    if (empty() || number >= room()) return nullptr;
    const Node* node = root_.get();
    for (unsigned height = root_->height; height > 0; --height) {
      if (!node->has(place(number, height))) return nullptr;
      node = node->below[node->slot(place(number, height))].get();
    }
    return node->has(place(number, 0)) ? &node->values[node->slot(place(number, 0))] : nullptr;
  }

  // The value to write to: what stands there, or a new one. Valid until the next call that is not const.
  T& operator[](Number number) {
    if (empty()) root_ = std::make_shared<Node>();
    while (number >= room()) grow();
    std::shared_ptr<Node>* held = &root_;
    for (unsigned height = root_->height; height > 0; --height)
      held = &child(own(*held), place(number, height));
    Node& leaf = own(*held);
    const std::size_t at = leaf.slot(place(number, 0));
    if (!leaf.has(place(number, 0))) {
      leaf.taken |= bit(place(number, 0));
      leaf.values.emplace(leaf.values.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return leaf.values[at];
  }

  // The number must be there.
  void erase(Number number) {
    if (erase_below(root_, root_->height, number)) *this = {};
  }

  // There is one.
  [[nodiscard]] const T& back() const {
    const Node* node = root_.get();
    while (!node->below.empty()) node = node->below.back().get();
    return node->values.back();
  }
  [[nodiscard]] Iterator begin() const { return Iterator(*this, 0); }
  [[nodiscard]] Iterator end() const { return {}; }

  // Visits the values of nodes that the other one does not share: of two states of one tree those near what
  // was written to, and nothing else of thousands.
  template <typename Visit>
  void visit_unshared(const Numbered& other, Visit&& visit) const {
    if (empty()) return;
    const Node* same = other.root_.get();
    unsigned height = other.height();
    for (; same != nullptr && height > root_->height; --height) same = same->child(0);
    visit_unshared(*root_, root_->height, same, height, visit);
  }

 private:
  static constexpr unsigned kBits = 5;

  [[nodiscard]] unsigned height() const { return empty() ? 0 : root_->height; }
  static unsigned place(Number number, unsigned height) { return (number >> (kBits * height)) & 31U; }
  static std::uint32_t bit(unsigned place) { return std::uint32_t{1} << place; }

  struct Node {
    std::uint32_t taken = 0;                   // a bit for each place
    std::uint32_t height = 0;                  // of a root: how far above the leaves; an empty tree is small
    std::vector<std::shared_ptr<Node>> below;  // of an inner node: what the taken places hold
    std::vector<T> values;                     // of a leaf

    [[nodiscard]] bool has(unsigned place) const { return (taken & bit(place)) != 0; }
    [[nodiscard]] std::size_t slot(unsigned place) const {
      return static_cast<std::size_t>(std::popcount(taken & (bit(place) - 1)));
    }
    [[nodiscard]] const Node* child(unsigned place) const {
      return has(place) ? below[slot(place)].get() : nullptr;
    }
  };

  static Node& own(std::shared_ptr<Node>& node) {
    if (node.use_count() > 1) {
      auto copy = std::make_shared<Node>();
      copy->taken = node->taken;
      copy->height = node->height;
      copy->below = node->below;
      copy->values.reserve(node->values.size() + 1);
      copy->values.assign(node->values.begin(), node->values.end());
      node = std::move(copy);
    }
    return *node;
  }

  static std::shared_ptr<Node>& child(Node& node, unsigned place) {
    const std::size_t at = node.slot(place);
    if (!node.has(place)) {
      node.taken |= bit(place);
      node.below.insert(node.below.begin() + static_cast<std::ptrdiff_t>(at), std::make_shared<Node>());
    }
    return node.below[at];
  }

  void grow() {
    auto root = std::make_shared<Node>();
    root->height = root_->height + 1;
    if (root_->taken != 0) {
      root->taken = 1;
      root->below.push_back(std::move(root_));
    }
    root_ = std::move(root);
  }

  // True: nothing is left of it.
  static bool erase_below(std::shared_ptr<Node>& held, unsigned height, Number number) {
    Node& node = own(held);
    const unsigned where = place(number, height);
    const auto at = static_cast<std::ptrdiff_t>(node.slot(where));
    if (height == 0) {
      node.values.erase(node.values.begin() + at);
    } else if (erase_below(node.below[static_cast<std::size_t>(at)], height - 1, number)) {
      node.below.erase(node.below.begin() + at);
    } else {
      return false;
    }
    node.taken &= ~bit(where);
    return node.taken == 0;
  }

  template <typename Visit>
  static void visit_unshared(const Node& node, unsigned height, const Node* other, unsigned other_height,
                             Visit& visit) {
    if (&node == other) return;
    for (const T& value : node.values) visit(value);
    for (unsigned where = 0; height > 0 && where < 32; ++where) {
      const Node* below = node.child(where);
      if (below == nullptr) continue;
      // A lower tree is what stands first in a higher one.
      const bool lower = other_height < height;
      const Node* same = other == nullptr ? nullptr
                         : lower          ? (where == 0 ? other : nullptr)
                                          : other->child(where);
      visit_unshared(*below, height - 1, same, lower ? other_height : height - 1, visit);
    }
  }

  std::shared_ptr<Node> root_;
};

// From leaf to leaf; to step into the next one costs the height of the tree.
template <typename T>
class Numbered<T>::Iterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = T;
  using difference_type = std::ptrdiff_t;
  using pointer = const T*;
  using reference = const T&;

  Iterator() = default;

  reference operator*() const { return leaf_->values[at_]; }
  pointer operator->() const { return &**this; }
  Iterator& operator++() {
    if (++at_ == leaf_->values.size()) *this = Iterator(*tree_, first_ + 32);
    return *this;
  }
  Iterator operator++(int) {
    const Iterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const Iterator& a, const Iterator& b) {
    return a.leaf_ == b.leaf_ && a.at_ == b.at_;
  }

  [[nodiscard]] Number number() const {
    std::uint32_t taken = leaf_->taken;
    for (std::size_t before = at_; before > 0; --before) taken &= taken - 1;
    return first_ + static_cast<Number>(std::countr_zero(taken));
  }

 private:
  friend class Numbered;
  // The first value at or behind `from`, which is where a leaf begins.
  Iterator(const Numbered& tree, std::uint64_t from) {
    if (tree.empty() || from >= tree.room()) return;
    const Node* node = tree.root_.get();
    leaf_ = first_leaf(node, tree.height(), static_cast<Number>(from), first_);
    if (leaf_ != nullptr) tree_ = &tree;
  }

  static const Node* first_leaf(const Node* node, unsigned height, Number from, Number& first) {
    if (height == 0) return node;
    const unsigned start = place(from, height);
    for (unsigned where = start; where < 32; ++where) {
      const Node* below = node->child(where);
      if (below == nullptr) continue;
      const Node* found = first_leaf(below, height - 1, where == start ? from : 0, first);
      if (found == nullptr) continue;
      first += Number{where} << (kBits * height);
      return found;
    }
    return nullptr;
  }

  const Numbered* tree_ = nullptr;
  const Node* leaf_ = nullptr;
  std::size_t at_ = 0;
  Number first_ = 0;  // the leaf's first place
};

}  // namespace migcheck::catalog
