// SPDX-License-Identifier: MIT
#pragma once

// What an expression of a PL/pgSQL body gives where it does not depend on data: texts put together from
// literals and from variables that hold a known value.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/source.hpp"
#include "parse/derived_text.hpp"

namespace migcheck::parsing::plpgsql {

// A known value: a text (numbers too), an array of texts, or NULL.
struct Value {
  DerivedText text;
  std::vector<Value> elements;
  bool array = false;
  bool null = false;
};

// The variables whose value is known, by name; fields of a record as "record.field".
using Constants = std::map<std::string, Value, std::less<>>;

// A row of a literal list: its columns, in order.
struct Row {
  std::vector<std::string> names;
  std::vector<Value> values;
};

class Evaluator {
 public:
  // `budget` is the number of bytes that all evaluations together may produce.
  Evaluator(const DerivedText& body, const Constants& constants, std::uint64_t& budget)
      : body_(body), constants_(constants), budget_(budget) {}

  // The value of the expression; nothing if it is not known. Its text maps to the file: literals to their
  // bytes, a variable to where it is named.
  [[nodiscard]] std::optional<Value> value(Span expression) const;
  // The elements of an array, also of one that is written as a text: '{a,b}'.
  [[nodiscard]] std::optional<std::vector<Value>> array(Span expression) const;
  // The text of an expression whose value is not known: ast::kAnyName in the place of each part that is not.
  [[nodiscard]] DerivedText pattern(Span expression) const;
  [[nodiscard]] std::optional<std::int64_t> integer(Span expression) const;
  // The rows of a query over literals: VALUES, SELECT unnest(…), SELECT … FROM unnest(…) or (VALUES …).
  [[nodiscard]] std::optional<std::vector<Row>> rows(Span query) const;

 private:
  const DerivedText& body_;
  const Constants& constants_;
  std::uint64_t& budget_;
};

// format() as PostgreSQL has it; nothing where it would raise an error or where a value is no text.
[[nodiscard]] std::optional<Value> format_value(const Value& pattern, const std::vector<Value>& arguments);
// The elements of an array literal of one dimension: {a,"b,c",NULL}.
[[nodiscard]] std::optional<std::vector<Value>> array_elements(const DerivedText& literal);

}  // namespace migcheck::parsing::plpgsql
