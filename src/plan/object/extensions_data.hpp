// SPDX-License-Identifier: MIT
#pragma once

// The objects that extensions bring, as far as migrations use them.

#include <span>
#include <string_view>

namespace migcheck::plan {

struct ExtensionType {
  std::string_view extension;
  std::string_view name;
};

struct ExtensionRelation {
  std::string_view extension;
  std::string_view name;
  bool view;
};

struct ExtensionFunction {
  std::string_view extension;
  std::string_view name;
  std::string_view arguments;  // type names with commas
  std::string_view returns;
  char volatility;  // as in pg_proc: i, s, v
};

// The extension that brings an operator class of that name; empty if none does.
std::string_view extension_of_operator_class(std::string_view name);

std::span<const ExtensionType> extension_types();
std::span<const ExtensionRelation> extension_relations();
std::span<const ExtensionFunction> extension_functions();

}  // namespace migcheck::plan
