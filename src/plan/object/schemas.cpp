// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

// CREATE SCHEMA s CREATE TABLE t …: an element without a schema goes into the new one.
template <typename Element>
bool plan_element(Planner& planner, const ast::Statement& statement, std::string_view schema,
                  ast::RelationName Element::*relation) {
  const auto* element = ast::as<Element>(&statement);
  if (element == nullptr) return false;
  Element inside = *element;
  if ((inside.*relation).schema.empty()) (inside.*relation).schema = schema;
  plan_statement(planner, inside);
  return true;
}

void plan_element(Planner& planner, const ast::Statement& element, std::string_view schema) {
  if (const auto* grant = ast::as<ast::Grant>(&element)) return plan_statement(planner, *grant);
  plan_element(planner, element, schema, &ast::CreateTable::relation) ||
      plan_element(planner, element, schema, &ast::CreateView::relation) ||
      plan_element(planner, element, schema, &ast::CreateIndex::table) ||
      plan_element(planner, element, schema, &ast::CreateSequence::relation) ||
      plan_element(planner, element, schema, &ast::CreateTrigger::table);
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreateSchema& statement) {
  const std::string name(statement.name.empty() ? statement.owner : statement.name.text);
  const catalog::Object* existing = planner.draft.global(catalog::ObjectKind::Schema, name);
  if (existing != nullptr) {
    if (statement.if_not_exists) {
      planner.plan.no_op = true;
    } else if (!catalog::base(*existing).uncertain) {
      planner.error("42P06", fmt::format("schema \"{}\" already exists", name));
    }
    return;
  }
  catalog::Schema schema;
  schema.name = name;
  schema.owner = std::string(statement.owner);
  schema.origin = planner.context.origin;
  planner.draft.create(std::move(schema));
  const catalog::ObjectId first = planner.before.next_id() + 1;
  planner.inner_path = {name};
  planner.inner_path.insert(planner.inner_path.end(), planner.context.session.search_path.begin(),
                            planner.context.session.search_path.end());
  for (const ast::Statement* element : statement.elements) plan_element(planner, *element, name);
  planner.inner_path.clear();
  if (statement.owner.empty()) return;
  for (catalog::ObjectId id = first; planner.draft.object(id) != nullptr; ++id) {
    edit_base(planner.draft, id).owner = std::string(statement.owner);
  }
}

}  // namespace migcheck::plan
