// SPDX-License-Identifier: MIT
#pragma once

// Folds one expression, or one query over literals, from its tokens: the work behind Evaluator.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parse/clauses.hpp"
#include "parse/plpgsql_constant.hpp"

namespace migcheck::parsing::plpgsql {

using Known = std::optional<Value>;

// What is produced is paid for, so that doubling a text over and over ends.
[[nodiscard]] Known paid(Known value, std::uint64_t& budget);

// One expression, folded from its tokens.
class Folding {
 public:
  Folding(const DerivedText& body, const Constants& constants, std::uint64_t& budget, Span expression)
      : body_(body), constants_(constants), budget_(budget), tokens_(body.text, expression) {}

  Known whole() {
    Known value = concatenation();
    return at_ == tokens_.size() ? std::move(value) : std::nullopt;
  }
  std::optional<std::vector<Row>> rows();

 private:
  struct Type {
    std::string name;
    bool array = false;
  };

  Known concatenation();
  Known cast_operand();
  Known operand();
  Known string();
  Known name();
  Known array_literal();
  Known cast_call();
  Known call(std::string_view function);
  std::optional<std::vector<Value>> list(std::string_view close);
  std::optional<Type> type();
  static Known cast_to(Known value, const std::optional<Type>& type);

  Known joined(Known left, Known right) const;
  Known named(std::string_view name, Span place) const;
  Known paid(Known value) const { return plpgsql::paid(std::move(value), budget_); }
  [[nodiscard]] std::uint32_t origin(Span place) const { return body_.map.to_origin(place.begin); }

  std::optional<std::vector<Row>> values_rows();
  std::optional<std::vector<Row>> unnested();
  std::optional<std::vector<Row>> source();
  bool alias(std::vector<Row>& rows);
  bool accept(std::string_view keyword);
  bool accept_symbol(std::string_view symbol);

  const DerivedText& body_;
  const Constants& constants_;
  std::uint64_t& budget_;
  StatementTokens tokens_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace migcheck::parsing::plpgsql
