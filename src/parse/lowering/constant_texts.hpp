// SPDX-License-Identifier: MIT
#pragma once

// What is kept of VALUES rows that hold only constants.

#include <algorithm>
#include <vector>

#include "parse/lowering/names.hpp"

namespace migcheck::parsing::lowering {

// The different short strings of rows that are not kept, column by column.
class ConstantTexts {
 public:
  explicit ConstantTexts(std::size_t columns) : by_column_(columns) {}

  void add(Context& c, const ::List* row) {
    std::uint32_t column = 0;
    for (const ::Node* item : each(row)) {
      if (column < by_column_.size()) add(c, item, column);
      ++column;
    }
  }
  [[nodiscard]] ast::List<ast::ConstantText> list(Context& c) const {
    std::vector<ast::ConstantText> all;
    for (const auto& texts : by_column_) all.insert(all.end(), texts.begin(), texts.end());
    return c.arena.list(all);
  }

 private:
  void add(Context& c, const ::Node* item, std::uint32_t column) {
    while (const auto* cast = node_as<::TypeCast>(item, T_TypeCast)) item = cast->arg;
    const auto* constant = node_as<::A_Const>(item, T_A_Const);
    if (constant == nullptr || constant->isnull || nodeTag(&constant->val) != T_String) return;
    const std::string_view text = constant->val.sval.sval;
    std::vector<ast::ConstantText>& texts = by_column_[column];
    if (text.size() > ast::ConstantText::kLongest || texts.size() >= ast::ConstantText::kMostPerColumn)
      return;
    const auto same = [&](const ast::ConstantText& other) { return other.text == text; };
    if (std::any_of(texts.begin(), texts.end(), same)) return;
    const std::uint32_t begin = c.place(constant->location);
    const Span span = begin == kNowhere ? Span{} : Span{begin, c.after_token(begin)};
    texts.push_back({column, c.arena.text(text), span});
  }

  std::vector<std::vector<ast::ConstantText>> by_column_;
};

}  // namespace migcheck::parsing::lowering
