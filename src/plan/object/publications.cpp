// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using catalog::ObjectId;
using catalog::Publication;

// Locks the tables and gives those that the history shows. A partitioned table stands for its partitions;
// inheritance children are locked and published with their parent unless ONLY is written.
std::vector<ObjectId> lock_tables(Planner& planner, ast::List<ast::PublishedTable> tables) {
  std::vector<ObjectId> found;
  for (const ast::PublishedTable& published : tables) {
    planner.clause = published.relation.span;
    const catalog::Object* object = require_relation(planner, published.relation);
    planner.effect(planner.ref(published.relation), LockMode::ShareUpdateExclusive);
    const auto* table = object == nullptr ? nullptr : std::get_if<catalog::Table>(object);
    if (table == nullptr) continue;
    found.push_back(table->id);
    if (published.relation.only || table->kind == catalog::TableKind::Partitioned) continue;
    for (const catalog::Table* child : descendants(planner, table->id, true)) {
      planner.effect(Planner::ref(*child), LockMode::ShareUpdateExclusive);
      found.push_back(child->id);
    }
  }
  planner.clause = {};
  return found;
}

void set_options(Publication& publication, ast::List<const ast::Option*> options) {
  for (const ast::Option* option : options) {
    publication.options[std::string(option->name)] = std::string(option->value);
  }
}

void add_schemas(std::vector<std::string>& to, const ast::List<std::string_view>& schemas) {
  for (const std::string_view schema : schemas) {
    if (std::find(to.begin(), to.end(), schema) == to.end()) to.emplace_back(schema);
  }
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreatePublication& statement) {
  if (planner.draft.global(catalog::ObjectKind::Publication, statement.name.text) != nullptr) {
    return planner.error("42710", fmt::format("publication \"{}\" already exists", statement.name.text));
  }
  Publication publication;
  publication.name = std::string(statement.name.text);
  publication.origin = planner.context.origin;
  publication.all_tables = statement.all_tables;
  publication.tables = lock_tables(planner, statement.tables);
  add_schemas(publication.schemas, statement.schemas);
  if (statement.current_schema) publication.schemas.push_back(schema_for(planner, {}));
  set_options(publication, statement.options);
  if (planner.plan.errors.empty()) planner.draft.create(std::move(publication));
}

void plan_statement(Planner& planner, const ast::AlterPublication& statement) {
  using Action = ast::AlterPublication::Action;
  const std::vector<ObjectId> tables = lock_tables(planner, statement.tables);
  const catalog::Object* found = planner.draft.global(catalog::ObjectKind::Publication, statement.name.text);
  if (found == nullptr || !planner.plan.errors.empty()) return;
  auto& publication = planner.draft.edit<Publication>(catalog::base(*found).id);
  switch (statement.action) {
    case Action::Options:
      return set_options(publication, statement.options);
    case Action::Set:
      publication.tables.clear();
      publication.schemas.clear();
      [[fallthrough]];
    case Action::Add:
      for (const ObjectId table : tables) {
        if (!publication.tables.has(table)) publication.tables.push_back(table);
      }
      add_schemas(publication.schemas, statement.schemas);
      return;
    case Action::Drop:
      for (const ObjectId table : tables) publication.tables.erase_like(table);
      for (const std::string_view schema : statement.schemas) std::erase(publication.schemas, schema);
      return;
  }
}

}  // namespace migcheck::plan
