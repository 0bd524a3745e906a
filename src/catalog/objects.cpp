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

}  // namespace migcheck::catalog
