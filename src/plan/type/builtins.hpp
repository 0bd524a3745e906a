// SPDX-License-Identifier: MIT
#pragma once

// What PostgreSQL brings along: its functions, casts, types and operators, as real servers of each major
// version list them (builtins_data.cpp, written by scripts/generate_builtins.py).
//
// Volatility is PostgreSQL's own letter: 'i' immutable, 's' stable, 'v' volatile. `first` and `last` are the
// major versions that have the row; 0 and 99 mean "as far as was measured".

#include <cstdint>
#include <span>
#include <string_view>

namespace migcheck::plan {

struct BuiltinFunction {
  std::string_view name;
  std::string_view arguments;  // type names with commas; "*" where all overloads are alike
  std::string_view returns;    // empty where overloads differ
  char volatility;
  std::int16_t first;
  std::int16_t last;
};

struct BuiltinCast {
  std::string_view source;
  std::string_view target;
  char context;  // 'i' implicit, 'a' in assignments, 'e' only where it is written
  char method;   // 'b' the same bytes, 'f' by a function, 'i' by way of text
  char volatility;
  std::int16_t first;
  std::int16_t last;
};

struct BuiltinType {
  std::string_view name;
  char category;  // pg_type.typcategory: 'S' string, 'N' numeric, 'D' date and time …
  char reading;   // volatility of its input function: from text …
  char printing;  // … and of its output function
  std::int16_t first;
  std::int16_t last;
};

struct BuiltinOperator {
  std::string_view name;
  std::string_view left;
  std::string_view right;
  char volatility;
  std::int16_t first;
  std::int16_t last;
};

// All of them, sorted by their text columns.
std::span<const BuiltinFunction> builtin_functions();
std::span<const BuiltinCast> builtin_casts();
std::span<const BuiltinType> builtin_types();
std::span<const BuiltinOperator> non_immutable_operators();

// The rows of one name, of all versions.
std::span<const BuiltinFunction> builtin_functions(std::string_view name);
// The row that holds on this version, or nullptr.
const BuiltinCast* builtin_cast(std::string_view source, std::string_view target, int version);
const BuiltinType* builtin_type(std::string_view name, int version);

template <typename Row>
[[nodiscard]] bool holds_on(const Row& row, int version) {
  return row.first <= version && version <= row.last;
}

}  // namespace migcheck::plan
