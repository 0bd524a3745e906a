// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "plan/rename/rename.hpp"
#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using ast::ObjectType;

// ALTER INDEX … RENAME is light; the same through ALTER TABLE is not.
void rename_relation_statement(Planner& planner, const ast::Rename& statement) {
  const ast::QualifiedName& name = statement.target.name;
  const catalog::Object* found = require_relation(planner, name, statement.if_exists);
  if (planner.plan.no_op) return;
  const bool is_index = found == nullptr ? statement.relation_type == ObjectType::Index
                                         : std::holds_alternative<catalog::Index>(*found);
  const bool light = statement.relation_type == ObjectType::Index && is_index;
  planner.effect(planner.ref(name), light ? LockMode::ShareUpdateExclusive : LockMode::AccessExclusive)
      .of_index = is_index;
  if (found == nullptr || refuse_wrong_kind(planner, *found, statement.relation_type)) return;
  const catalog::ObjectBase& base = catalog::base(*found);
  if (relation_exists(planner, base.schema, statement.new_name.text)) return;
  rename_relation(planner, base.id, base.schema, statement.new_name.text);
}

void rename_column_statement(Planner& planner, const ast::Rename& statement) {
  const catalog::Object* found = require_relation(planner, statement.target.on, statement.if_exists);
  if (planner.plan.no_op) return;
  planner.effect(planner.ref(statement.target.on), LockMode::AccessExclusive);
  if (found == nullptr) return;
  const std::string_view from = statement.target.name.name;
  const std::string_view to = statement.new_name.text;
  if (const auto* table = std::get_if<catalog::Table>(found)) {
    const catalog::Column* column = table->column(from);
    if (column == nullptr) {
      if (table->is_doubtful(catalog::TablePart::Column, from)) return;
      return missing(planner, "42703", table->schema, fmt::format("column \"{}\" does not exist", from));
    }
    if (column->inherited > 0) {
      return planner.error("42P16", fmt::format("cannot rename inherited column \"{}\"", from));
    }
    if (table->column(to) != nullptr) {
      return planner.error("42701",
                           fmt::format("column \"{}\" of relation \"{}\" already exists", to, table->name));
    }
    for (const catalog::Table* child : descendants(planner, table->id, true)) {
      planner.effect(Planner::ref(*child), LockMode::AccessExclusive);
    }
    rename_column(planner, table->id, from, to);
  } else if (const auto* view = std::get_if<catalog::View>(found)) {
    rename_view_column(planner, view->id, from, to);
  }
}

void rename_constraint_statement(Planner& planner, const ast::Rename& statement) {
  const catalog::Object* found = require_relation(planner, statement.target.on, statement.if_exists);
  if (planner.plan.no_op) return;
  planner.effect(planner.ref(statement.target.on), LockMode::AccessExclusive);
  const auto* table = found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
  if (table == nullptr) return;
  const std::string_view from = statement.target.name.name;
  const catalog::Constraint* constraint = table->constraint(from);
  if (constraint == nullptr) {
    rename_not_null(planner, *table, from, statement.new_name.text);
    return;
  }
  if (const auto* index = planner.draft.get<catalog::Index>(constraint->index);
      index != nullptr && constraint->kind != catalog::ConstraintKind::ForeignKey) {
    planner.effect(Planner::ref(*index), LockMode::ShareUpdateExclusive).of_index = true;
    if (relation_exists(planner, index->schema, statement.new_name.text)) return;
  }
  if (table->constraint(statement.new_name.text) != nullptr) {
    return planner.error("42710", fmt::format("constraint \"{}\" for relation \"{}\" already exists",
                                              statement.new_name.text, table->name));
  }
  for (const catalog::Table* child : descendants(planner, table->id, true)) {
    if (child->constraint(from) != nullptr && child->constraint(from)->inherited > 0) {
      planner.effect(Planner::ref(*child), LockMode::AccessExclusive);
    }
  }
  rename_constraint(planner, table->id, from, statement.new_name.text);
}

// Triggers, policies, rules: parts of a table that are only names to others.
template <typename T>
void rename_in(Planner& planner, catalog::Parts<T>& parts, const ast::Rename& statement,
               std::string_view word, std::string_view relation) {
  const std::string_view from = statement.target.name.name;
  const std::string_view to = statement.new_name.text;
  if (parts.find(to) != nullptr) {
    planner.error("42710", fmt::format("{} \"{}\" for table \"{}\" already exists", word, to, relation));
  } else if (parts.find(from) != nullptr) {
    parts.edit(from, [&](T& part) { part.name = std::string(to); });
  } else {
    missing(planner, "42704", {},
            fmt::format("{} \"{}\" for table \"{}\" does not exist", word, from, relation));
  }
}

void rename_trigger_clones(Planner& planner, const catalog::Table& table, const ast::Rename& statement) {
  const std::string_view from = statement.target.name.name;
  for (const catalog::Table* partition : descendants(planner, table.id)) {
    auto& edited = planner.draft.edit<catalog::Table>(partition->id);
    edited.triggers.edit(from, [&](catalog::Trigger& trigger) {
      if (trigger.row) trigger.name = std::string(statement.new_name.text);
    });
    rename_needs(edited, Part::Trigger, from, statement.new_name.text);
  }
}

