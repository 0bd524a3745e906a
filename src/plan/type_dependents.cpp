// SPDX-License-Identifier: MIT
#include "plan/type_dependents.hpp"

#include <algorithm>

#include "migcheck/reads.hpp"

namespace migcheck::plan {

namespace {

using Part = catalog::Dependency::Part;

bool contains(const std::vector<catalog::ColumnNumber>& numbers, catalog::ColumnNumber number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

// What of the table itself reads the column; empty if nothing does.
std::string_view own_part(const catalog::Table& table, const catalog::Column& column) {
  for (const catalog::Trigger& trigger : table.triggers) {
    if (contains(trigger.update_columns, column.number) || contains(trigger.when_columns, column.number)) {
      return "used in a trigger definition";
    }
  }
  for (const catalog::Policy& policy : table.policies) {
    if (contains(columns_of(policy.using_expression, table), column.number) ||
        contains(columns_of(policy.check_expression, table), column.number)) {
      return "used in a policy definition";
    }
  }
  for (const catalog::Column& other : table.columns) {
    if (other.generated == catalog::Generated::No || other.number == column.number) continue;
    if (contains(columns_of(other.default_value, table), column.number)) return "used by a generated column";
  }
  return {};
}

// What of another object does.
std::string_view foreign_part(const catalog::Catalog::Dependent& dependent) {
  switch (dependent.dependency->part) {
    case Part::Policy:
      return "used in a policy definition";
    case Part::Trigger:
      return "used in a trigger definition";
    case Part::Rule:
      return "used by a view or rule";
    default:
      break;
  }
  if (std::holds_alternative<catalog::View>(*dependent.object)) return "used by a view or rule";
  if (std::holds_alternative<catalog::Function>(*dependent.object)) return "used by a function or procedure";
  if (std::holds_alternative<catalog::Publication>(*dependent.object))
    return "used by a publication WHERE clause";
  return {};
}

}  // namespace

bool refused_by_dependents(Planner& planner, const catalog::Table& table, const catalog::Column& column) {
  std::string_view why = own_part(table, column);
  for (const catalog::Catalog::Dependent& dependent : planner.draft.dependents_of(table.id)) {
    if (!why.empty()) break;
    if (dependent.dependency->column == column.number) why = foreign_part(dependent);
  }
  if (why.empty()) return false;
  // Before 15 the generated column alone had another code.
  const bool syntax = why == "used by a generated column" && planner.version() < 15;
  planner.error(syntax ? "42601" : "0A000", "cannot alter type of a column " + std::string(why));
  return true;
}

}  // namespace migcheck::plan
