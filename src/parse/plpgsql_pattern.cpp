// SPDX-License-Identifier: MIT

// What is known of a text that is put together from data: EXECUTE format('ALTER TABLE %I …', row.name).

#include <algorithm>
#include <vector>

#include "migcheck/ast/body.hpp"
#include "parse/plpgsql_constant.hpp"
#include "parse/plpgsql_folding.hpp"

namespace migcheck::parsing::plpgsql {
namespace {

Value any_value(std::uint32_t origin) {
  Value value;
  value.text.append_replaced(ast::kAnyName, origin);
  return value;
}

// One operand of ||: what it gives, as far as that is known.
Value operand_pattern(const DerivedText& body, const Constants& constants, std::uint64_t& budget,
                      Span operand) {
  const std::uint32_t origin = body.map.to_origin(operand.begin);
  const auto known = [&](Span expression) {
    Known value = expression.empty() ? std::nullopt : Folding(body, constants, budget, expression).whole();
    return value && !value->null && !value->array ? std::move(*value) : any_value(origin);
  };
  const StatementTokens tokens(body.text, operand);
  if (!tokens.is(0, "FORMAT") || !tokens.is_symbol(1, "(") || tokens.closing(1) + 1 != tokens.size())
    return known(operand);
  std::vector<Value> values;
  for (const Span argument : tokens.bracketed_items(1)) values.push_back(known(argument));
  if (values.empty()) return any_value(origin);
  const Known text = paid(format_value(values.front(), {values.begin() + 1, values.end()}), budget);
  return text ? *text : any_value(origin);
}

}  // namespace

DerivedText Evaluator::pattern(Span expression) const {
  const StatementTokens tokens(body_.text, expression);
  DerivedText text;
  for (std::size_t from = 0; from < tokens.size();) {
    const std::size_t end = std::min(tokens.find_symbol("||", from), tokens.size());
    text.append(operand_pattern(body_, constants_, budget_, tokens.span(from, end)).text);
    from = end + 1;
  }
  return text;
}

}  // namespace migcheck::parsing::plpgsql
