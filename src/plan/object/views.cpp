// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "plan/query/locks.hpp"
#include "plan/query/stored_trees.hpp"
#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

std::vector<catalog::Column> columns_for(const Planner& planner, const ast::CreateView& statement,
                                         bool& known) {
  QueryResolver resolver(lookup_of(planner));
  QueryOutput output =
      statement.query == nullptr ? QueryOutput{} : resolver.statement(*statement.query, nullptr);
  rename_columns(output, statement.columns);
  known = output.known || (!statement.columns.empty() && output.columns.size() == statement.columns.size());
  std::vector<catalog::Column> columns;
  // A list with gaps is worse than none: names would seem to be missing that are there.
  if (!known) return columns;
  for (OutputColumn& result : output.columns) {
    catalog::Column column;
    column.name = std::move(result.name);
    column.number = static_cast<catalog::ColumnNumber>(columns.size() + 1);
    column.type = std::move(result.type);
    column.collation = collation_of(planner, result.relation, result.column);
    column.origin = planner.context.origin;
    columns.push_back(std::move(column));
  }
  return columns;
}

bool may_be_same_type(const catalog::TypeRef& left, const catalog::TypeRef& right) {
  const bool both_known =
      !left.name.empty() && !right.name.empty() && !left.schema.empty() && !right.schema.empty();
  return !both_known || left == right;
}

// OR REPLACE may only add columns at the end: everybody who reads the view counts on the ones before.
bool replaceable(Planner& planner, const catalog::View& view, const std::vector<catalog::Column>& columns) {
  if (view.uncertain || view.columns.empty()) return true;
  if (columns.size() < view.columns.size()) {
    planner.error("42P16", "cannot drop columns from view");
    return false;
  }
  for (std::size_t at = 0; at < view.columns.size(); ++at) {
    const catalog::Column& old = view.columns[at];
    if (old.name != columns[at].name) {
      planner.error("42P16", fmt::format("cannot change name of view column \"{}\" to \"{}\"", old.name,
                                         columns[at].name));
      return false;
    }
    if (!may_be_same_type(old.type, columns[at].type)) {
      planner.error("42P16",
                    fmt::format("cannot change data type of view column \"{}\" from {} to {}", old.name,
                                catalog::to_string(old.type), catalog::to_string(columns[at].type)));
      return false;
    }
  }
  return true;
}

std::map<std::string, std::string, std::less<>> options_of(const ast::CreateView& statement) {
  std::map<std::string, std::string, std::less<>> options;
  for (const ast::Option* option : statement.options) {
    options[std::string(option->name)] = option->has_value ? std::string(option->value) : "true";
  }
  if (statement.check_option != ast::CreateView::CheckOption::None) {
    const bool local = statement.check_option == ast::CreateView::CheckOption::Local;
    options["check_option"] = local ? "local" : "cascaded";
  }
  return options;
}

void fill(Planner& planner, catalog::View& view, const ast::CreateView& statement,
          std::vector<catalog::Column> columns) {
  // What the query's columns are called where they kept their place keeps its default too.
  for (catalog::Column& column : columns) {
    for (const catalog::Column& old : view.columns) {
      if (old.number == column.number) column.default_value = old.default_value;
    }
  }
  view.columns = std::move(columns);
  if (statement.query != nullptr) {
    set_needs(view, Part::Whole, {}, needs_of_view(planner, view, *statement.query));
  }
  view.query = store_query(planner, statement.query);
  view.options = options_of(statement);
  view.uncertain = false;
}

// A view of something temporary is temporary, whatever it says.
bool reads_temporary(const Planner& planner, const catalog::View& view, const ast::Statement& query) {
  for (const catalog::Dependency& need : needs_of_view(planner, view, query)) {
    const catalog::Object* held = planner.draft.object(need.on);
    if (held != nullptr && catalog::base(*held).schema == "pg_temp") return true;
  }
  return false;
}

void replace_view(Planner& planner, const catalog::Object& existing, const ast::CreateView& statement) {
  const auto* view = std::get_if<catalog::View>(&existing);
  if (view == nullptr || view->materialized) {
    planner.error("42809", fmt::format("\"{}\" is not a view", catalog::base(existing).name));
    return;
  }
  planner.effect(Planner::ref(*view), LockMode::AccessExclusive);
  bool known = false;
  std::vector<catalog::Column> columns = columns_for(planner, statement, known);
  if (names_column_twice(planner, columns)) return;
  if (known && !replaceable(planner, *view, columns)) return;
  auto& edited = planner.draft.edit<catalog::View>(view->id);
  edited.origin.place = planner.context.origin.place;  // what it shows now is written here
  fill(planner, edited, statement, std::move(columns));
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreateView& statement) {
  if (!knows_view_options(planner, statement.options)) return;
  lock_named_relations(planner, statement.query);
  schema_exists(planner, statement.relation);
  if (!planner.plan.errors.empty()) return;
  if (statement.query != nullptr && names_missing_column(planner, *statement.query)) return;
  const bool temporary = statement.relation.temporary;
  const std::string schema = temporary ? "pg_temp" : schema_for(planner, statement.relation.schema);
  const catalog::Object* existing = planner.draft.relation(schema, statement.relation.name, {});
  if (existing != nullptr && statement.or_replace) return replace_view(planner, *existing, statement);
  if (existing != nullptr && relation_exists(planner, schema, statement.relation.name)) return;
  catalog::View made;
  made.schema = schema;
  made.name = std::string(statement.relation.name);
  made.origin = planner.context.origin;
  made.owner = planner.context.session.role;
  made.persistence = temporary ? catalog::Persistence::Temporary : catalog::Persistence::Permanent;
  if (!temporary && statement.query != nullptr && reads_temporary(planner, made, *statement.query)) {
    made.schema = "pg_temp";
    made.persistence = catalog::Persistence::Temporary;
  }
  bool known = false;
  std::vector<catalog::Column> columns = columns_for(planner, statement, known);
  if (names_column_twice(planner, columns)) return;
  catalog::View& view = planner.draft.create(std::move(made));
  fill(planner, view, statement, std::move(columns));
  planner.effect(Planner::ref(view), LockMode::AccessExclusive).creates = true;
}

}  // namespace migcheck::plan
