// SPDX-License-Identifier: MIT

#include "parse/relocate.hpp"

#include <type_traits>
#include <vector>

#include "ast/dispatch.hpp"
#include "ast/fields.hpp"
#include "parse/derived_text.hpp"

namespace migcheck::parsing {
namespace {

// Moves the spans among the fields and collects the nodes, which are moved later, one after the other.
class Mover {
 public:
  Mover(const OffsetMap& map, std::vector<ast::Node*>& pending) : map_(map), pending_(pending) {}

  template <typename... Fields>
  void operator()(Fields&... each) {
    (move(each), ...);
  }
  void shared(const ast::Expression*&) {}
  void move(Span& span) {
    if (!span.empty()) span = to_origin(map_, span);
  }

 private:
  template <typename T>
  void move(T& field) {
    if constexpr (requires { ast::fields(field, *this); }) ast::fields(field, *this);
  }
  template <typename T>
  void move(const T*& child) {
    if (child == nullptr) return;
    if constexpr (std::is_base_of_v<ast::Node, T>) {
      pending_.push_back(const_cast<T*>(child));
    } else {
      ast::fields(const_cast<T&>(*child), *this);
    }
  }
  template <typename T>
  void move(ast::List<T>& list) {
    for (const T& item : list) move(const_cast<T&>(item));
  }

  const OffsetMap& map_;
  std::vector<ast::Node*>& pending_;
};

}  // namespace

void relocate(ast::Statement& root, const OffsetMap& map) {
  if (map.identity()) return;
  std::vector<ast::Node*> pending = {&root};
  Mover mover(map, pending);
  while (!pending.empty()) {
    ast::Node* node = pending.back();
    pending.pop_back();
    mover.move(node->span);
    ast::dispatch(*node, [&](auto& typed) { ast::fields(typed, mover); });
  }
}

}  // namespace migcheck::parsing
