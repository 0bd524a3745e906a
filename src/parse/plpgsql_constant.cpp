// SPDX-License-Identifier: MIT

#include "parse/plpgsql_constant.hpp"

#include <charconv>

#include "parse/plpgsql_folding.hpp"

namespace migcheck::parsing::plpgsql {

Known Evaluator::value(Span expression) const {
  if (expression.empty()) return std::nullopt;
  // A variable alone gives its text where it was put together, so that findings point there.
  const StatementTokens tokens(body_.text, expression);
  const TokenKind kind = tokens[0].kind;
  if (tokens.size() == 1 && (kind == TokenKind::Identifier || kind == TokenKind::QuotedIdentifier)) {
    const auto found = constants_.find(identifier_text(body_.text, tokens[0]));
    if (found != constants_.end()) return paid(found->second, budget_);
  }
  return Folding(body_, constants_, budget_, expression).whole();
}

std::optional<std::vector<Value>> Evaluator::array(Span expression) const {
  const Known known = value(expression);
  if (!known || known->null) return std::nullopt;
  return known->array ? known->elements : array_elements(known->text);
}

std::optional<std::int64_t> Evaluator::integer(Span expression) const {
  const Known known = value(expression);
  if (!known || known->null || known->array) return std::nullopt;
  const std::string& text = known->text.text;
  std::int64_t number = 0;
  const std::from_chars_result read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::vector<Row>> Evaluator::rows(Span query) const {
  return Folding(body_, constants_, budget_, query).rows();
}

}  // namespace migcheck::parsing::plpgsql
