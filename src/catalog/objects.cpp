// SPDX-License-Identifier: MIT
#include "migcheck/catalog/objects.hpp"

#include <algorithm>

namespace migcheck::catalog {

namespace {

template <typename List>
const typename List::value_type* find_by_name(const List& items, std::string_view name) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.name == name; });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

const Column* Table::column(std::string_view column_name) const {
  return find_by_name(columns, column_name);
}

const Column* Table::column(ColumnNumber number) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& item) { return item.number == number; });
  return found == columns.end() ? nullptr : &*found;
}

const Constraint* Table::constraint(std::string_view constraint_name) const {
  return constraints.find(constraint_name);
}

const Constraint* Table::primary_key() const {
  const auto found = std::find_if(constraints.begin(), constraints.end(), [](const Constraint& item) {
    return item.kind == ConstraintKind::PrimaryKey;
  });
  return found == constraints.end() ? nullptr : &*found;
}

namespace {

bool is_input(const Function::Argument& argument) {
  using Mode = ast::FunctionParameter::Mode;
  return argument.mode != Mode::Out && argument.mode != Mode::Table;
}

// A type that could not be resolved has no schema: its name must do.
bool may_be_same(const TypeRef& left, const TypeRef& right) {
  const bool both = !left.schema.empty() && !right.schema.empty();
  return left.name == right.name && left.array_dimensions == right.array_dimensions &&
         (!both || left.schema == right.schema);
}

}  // namespace

std::vector<TypeRef> Function::input_types() const {
  std::vector<TypeRef> types;
  for (const Argument& argument : arguments) {
    if (is_input(argument)) types.push_back(argument.type);
  }
  return types;
}

bool Function::takes(const std::vector<TypeRef>& types) const {
  auto wanted = types.begin();
  for (const Argument& argument : arguments) {
    if (!is_input(argument)) continue;
    if (wanted == types.end() || !may_be_same(argument.type, *wanted)) return false;
    ++wanted;
  }
  return wanted == types.end();
}

}  // namespace migcheck::catalog
