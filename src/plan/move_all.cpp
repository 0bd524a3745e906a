// SPDX-License-Identifier: MIT
// ALTER TABLE (INDEX, MATERIALIZED VIEW) ALL IN TABLESPACE: every such object of this database that lies
// there.
#include <algorithm>

#include "plan/inheritance.hpp"
#include "plan/statements.hpp"

namespace migcheck::plan {

namespace {

// The history tells an owner only where it sets one: of the others, any role may be the owner.
bool owned_by(const catalog::ObjectBase& object, const ast::MoveAll& statement) {
  if (statement.owners.empty() || object.owner.empty()) return true;
  return std::find(statement.owners.begin(), statement.owners.end(), object.owner) != statement.owners.end();
}

std::string_view place_of(std::string_view tablespace) {
  return tablespace == "pg_default" ? std::string_view() : tablespace;
}

Effect& move(Planner& planner, const catalog::ObjectBase& object, const ast::MoveAll& statement) {
  Effect& effect = planner.effect(Planner::ref(object), LockMode::AccessExclusive);
  effect.reason = WorkReason::Tablespace;
  effect.assumed = !statement.owners.empty() && object.owner.empty();
  return effect;
}

void move_tables(Planner& planner, const ast::MoveAll& statement) {
  for (const catalog::Table* table : planner.before.tables()) {
    const bool has_files_or_parts =
        table->kind == catalog::TableKind::Plain || table->kind == catalog::TableKind::Partitioned;
    if (!has_files_or_parts || table->persistence == catalog::Persistence::Temporary) continue;
    if (place_of(table->tablespace) != place_of(statement.from) || !owned_by(*table, statement)) continue;
    move(planner, *table, statement).rewrite = holds_rows(*table);
    planner.draft.edit<catalog::Table>(table->id).tablespace = place_of(statement.to);
  }
}

// Where indexes and materialized views lie is not kept: all of them are taken to lie there.
void move_views(Planner& planner, const ast::MoveAll& statement) {
  for (const catalog::Object* object : planner.before.objects(catalog::ObjectKind::View)) {
    const auto& view = std::get<catalog::View>(*object);
    if (!view.materialized || !owned_by(view, statement)) continue;
    Effect& effect = move(planner, view, statement);
    effect.rewrite = true;
    effect.assumed = true;
  }
}

void move_indexes(Planner& planner, const ast::MoveAll& statement) {
  for (const catalog::Object* object : planner.before.objects(catalog::ObjectKind::Index)) {
    const auto& index = std::get<catalog::Index>(*object);
    if (!owned_by(index, statement)) continue;
    Effect& effect = move(planner, index, statement);
    effect.of_index = true;
    effect.builds.push_back(index.name);
    effect.assumed = true;
  }
}

}  // namespace

void plan_statement(Planner& planner, const ast::MoveAll& statement) {
  if (place_of(statement.from) == place_of(statement.to)) {
    planner.plan.no_op = true;
    return;
  }
  switch (statement.object) {
    case ast::ObjectType::Index:
      return move_indexes(planner, statement);
    case ast::ObjectType::MaterializedView:
      return move_views(planner, statement);
    default:
      return move_tables(planner, statement);
  }
}

}  // namespace migcheck::plan
