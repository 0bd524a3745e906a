// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using catalog::Dependency;
using catalog::DependencyKind;

// OWNED BY [schema.]table.column, or NONE.
struct OwnedBy {
  bool given = false;
  bool none = false;
  ast::QualifiedName table;
  std::string_view column;
};

OwnedBy owned_by(ast::List<const ast::Option*> options) {
  OwnedBy owner;
  for (const ast::Option* option : options) {
    if (option->name != "owned_by") continue;
    owner.given = true;
    const auto& parts = option->values;
    owner.none = parts.size() < 2;
    if (owner.none) continue;
    owner.column = parts.back();
    owner.table.name = parts[parts.size() - 2];
    if (parts.size() > 2) owner.table.schema = parts[parts.size() - 3];
    owner.table.span = option->span;
  }
  return owner;
}

void set_owner(Planner& planner, catalog::ObjectId id, const OwnedBy& owner) {
  const auto* table = owner.none ? nullptr : planner.find_as<catalog::Table>(owner.table);
  const catalog::Column* column = table == nullptr ? nullptr : table->column(owner.column);
  if (!owner.none) {
    require_relation(planner, owner.table);
    planner.effect(planner.ref(owner.table), LockMode::AccessShare);
    if (table != nullptr && column == nullptr &&
        !table->is_doubtful(catalog::TablePart::Column, owner.column) &&
        shows_everything(planner, table->schema)) {
      planner.error(
          "42703", fmt::format("column \"{}\" of relation \"{}\" does not exist", owner.column, table->name));
    }
  }
  if (!planner.plan.errors.empty()) return;
  auto& sequence = planner.draft.edit<catalog::Sequence>(id);
  if (table != nullptr && sequence.schema != table->schema) {
    return planner.error("55000", "sequence must be in same schema as table it is linked to");
  }
  erase_if(sequence.dependencies,
           [](const Dependency& dependency) { return dependency.kind == DependencyKind::Auto; });
  sequence.owned_by = column == nullptr ? catalog::kNoObject : table->id;
  sequence.owned_column = column == nullptr ? catalog::ColumnNumber{0} : column->number;
  if (column != nullptr) {
    sequence.dependencies.push_back({table->id, column->number, DependencyKind::Auto, Part::Whole, {}});
  }
}

void set_type(catalog::Sequence& sequence, ast::List<const ast::Option*> options) {
  for (const ast::Option* option : options) {
    if (option->name != "as") continue;
    const auto* type = ast::as<ast::TypeName>(option->argument);
    sequence.type = std::string(type == nullptr ? option->value : type->name);
  }
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreateSequence& statement) {
  if (!schema_exists(planner, statement.relation)) return;
  const bool temporary = statement.relation.temporary;
  const std::string schema = temporary ? "pg_temp" : schema_for(planner, statement.relation.schema);
  if (statement.if_not_exists && planner.draft.relation(schema, statement.relation.name, {}) != nullptr) {
    planner.plan.no_op = true;
    return;
  }
  if (relation_exists(planner, schema, statement.relation.name)) return;
  catalog::Sequence made;
  made.schema = schema;
  made.name = std::string(statement.relation.name);
  made.origin = planner.context.origin;
  if (temporary) made.persistence = catalog::Persistence::Temporary;
  if (statement.unlogged) made.persistence = catalog::Persistence::Unlogged;
  set_type(made, statement.options);
  const catalog::Sequence& sequence = planner.draft.create(std::move(made));
  planner.effect(Planner::ref(sequence), LockMode::AccessExclusive).creates = true;
  if (const OwnedBy owner = owned_by(statement.options); owner.given) {
    set_owner(planner, sequence.id, owner);
  }
}

void plan_statement(Planner& planner, const ast::AlterSequence& statement) {
  const catalog::Object* found = require_relation(planner, statement.relation, statement.if_exists);
  if (planner.plan.no_op) return;
  planner.effect(planner.ref(statement.relation), LockMode::ShareRowExclusive);
  const auto* sequence = found == nullptr ? nullptr : std::get_if<catalog::Sequence>(found);
  if (sequence == nullptr) {
    if (found != nullptr) {
      planner.error("42809", fmt::format("\"{}\" is not a sequence", statement.relation.name));
    }
    return;
  }
  const OwnedBy owner = owned_by(statement.options);
  if (owner.given && sequence->identity) {
    return planner.error("0A000", "cannot change ownership of identity sequence");
  }
  set_type(planner.draft.edit<catalog::Sequence>(sequence->id), statement.options);
  if (owner.given) set_owner(planner, sequence->id, owner);
}

}  // namespace migcheck::plan
