// SPDX-License-Identifier: MIT
#pragma once

// Which kinds of statements a check looks at: of all others it is not even asked.

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "migcheck/ast/node.hpp"

namespace migcheck {

class StatementKinds {
 public:
  // None named: all.
  constexpr StatementKinds() = default;
  constexpr StatementKinds(std::initializer_list<ast::NodeKind> kinds) {
    for (const ast::NodeKind kind : kinds) words_[word_of(kind)] |= bit_of(kind);
    all_ = kinds.size() == 0;
  }
  [[nodiscard]] constexpr bool has(ast::NodeKind kind) const {
    return all_ || (words_[word_of(kind)] & bit_of(kind)) != 0;
  }

 private:
  static constexpr std::size_t word_of(ast::NodeKind kind) { return static_cast<std::size_t>(kind) / 64; }
  static constexpr std::uint64_t bit_of(ast::NodeKind kind) {
    return std::uint64_t{1} << (static_cast<std::size_t>(kind) % 64);
  }

  std::uint64_t words_[4] = {};  // a kind is a byte
  bool all_ = true;
};

}  // namespace migcheck
