// SPDX-License-Identifier: MIT
// CREATE TABLE AS and SELECT INTO: a table of its own from a query's result, without keys, defaults and NOT
// NULL. Materialized views are views to the catalog.
#include "migcheck/reads.hpp"
#include "plan/drop/dependencies.hpp"
#include "plan/query/data.hpp"
#include "plan/query/stored_trees.hpp"
#include "plan/statements.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

std::string schema_for(const Planner& planner, const ast::RelationName& name) {
  if (name.temporary) return "pg_temp";
  return name.schema.empty() ? std::string(planner.draft.creation_schema(planner.search_path()))
                             : std::string(name.schema);
}

std::vector<catalog::Column> result_columns(const Planner& planner, const ast::CreateTableAs& statement,
                                            bool& known) {
  const QueryOutput output = output_of(*statement.query, planner.before, planner.search_path());
  known = output.known;
  std::vector<catalog::Column> columns;
  for (const OutputColumn& result : output.columns) {
    catalog::Column column;
    const std::size_t at = columns.size();
    column.name = at < statement.columns.size() ? std::string(statement.columns[at].text) : result.name;
    column.number = static_cast<catalog::ColumnNumber>(at + 1);
    column.type = result.type;
    column.collation = collation_of(planner, result.relation, result.column);
    column.origin = planner.context.origin;
    columns.push_back(std::move(column));
  }
  return columns;
}

void create_as_table(Planner& planner, const ast::CreateTableAs& statement) {
  catalog::Table table;
  bool known = true;
  table.columns = result_columns(planner, statement, known);
  if (names_column_twice(planner, table.columns)) return;
  table.uncertain = !known;
  table.next_column = static_cast<catalog::ColumnNumber>(table.columns.size() + 1);
  table.schema = schema_for(planner, statement.relation);
  table.name = statement.relation.name;
  table.origin = planner.context.origin;
  table.tablespace = statement.tablespace;
  const auto* query = ast::as<ast::Select>(statement.query);
  table.populated_here = statement.with_data && (query == nullptr || !query->from.empty());
  if (statement.relation.temporary) table.persistence = catalog::Persistence::Temporary;
  if (statement.unlogged) table.persistence = catalog::Persistence::Unlogged;
  for (const ast::Option* option : statement.options)
    table.options[std::string(option->name)] = option->value;
  const catalog::Table& created = planner.draft.create(std::move(table));
  auto& draft = planner.draft.edit<catalog::Table>(created.id);
  for (const catalog::Column& column : created.columns) {
    set_needs(draft, Part::Column, column.name, needs_of_type(column.type));
  }
  planner.effect(Planner::ref(created), LockMode::AccessExclusive).creates = true;
}

void create_materialized_view(Planner& planner, const ast::CreateTableAs& statement) {
  catalog::View view;
  bool known = true;
  view.columns = result_columns(planner, statement, known);
  if (names_column_twice(planner, view.columns)) return;
  view.uncertain = !known;
  view.materialized = true;
  view.populated = statement.with_data;
  view.schema = schema_for(planner, statement.relation);
  view.name = statement.relation.name;
  view.origin = planner.context.origin;
  view.owner = planner.context.session.role;
  view.query = store_query(planner, ast::as<ast::Select>(statement.query));
  for (const ast::Option* option : statement.options) view.options[std::string(option->name)] = option->value;
  set_needs(view, Part::Whole, {}, needs_of_view(planner, view, *statement.query));
  const catalog::View& created = planner.draft.create(std::move(view));
  planner.effect(Planner::ref(created), LockMode::AccessExclusive).creates = true;
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreateTableAs& statement) {
  if (!schema_exists(planner, statement.relation)) return;
  if (planner.draft.relation(schema_for(planner, statement.relation), statement.relation.name, {}) !=
      nullptr) {
    if (!statement.if_not_exists) {
      return planner.error("42P07",
                           "relation \"" + std::string(statement.relation.name) + "\" already exists");
    }
    planner.plan.no_op = true;
    return;
  }
  if (statement.query != nullptr) {
    lock_query(planner, *statement.query, statement.with_data ? QueryWork::Run : QueryWork::Analyze);
  }
  if (statement.query == nullptr || !planner.plan.errors.empty()) return;
  // In a body a name may be a variable.
  if (!planner.context.in_body && names_missing_column(planner, *statement.query)) return;
  if (statement.materialized_view) {
    create_materialized_view(planner, statement);
  } else {
    create_as_table(planner, statement);
  }
}

}  // namespace migcheck::plan
