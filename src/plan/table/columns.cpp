// SPDX-License-Identifier: MIT
#include "plan/table/columns.hpp"

#include "migcheck/ast/print.hpp"
#include "plan/drop/dependencies.hpp"
#include "plan/names.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

using ConstraintType = ast::ConstraintDefinition::Type;

namespace {

void apply_clause(Planner& planner, catalog::Column& column, const ast::ConstraintDefinition& clause) {
  switch (clause.type) {
    case ConstraintType::NotNull:
      column.not_null = true;
      column.not_null_valid = !clause.not_valid;
      column.not_null_name = clause.name.text;
      break;
    case ConstraintType::Default:
      column.default_value = stored_default(planner, clause.expression, column.type);
      break;
    case ConstraintType::Generated:
      column.default_value = ast::clone(clause.expression, planner.draft.arena());
      column.generated = clause.generated_virtual ? catalog::Generated::Virtual : catalog::Generated::Stored;
      break;
    case ConstraintType::Identity:
      column.identity = clause.generated_always ? catalog::Identity::Always : catalog::Identity::ByDefault;
      column.not_null = true;
      break;
    case ConstraintType::PrimaryKey:
      column.not_null = true;
      break;
    default:
      break;
  }
}

// nextval('schema.sequence'::regclass), as a serial column gets it.
const ast::Expression* nextval_of(Planner& planner, catalog::ObjectId sequence_id) {
  const auto& sequence = *planner.draft.get<catalog::Sequence>(sequence_id);
  ast::Arena& arena = planner.draft.arena();
  auto* name = arena.make<ast::Constant>();
  name->type = ast::Constant::Type::String;
  name->text = arena.text(ast::quoted_name(sequence.schema) + "." + ast::quoted_name(sequence.name));
  auto* type = arena.make<ast::TypeName>();
  type->name = "regclass";
  auto* cast = arena.make<ast::Cast>();
  cast->argument = name;
  cast->type = type;
  auto* call = arena.make<ast::FunctionCall>();
  call->name.name = "nextval";
  call->arguments = arena.list(std::vector<const ast::Expression*>{cast});
  return call;
}

}  // namespace

bool refuses_more_columns(Planner& planner, const catalog::Table& table) {
  constexpr catalog::ColumnNumber kMost = 1600;  // MaxHeapAttributeNumber
  if (table.next_column <= kMost) return false;
  planner.error("54011", "tables can have at most 1600 columns");
  return true;
}

bool has_default_clause(const ast::ColumnDefinition& definition) {
  return (definition.type != nullptr && definition.type->serial()) ||
         definition.find(ConstraintType::Default) != nullptr ||
         definition.find(ConstraintType::Generated) != nullptr;
}

bool refuses_identity(Planner& planner, const catalog::TypeRef& type) {
  const bool whole_number =
      type.array_dimensions == 0 && (type.name == "int2" || type.name == "int4" || type.name == "int8");
  if (type.schema != "pg_catalog" || whole_number) return false;
  planner.error("22023", "identity column type must be smallint, integer, or bigint");
  return true;
}

catalog::ObjectId create_column_sequence(Planner& planner, catalog::ObjectId table, catalog::Column& column,
                                         bool identity) {
  const auto& owner = *planner.draft.get<catalog::Table>(table);
  catalog::Sequence sequence;
  sequence.schema = owner.schema;
  sequence.name = choose_relation_name(planner, owner.name, column.name, "seq", owner.schema);
  sequence.type = column.type.schema == "pg_catalog" ? column.type.name : "int8";
  sequence.owned_by = table;
  sequence.owned_column = column.number;
  sequence.identity = identity;
  sequence.persistence = owner.persistence;
  sequence.origin = column.origin;
  sequence.dependencies.push_back(
      {table,
       column.number,
       identity ? catalog::DependencyKind::Internal : catalog::DependencyKind::Auto,
       Part::Whole,
       {}});
  const catalog::Sequence& created = planner.draft.create(std::move(sequence));
  column.sequence = created.id;
  Effect& effect = planner.effect(Planner::ref(created), LockMode::AccessExclusive);
  effect.creates = true;
  return created.id;
}

void record_column_needs(Planner& planner, catalog::Table& table, const catalog::Column& column) {
  set_needs(table, Part::Column, column.name, needs_of_type(column.type));
  set_needs(table, Part::Default, column.name, needs_of(planner, column.default_value));
}

const ast::Expression* stored_default(const Planner& planner, const ast::Expression* written,
                                      const catalog::TypeRef& type) {
  const ast::Expression* value = written;
  const auto* cast = ast::as<ast::Cast>(value);
  if (cast != nullptr && cast->type->name == type.name && cast->type->modifiers.empty())
    value = cast->argument;
  const auto* constant = ast::as<ast::Constant>(value);
  const bool is_null = constant != nullptr && constant->type == ast::Constant::Type::Null;
  if (is_null && type.modifiers.empty() && domain_of(planner, type) == nullptr) return nullptr;
  return ast::clone(written, planner.draft.arena());
}

catalog::Column& add_column(Planner& planner, catalog::ObjectId table_id,
                            const ast::ColumnDefinition& definition) {
  auto& table = planner.draft.edit<catalog::Table>(table_id);
  catalog::Column column;
  column.name = definition.name.text;
  column.number = table.next_column++;
  column.type = require_column_type(planner, definition.type);
  if (definition.collation.name != "default") column.collation = definition.collation.name;
  column.compression = definition.compression;
  column.storage = definition.storage;
  column.origin = origin_at(planner, definition.span);
  for (const ast::ConstraintDefinition* clause : definition.constraints)
    apply_clause(planner, column, *clause);
  const bool serial = definition.type != nullptr && definition.type->serial();
  if (serial && definition.find(ConstraintType::Default) != nullptr) {
    planner.error("42601", "multiple default values specified for column \"" + column.name +
                               "\" of table \"" + table.name + "\"");
  }
  if (serial) column.not_null = true;
  const bool identity = column.identity != catalog::Identity::No && !refuses_identity(planner, column.type);
  if (serial || identity) {
    const catalog::ObjectId sequence = create_column_sequence(planner, table_id, column, !serial);
    if (serial) column.default_value = nextval_of(planner, sequence);
  }
  table.columns.push_back(std::move(column));
  catalog::Column& added = table.columns.back();
  if (added.not_null && added.not_null_name.empty() && planner.version() >= 18) {
    added.not_null_name = choose_constraint_name(planner, table, added.name, "not_null");
  }
  record_column_needs(planner, table, added);
  return added;
}

catalog::Column copy_column(const catalog::Column& column, catalog::Table& into, catalog::Origin origin) {
  catalog::Column copy = column;
  copy.number = into.next_column++;
  copy.sequence = catalog::kNoObject;
  copy.identity = catalog::Identity::No;
  copy.not_null_valid = true;
  copy.origin = origin;
  return copy;
}

}  // namespace migcheck::plan
