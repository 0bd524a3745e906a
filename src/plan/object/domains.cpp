// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "plan/query/stored_trees.hpp"
#include "plan/statements.hpp"
#include "plan/targets.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

namespace {

using ast::ConstraintDefinition;

// domain_check, domain_check1 …
std::string choose_name(const catalog::Type& domain, std::string_view label) {
  std::string word = fmt::format("{}_{}", domain.name, label);
  if (domain.constraints.find(word) == nullptr) return word;
  return word + std::to_string(domain.constraints.open_number(word, 1));
}

void add_check(Planner& planner, catalog::Type& domain, const ConstraintDefinition& definition) {
  catalog::DomainConstraint constraint;
  constraint.name =
      definition.name.empty() ? choose_name(domain, "check") : std::string(definition.name.text);
  constraint.expression = store_expression(planner, definition.expression);
  constraint.valid = !definition.not_valid;
  constraint.origin = planner.context.origin;
  set_needs(domain, Part::Constraint, constraint.name, needs_of(planner, definition.expression));
  domain.constraints.push_back(std::move(constraint));
}

void apply(Planner& planner, catalog::Type& domain, const ConstraintDefinition& definition) {
  switch (definition.type) {
    case ConstraintDefinition::Type::NotNull:
      domain.not_null = true;
      break;
    case ConstraintDefinition::Type::Default:
      domain.default_value = store_expression(planner, definition.expression);
      set_needs(domain, Part::Default, {}, needs_of(planner, definition.expression));
      break;
    case ConstraintDefinition::Type::Check:
      add_check(planner, domain, definition);
      break;
    default:
      break;
  }
}

// The domain and all domains over it.
std::vector<catalog::ObjectId> domains_over(const Planner& planner, catalog::ObjectId domain) {
  std::vector<catalog::ObjectId> found = {domain};
  for (std::size_t at = 0; at < found.size(); ++at) {
    for (const auto& [dependent, dependency] : planner.draft.dependents_of(found[at])) {
      const auto* type = std::get_if<catalog::Type>(dependent);
      const bool over =
          type != nullptr && type->kind == catalog::TypeKind::Domain && type->base.id == found[at];
      if (over && std::find(found.begin(), found.end(), type->id) == found.end()) found.push_back(type->id);
    }
  }
  return found;
}

// A table or materialized view with a column of the type itself; of an array of it the values are not tested.
bool holds_rows_of(const catalog::Object& object, catalog::ObjectId type) {
  const auto has_column = [&](const std::vector<catalog::Column>& columns) {
    return std::any_of(columns.begin(), columns.end(), [&](const catalog::Column& column) {
      return column.type.id == type && column.type.array_dimensions == 0;
    });
  };
  if (const auto* table = std::get_if<catalog::Table>(&object)) {
    return table->kind == catalog::TableKind::Plain && has_column(table->columns);
  }
  const auto* view = std::get_if<catalog::View>(&object);
  return view != nullptr && view->materialized && has_column(view->columns);
}

// Old rows are tested against a new rule: SHARE on every table that has a column of the domain, and a scan.
// Unlike a table's constraint this holds for VALIDATE too. Partitioned tables have no rows of their own.
void test_rows(Planner& planner, catalog::ObjectId domain) {
  std::vector<catalog::ObjectId> seen;
  for (const catalog::ObjectId id : domains_over(planner, domain)) {
    for (const auto& [dependent, dependency] : planner.draft.dependents_of(id)) {
      if (!holds_rows_of(*dependent, id)) continue;
      const catalog::ObjectBase& relation = catalog::base(*dependent);
      if (std::find(seen.begin(), seen.end(), relation.id) != seen.end()) continue;
      seen.push_back(relation.id);
      Effect& effect = planner.effect(Planner::ref(relation), LockMode::Share);
      effect.scan = true;
      effect.reason = WorkReason::DomainConstraint;
    }
  }
}

void add_constraint(Planner& planner, const catalog::Type& domain, const ConstraintDefinition& definition) {
  const bool not_null = definition.type == ConstraintDefinition::Type::NotNull;
  if (not_null && domain.not_null) return;
  if (!definition.name.empty() && domain.constraints.find(definition.name.text) != nullptr) {
    return planner.error("42710", fmt::format("constraint \"{}\" for domain \"{}\" already exists",
                                              definition.name.text, domain.name));
  }
  if (!definition.not_valid) test_rows(planner, domain.id);
  apply(planner, planner.draft.edit<catalog::Type>(domain.id), definition);
}

void change_constraint(Planner& planner, const catalog::Type& domain, const ast::AlterDomain& statement) {
  const std::string_view name = statement.constraint_name.text;
  const catalog::DomainConstraint* found = domain.constraints.find(name);
  if (found == nullptr) {
    if (statement.missing_ok) {
      planner.plan.no_op = true;
    } else if (!domain.uncertain) {
      planner.error("42704",
                    fmt::format("constraint \"{}\" of domain \"{}\" does not exist", name, domain.name));
    }
    return;
  }
  const bool validate = statement.action == ast::AlterDomain::Action::ValidateConstraint;
  if (validate && found->valid) return;
  if (validate) test_rows(planner, domain.id);
  auto& edited = planner.draft.edit<catalog::Type>(domain.id);
  if (validate) {
    return edited.constraints.edit(name,
                                   [](catalog::DomainConstraint& constraint) { constraint.valid = true; });
  }
  drop_needs(edited, Part::Constraint, name);
  edited.constraints.erase(name);
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreateDomain& statement) {
  const std::string schema = schema_for(planner, statement.name.schema);
  if (type_exists(planner, schema, statement.name.name)) return;
  catalog::Type domain;
  domain.schema = schema;
  domain.name = std::string(statement.name.name);
  domain.origin = planner.context.origin;
  domain.kind = catalog::TypeKind::Domain;
  domain.base = require_column_type(planner, statement.type);
  set_needs(domain, Part::Whole, {}, needs_of_type(planner, domain.base));
  if (const catalog::Type* below = domain_of(planner, domain.base))
    domain.default_value = below->default_value;
  for (const ConstraintDefinition* constraint : statement.constraints) apply(planner, domain, *constraint);
  planner.draft.create(std::move(domain));
}

void plan_statement(Planner& planner, const ast::AlterDomain& statement) {
  using Action = ast::AlterDomain::Action;
  const catalog::Type* domain = require_type(planner, statement.name);
  if (domain == nullptr) return;
  if (domain->kind != catalog::TypeKind::Domain) {
    return planner.error("42809", fmt::format("{} is not a domain", domain->name));
  }
  switch (statement.action) {
    case Action::AddConstraint:
      if (statement.constraint != nullptr) add_constraint(planner, *domain, *statement.constraint);
      return;
    case Action::DropConstraint:
    case Action::ValidateConstraint:
      return change_constraint(planner, *domain, statement);
    case Action::SetNotNull:
      if (domain->not_null) return;
      test_rows(planner, domain->id);
      planner.draft.edit<catalog::Type>(domain->id).not_null = true;
      return;
    case Action::DropNotNull:
      planner.draft.edit<catalog::Type>(domain->id).not_null = false;
      return;
    case Action::SetDefault:
    case Action::DropDefault: {
      auto& edited = planner.draft.edit<catalog::Type>(domain->id);
      const bool set = statement.action == Action::SetDefault;
      edited.default_value = set ? store_expression(planner, statement.expression) : nullptr;
      set_needs(edited, Part::Default, {},
                set ? needs_of(planner, statement.expression) : std::vector<catalog::Dependency>{});
      return;
    }
  }
}

}  // namespace migcheck::plan
