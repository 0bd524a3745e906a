// SPDX-License-Identifier: MIT

#include "migcheck/ast/walk.hpp"

#include <type_traits>

#include "ast/dispatch.hpp"
#include "ast/fields.hpp"
#include "migcheck/ast/mentions.hpp"

namespace migcheck::ast {
namespace {

// Collects the nodes among the fields; looks into structs that are no nodes, and into bodies.
class ChildCollector {
 public:
  explicit ChildCollector(NodeStack& children) : children_(children) {}

  template <typename... Fields>
  void operator()(Fields&... each) {
    (add(each), ...);
  }
  void shared(const Expression*&) {}

 private:
  template <typename T>
  void add(T& field) {
    if constexpr (requires { fields(field, *this); }) fields(field, *this);
  }
  template <typename T>
  void add(const T*& child) {
    if constexpr (std::is_base_of_v<Node, T>) {
      if (child != nullptr) children_.push_back(child);
    } else if (child != nullptr) {
      fields(const_cast<T&>(*child), *this);
    }
  }
  template <typename T>
  void add(List<T>& list) {
    for (const T& item : list) add(const_cast<T&>(item));
  }

  NodeStack& children_;
};

}  // namespace

void append_children(const Node& node, NodeStack& children) {
  ChildCollector collect(children);
  // The collector changes nothing; the one list of fields serves visitors that do.
  dispatch(const_cast<Node&>(node), [&](auto& typed) { fields(typed, collect); });
}

bool mentions_column(const Node* tree, std::string_view column) {
  bool found = false;
  walk(tree, [&](const Node& node) {
    const auto* reference = as<ColumnRef>(&node);
    found = found || (reference != nullptr && reference->column() == column);
    return !found;
  });
  return found;
}

}  // namespace migcheck::ast
