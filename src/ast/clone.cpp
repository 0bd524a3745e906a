// SPDX-License-Identifier: MIT

#include "migcheck/ast/clone.hpp"

#include <type_traits>
#include <vector>

#include "ast/dispatch.hpp"
#include "ast/fields.hpp"
#include "migcheck/ast/replace.hpp"

namespace migcheck::ast {
namespace {

// Copies one struct after the other: first as it is, then its lists and texts, and later, from a list of
// places to fill, the nodes that it points to. No recursion: trees can be deeper than any stack.
class Copier {
 public:
  explicit Copier(Arena& arena, const Replacement* replace = nullptr) : arena_(arena), replace_(replace) {}

  const Node* copy(const Node* root) {
    const Node* result = root;
    add(result);
    settle();
    return result;
  }
  const Body* copy(const Body* root) {
    const Body* result = root;
    add(result);
    settle();
    return result;
  }

  template <typename... Fields>
  void operator()(Fields&... each) {
    (add(each), ...);
  }
  void shared(const Expression*& value) { add(value); }

 private:
  struct Pending {
    const Node* source = nullptr;
    void* place = nullptr;
    void (*fill)(void* place, const Node* copy) = nullptr;
  };

  void settle() {
    while (!pending_.empty()) {
      const Pending next = pending_.back();
      pending_.pop_back();
      next.fill(next.place, copy_one(*next.source));
    }
  }

  const Node* copy_one(const Node& source) {
    const Node* result = replace_ == nullptr ? nullptr : (*replace_)(source);
    if (result != nullptr) return result;
    dispatch(const_cast<Node&>(source), [&](auto& typed) {
      auto* made = arena_.make<std::remove_cvref_t<decltype(typed)>>();
      *made = typed;
      fields(*made, *this);
      result = made;
    });
    return result;
  }

  void add(std::string_view& text) { text = arena_.text(text); }
  template <typename T>
  void add(const T*& child) {
    if (child == nullptr) return;
    if constexpr (std::is_base_of_v<Node, T>) {
      pending_.push_back({child, &child, [](void* place, const Node* copy) {
                            *static_cast<const T**>(place) = static_cast<const T*>(copy);
                          }});
    } else {
      const List<T> made = arena_.list(std::vector<T>{*child});
      child = made.begin();
      fields(const_cast<T&>(*child), *this);
    }
  }
  template <typename T>
  void add(List<T>& list) {
    list = arena_.list(std::vector<T>(list.begin(), list.end()));
    for (const T& item : list) add(const_cast<T&>(item));
  }
  template <typename T>
  void add(T& field) {
    if constexpr (requires { fields(field, *this); }) fields(field, *this);
  }

  Arena& arena_;
  const Replacement* replace_;
  std::vector<Pending> pending_;
};

}  // namespace

const Node* clone(const Node* node, Arena& arena) {
  return Copier(arena).copy(node);
}
const Node* clone_replacing(const Node* node, Arena& arena, const Replacement& replace) {
  return Copier(arena, &replace).copy(node);
}
const Body* clone(const Body* body, Arena& arena) {
  return Copier(arena).copy(body);
}

}  // namespace migcheck::ast
