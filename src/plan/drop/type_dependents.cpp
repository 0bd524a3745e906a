// SPDX-License-Identifier: MIT
#include "plan/drop/type_dependents.hpp"

#include <algorithm>

#include "migcheck/reads.hpp"
#include "plan/type/builtins.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

namespace {

using Part = catalog::Dependency::Part;

bool contains(const std::vector<catalog::ColumnNumber>& numbers, catalog::ColumnNumber number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

// In PostgreSQL's words, and by name; empty if nothing reads the column.
struct Reader {
  std::string_view why;
  std::string name;
};

// What of the table itself reads the column.
Reader own_part(const catalog::Table& table, const catalog::Column& column) {
  for (const catalog::Trigger& trigger : table.triggers) {
    if (contains(trigger.update_columns, column.number) || contains(trigger.when_columns, column.number)) {
      return {"used in a trigger definition", "trigger " + trigger.name};
    }
  }
  for (const catalog::Policy& policy : table.policies) {
    if (contains(columns_of(policy.using_expression, table), column.number) ||
        contains(columns_of(policy.check_expression, table), column.number)) {
      return {"used in a policy definition", "policy " + policy.name};
    }
  }
  for (const catalog::Column& other : table.columns) {
    if (other.generated == catalog::Generated::No || other.number == column.number) continue;
    if (contains(columns_of(other.default_value, table), column.number)) {
      return {"used by a generated column", "column " + other.name};
    }
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

std::string_view kind_word(const catalog::Object& object) {
  if (const auto* view = std::get_if<catalog::View>(&object)) {
    return view->materialized ? "materialized view" : "view";
  }
  if (std::holds_alternative<catalog::Function>(object)) return "function";
  return std::holds_alternative<catalog::Publication>(object) ? "publication" : "table";
}

// The group of types within which a comparison finds an operator: pg_type's category, but for the types that
// stand alone in theirs.
std::string comparison_group(const Planner& planner, const catalog::TypeRef& type) {
  const catalog::TypeRef base = base_type_of(planner, type);
  if (!is_resolved(base)) return {};
  if (is_array(base)) return base.name + "[]";
  const BuiltinType* builtin =
      base.schema == "pg_catalog" ? builtin_type(base.name, planner.version()) : nullptr;
  if (builtin == nullptr || base.name == "citext") return {};
  if (builtin->category == 'U' || base.name == "money") return base.name;
  return std::string(1, builtin->category);
}

// column op constant, or the other way round; the constant has the type that the column had.
bool compares_with_constant(const ast::Expression* expression, std::string_view column) {
  bool found = false;
  ast::walk(expression, [&](const ast::Node& node) {
    const auto* operation = ast::as<ast::Operation>(&node);
    if (operation == nullptr || operation->form != ast::Operation::Form::Plain) return !found;
    const std::string_view op = operation->op.name;
    const bool comparison = op == "=" || op == "<>" || op == "<" || op == ">" || op == "<=" || op == ">=";
    const auto pair = [&](const ast::Expression* side, const ast::Expression* other) {
      const auto* reference = ast::as<ast::ColumnRef>(side);
      const auto* constant = ast::as<ast::Constant>(other);
      return reference != nullptr && reference->column() == column && constant != nullptr &&
             constant->type != ast::Constant::Type::Null;
    };
    found |=
        comparison && (pair(operation->left, operation->right) || pair(operation->right, operation->left));
    return !found;
  });
  return found;
}

bool compares_in_vain(Planner& planner, const catalog::Table& table, const catalog::Column& column,
                      const catalog::TypeRef& to) {
  const std::string before = comparison_group(planner, column.type);
  const std::string after = comparison_group(planner, to);
  if (before.empty() || after.empty() || before == after) return false;
  bool found = false;
  for (const catalog::Constraint& constraint : table.constraints) {
    found |= compares_with_constant(constraint.expression, column.name);
  }
  for (const catalog::Index* index : planner.draft.indexes_of(table.id)) {
    found |= compares_with_constant(index->predicate, column.name);
    for (const catalog::KeyElement& key : index->keys)
      found |= compares_with_constant(key.expression, column.name);
  }
  if (found) {
    planner.error("42883",
                  "operator does not exist: " + type_in_message(to) + " and " + type_in_message(column.type));
  }
  return found;
}

}  // namespace

bool refused_by_dependents(Planner& planner, const catalog::Table& table, const catalog::Column& column,
                           const catalog::TypeRef& to) {
  auto [why, name] = own_part(table, column);
  for (const catalog::Catalog::Dependent& dependent : planner.draft.dependents_of(table.id)) {
    if (!why.empty()) break;
    if (dependent.dependency->column != column.number) continue;
    why = foreign_part(dependent);
    name = std::string(kind_word(*dependent.object)) + " " + catalog::base(*dependent.object).name;
  }
  if (why.empty()) return compares_in_vain(planner, table, column, to);
  // Before 15 the generated column alone had another code.
  const bool syntax = why == "used by a generated column" && planner.version() < 15;
  planner.error(syntax ? "42601" : "0A000", "cannot alter type of a column " + std::string(why));
  planner.plan.errors.back().in_the_way.push_back(std::move(name));
  return true;
}

}  // namespace migcheck::plan