void rename_part_statement(Planner& planner, const ast::Rename& statement) {
  const catalog::Object* found = require_relation(planner, statement.target.on, statement.if_exists);
  if (planner.plan.no_op) return;
  planner.effect(planner.ref(statement.target.on), LockMode::AccessExclusive);
  const auto* table = found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
  if (found != nullptr && table == nullptr && statement.object == ObjectType::Policy) {
    return planner.error("42809", fmt::format("\"{}\" is not a table", catalog::base(*found).name));
  }
  if (table == nullptr || table->is_doubtful(table_part(statement.object), statement.target.name.name))
    return;
  if (statement.object == ObjectType::Trigger) {
    for (const catalog::Table* partition : descendants(planner, table->id)) {
      planner.effect(Planner::ref(*partition), LockMode::AccessExclusive);
    }
  }
  if (statement.object == ObjectType::Trigger) rename_trigger_clones(planner, *table, statement);
  auto& edited = planner.draft.edit<catalog::Table>(table->id);
  Part part = Part::Rule;
  if (statement.object == ObjectType::Trigger) {
    part = Part::Trigger;
    rename_in(planner, edited.triggers, statement, "trigger", edited.name);
  } else if (statement.object == ObjectType::Policy) {
    part = Part::Policy;
    rename_in(planner, edited.policies, statement, "policy", edited.name);
  } else {
    rename_in(planner, edited.rules, statement, "rule", edited.name);
  }
  rename_needs(edited, part, statement.target.name.name, statement.new_name.text);
}

void rename_type_statement(Planner& planner, const ast::Rename& statement) {
  const catalog::Type* type = require_type(planner, statement.target.name, statement.if_exists);
  if (type == nullptr) return;
  if (type_exists(planner, type->schema, statement.new_name.text)) return;
  if (const auto* table = planner.draft.get<catalog::Table>(type->composite)) {
    planner.effect(Planner::ref(*table), LockMode::AccessExclusive);
  }
  move_type(planner, type->id, type->schema, statement.new_name.text);
}

void rename_schema_statement(Planner& planner, const ast::Rename& statement) {
  const std::string from(statement.target.name.name);
  const catalog::Object* schema = planner.draft.global(catalog::ObjectKind::Schema, from);
  if (planner.draft.global(catalog::ObjectKind::Schema, statement.new_name.text) != nullptr) {
    return planner.error("42P06", fmt::format("schema \"{}\" already exists", statement.new_name.text));
  }
  rename_schema(planner, from, statement.new_name.text);
  if (schema != nullptr) {
    edit_base(planner.draft, catalog::base(*schema).id).name = std::string(statement.new_name.text);
  }
}

void rename_domain_constraint(Planner& planner, const ast::Rename& statement) {
  const catalog::Type* domain = require_type(planner, statement.target.on, statement.if_exists);
  if (domain == nullptr) return;
  auto& edited = planner.draft.edit<catalog::Type>(domain->id);
  edited.constraints.edit(statement.target.name.name, [&](catalog::DomainConstraint& constraint) {
    constraint.name = std::string(statement.new_name.text);
  });
  rename_needs(edited, Part::Constraint, statement.target.name.name, statement.new_name.text);
}

void rename_other_statement(Planner& planner, const ast::Rename& statement) {
  const catalog::Object* found = find_object(planner, statement.object, statement.target);
  if (found == nullptr) {
    const bool is_function =
        statement.object == ObjectType::Function || statement.object == ObjectType::Procedure;
    if (is_function && function_surely_absent(planner, statement.target.name)) {
      planner.error("42883", fmt::format("function {} does not exist", statement.target.name.name));
    }
    return;
  }
  const catalog::ObjectId id = catalog::base(*found).id;
  if (std::holds_alternative<catalog::Function>(*found)) {
    move_function(planner, id, catalog::base(*found).schema, statement.new_name.text);
  } else {
    edit_base(planner.draft, id).name = std::string(statement.new_name.text);
  }
}

}  // namespace

void plan_statement(Planner& planner, const ast::Rename& statement) {
  switch (statement.object) {
    case ObjectType::Table:
    case ObjectType::View:
    case ObjectType::MaterializedView:
    case ObjectType::Index:
    case ObjectType::Sequence:
    case ObjectType::ForeignTable:
      return rename_relation_statement(planner, statement);
    case ObjectType::Column:
    case ObjectType::Attribute:
      return rename_column_statement(planner, statement);
    case ObjectType::Constraint:
      return rename_constraint_statement(planner, statement);
    case ObjectType::DomainConstraint:
      return rename_domain_constraint(planner, statement);
    case ObjectType::Trigger:
    case ObjectType::Policy:
    case ObjectType::Rule:
      return rename_part_statement(planner, statement);
    case ObjectType::Type:
    case ObjectType::Domain:
    case ObjectType::CompositeType:
      return rename_type_statement(planner, statement);
    case ObjectType::Schema:
      return rename_schema_statement(planner, statement);
    default:
      return rename_other_statement(planner, statement);
  }
}

}  // namespace migcheck::plan
