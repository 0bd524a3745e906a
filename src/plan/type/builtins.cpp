// SPDX-License-Identifier: MIT
#include "plan/type/builtins.hpp"

#include <algorithm>
#include <tuple>

namespace migcheck::plan {

namespace {

template <typename Row>
std::span<const Row> rows_named(std::span<const Row> rows, std::string_view name) {
  const auto first = std::lower_bound(rows.begin(), rows.end(), name,
                                      [](const Row& row, std::string_view key) { return row.name < key; });
  auto last = first;
  while (last != rows.end() && last->name == name) ++last;
  return rows.subspan(static_cast<std::size_t>(first - rows.begin()), static_cast<std::size_t>(last - first));
}

}  // namespace

std::span<const BuiltinFunction> builtin_functions(std::string_view name) {
  return rows_named(builtin_functions(), name);
}

const BuiltinCast* builtin_cast(std::string_view source, std::string_view target, int version) {
  const std::span<const BuiltinCast> casts = builtin_casts();
  auto cast = std::lower_bound(
      casts.begin(), casts.end(), std::tie(source, target),
      [](const BuiltinCast& row, const auto& key) { return std::tie(row.source, row.target) < key; });
  for (; cast != casts.end() && cast->source == source && cast->target == target; ++cast) {
    if (holds_on(*cast, version)) return &*cast;
  }
  return nullptr;
}

const BuiltinType* builtin_type(std::string_view name, int version) {
  for (const BuiltinType& type : rows_named(builtin_types(), name)) {
    if (holds_on(type, version)) return &type;
  }
  return nullptr;
}

}  // namespace migcheck::plan
