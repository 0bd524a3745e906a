// SPDX-License-Identifier: MIT
// CREATE TABLE. The table is nobody else's yet: only what it refers to is locked.
#include <algorithm>
#include <iterator>

#include "plan/drop/dependencies.hpp"
#include "plan/names.hpp"
#include "plan/statements.hpp"
#include "plan/table/columns.hpp"
#include "plan/table/constraints.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/table/table_sources.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

using catalog::ObjectId;
using ConstraintType = ast::ConstraintDefinition::Type;

namespace {

catalog::Table empty_table(Planner& planner, const ast::CreateTable& statement) {
  catalog::Table table;
  const ast::RelationName& name = statement.relation;
  table.schema = name.temporary        ? std::string("pg_temp")
                 : name.schema.empty() ? std::string(planner.draft.creation_schema(planner.search_path()))
                                       : std::string(name.schema);
  table.name = name.name;
  table.origin = planner.context.origin;
  table.owner = planner.context.session.role;
  if (name.temporary) table.persistence = catalog::Persistence::Temporary;
  if (statement.unlogged) table.persistence = catalog::Persistence::Unlogged;
  if (statement.foreign) {
    table.kind = catalog::TableKind::Foreign;
    table.replica_identity = "nothing";  // nothing is published of it
  }
  if (statement.partition_by != nullptr) table.kind = catalog::TableKind::Partitioned;
  table.access_method = statement.access_method;
  table.tablespace = statement.tablespace;
  for (const ast::Option* option : statement.options) {
    if (option->name == "oids") continue;  // WITH (oids = false): nothing to keep since 12
    const std::string space = option->space.empty() ? std::string() : std::string(option->space) + ".";
    table.options[space + std::string(option->name)] = option->value;
  }
  return table;
}

// Columns and LIKE clauses take their places in the order in which they are written.
void add_own_columns(Planner& planner, ObjectId table, const ast::CreateTable& statement) {
  std::vector<const ast::Node*> elements(statement.columns.begin(), statement.columns.end());
  elements.insert(elements.end(), statement.likes.begin(), statement.likes.end());
  std::stable_sort(elements.begin(), elements.end(), [](const ast::Node* left, const ast::Node* right) {
    return left->span.begin < right->span.begin;
  });
  auto& columns = planner.draft.edit<catalog::Table>(table).columns;
  columns.reserve(columns.size() + elements.size());
  for (const ast::Node* element : elements) {
    planner.clause = element->span;
    if (const auto* like = ast::as<ast::LikeClause>(element)) {
      add_like_columns(planner, table, *like);
      continue;
    }
    const auto* definition = ast::as<ast::ColumnDefinition>(element);
    auto& draft = planner.draft.edit<catalog::Table>(table);
    const catalog::Column* existing = draft.column(definition->name.text);
    if (existing == nullptr) {
      if (refuses_more_columns(planner, draft)) return;
      add_column(planner, table, *definition);
    } else if (existing->local && draft.of_type == catalog::kNoObject) {
      planner.error("42701", "column \"" + existing->name + "\" specified more than once");
    } else {
      // The parent has it: defaults and NOT NULL are added to what was inherited.
      for (catalog::Column& column : draft.columns) {
        if (column.name != definition->name.text) continue;
        column.local = true;
        if (const auto* not_null = definition->find(ConstraintType::NotNull)) {
          const bool named = !not_null->name.empty() || planner.version() < 18;
          column.not_null_name = named ? std::string(not_null->name.text)
                                       : choose_constraint_name(planner, draft, column.name, "not_null");
          column.not_null = true;
        }
        if (const auto* value = definition->find(ConstraintType::Default)) {
          column.default_value = stored_default(planner, value->expression, column.type);
        }
      }
    }
  }
}

void add_partition_keys(Planner& planner, ObjectId table_id, const ast::PartitionBy& by) {
  auto& table = planner.draft.edit<catalog::Table>(table_id);
  catalog::Partitioning partitioning;
  partitioning.strategy = by.strategy;
  partitioning.keys = key_elements(planner, &table, by.keys);
  table.partitioning = std::move(partitioning);
}

struct PendingConstraint {
  const ast::ConstraintDefinition* definition = nullptr;
  catalog::ColumnNumber column = 0;
};

std::vector<PendingConstraint> constraints_of(const catalog::Table& table,
                                              const ast::CreateTable& statement) {
  std::vector<PendingConstraint> pending;
  for (const ast::ColumnDefinition* definition : statement.columns) {
    const catalog::Column* column = table.column(definition->name.text);
    if (column == nullptr) continue;
    for (const ast::ConstraintDefinition* clause : definition->constraints) {
      pending.push_back({clause, column->number});
    }
  }
  for (const ast::ConstraintDefinition* constraint : statement.constraints)
    pending.push_back({constraint, 0});
  return pending;
}

bool is_key(ConstraintType type) {
  return type == ConstraintType::PrimaryKey || type == ConstraintType::Unique ||
         type == ConstraintType::Exclusion;
}

void add_not_null(Planner& planner, ObjectId table_id, const ast::ConstraintDefinition& definition) {
  auto& table = planner.draft.edit<catalog::Table>(table_id);
  for (const ast::Name& name : definition.columns) {
    for (catalog::Column& column : table.columns) {
      if (column.name != name.text) continue;
      column.not_null = true;
      column.not_null_name = definition.name.text;
    }
  }
}

bool same_names(const ast::List<ast::Name>& left, const ast::List<ast::Name>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const ast::Name& a, const ast::Name& b) { return a.text == b.text; });
}

std::vector<std::string_view> key_names(const catalog::Table& table, const PendingConstraint& key) {
  std::vector<std::string_view> names;
  for (const ast::Name& name : key.definition->columns) names.push_back(name.text);
  const catalog::Column* column = table.column(key.column);
  if (names.empty() && column != nullptr) names.push_back(column->name);
  return names;
}

// Two ways to say the same key make one index.
bool same_key(const catalog::Table& table, const PendingConstraint& left, const PendingConstraint& right) {
  const ast::ConstraintDefinition& a = *left.definition;
  const ast::ConstraintDefinition& b = *right.definition;
  if (a.type == ConstraintType::Exclusion || b.type == ConstraintType::Exclusion) return false;
  return key_names(table, left) == key_names(table, right) && same_names(a.including, b.including) &&
         a.nulls_not_distinct == b.nulls_not_distinct && a.deferrable == b.deferrable &&
         a.initially_deferred == b.initially_deferred;
}

// The keys in the order in which PostgreSQL makes them, the primary one first, each once. A later name for
// the same key counts where the first has none.
std::vector<ast::ConstraintDefinition> keys_of(const catalog::Table& table,
                                               std::vector<PendingConstraint>& pending) {
  std::vector<PendingConstraint> keys;
  std::copy_if(pending.begin(), pending.end(), std::back_inserter(keys),
               [](const PendingConstraint& one) { return is_key(one.definition->type); });
  std::stable_partition(keys.begin(), keys.end(), [](const PendingConstraint& one) {
    return one.definition->type == ConstraintType::PrimaryKey;
  });
  pending.clear();
  std::vector<ast::ConstraintDefinition> definitions;
  for (const PendingConstraint& key : keys) {
    const auto same = std::find_if(pending.begin(), pending.end(), [&](const PendingConstraint& other) {
      return same_key(table, key, other);
    });
    const bool again = same != pending.end() && key.definition->type != ConstraintType::PrimaryKey;
    if (!again) {
      definitions.push_back(*key.definition);
      pending.push_back(key);
    } else if (auto& first = definitions[static_cast<std::size_t>(same - pending.begin())];
               first.name.empty()) {
      first.name = key.definition->name;
    }
  }
  return definitions;
}

// CHECKs first, then keys with their indexes (the primary key before the others), then foreign keys: they may
// refer to the table itself.
void add_constraints(Planner& planner, ObjectId table, const ast::CreateTable& statement) {
  const auto pending = constraints_of(*planner.draft.get<catalog::Table>(table), statement);
  const auto each = [&](auto&& wanted, auto&& add) {
    for (const PendingConstraint& constraint : pending) {
      if (!wanted(constraint.definition->type)) continue;
      planner.clause = constraint.definition->span;
      add(constraint);
    }
  };
  each([](ConstraintType type) { return type == ConstraintType::Check; },
       [&](const PendingConstraint& constraint) {
         if (constraint_name_taken(planner, *planner.draft.get<catalog::Table>(table),
                                   constraint.definition->name.text))
           return;
         const std::string name = add_check(planner, table, *constraint.definition);
         // Whatever it says, a new table's CHECK is valid: there is no row that it could not hold for.
         planner.draft.edit<catalog::Table>(table).constraints.edit(
             name, [&](catalog::Constraint& check) { check.valid = constraint.definition->enforced; });
       });
  each([](ConstraintType type) { return type == ConstraintType::NotNull; },
       [&](const PendingConstraint& constraint) { add_not_null(planner, table, *constraint.definition); });
  std::vector<PendingConstraint> keys = pending;
  const std::vector<ast::ConstraintDefinition> definitions =
      keys_of(*planner.draft.get<catalog::Table>(table), keys);
  for (std::size_t at = 0; at < keys.size(); ++at) {
    planner.clause = definitions[at].span;
    add_key(planner, table, definitions[at], keys[at].column, {});
  }
  for (const ast::LikeClause* like : statement.likes) {
    add_like_indexes(planner, table, *like);
    add_like_statistics(planner, table, *like);
  }
  each([](ConstraintType type) { return type == ConstraintType::ForeignKey; },
       [&](const PendingConstraint& constraint) {
         ForeignKeyWork work;
         work.lock = LockMode::None;
         work.validate = false;
         add_foreign_key(planner, table, *constraint.definition, constraint.column, work);
       });
}

// The name is taken: with IF NOT EXISTS nothing happens, not even a lock. Without it the statement fails. A
// failed CREATE leaves what was there.
bool name_is_taken(Planner& planner, const ast::CreateTable& statement, const catalog::Table& table) {
  if (planner.draft.relation(table.schema, table.name, {}) == nullptr) return false;
  if (statement.if_not_exists) {
    planner.plan.no_op = true;
  } else {
    planner.error("42P07", "relation \"" + table.name + "\" already exists");
  }
  return true;
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreateTable& statement) {
  if (!schema_exists(planner, statement.relation)) return;
  catalog::Table table = empty_table(planner, statement);
  if (name_is_taken(planner, statement, table)) return;
  const catalog::Table& created = planner.draft.create(std::move(table));
  const ObjectId id = created.id;
  planner.effect(Planner::ref(created), LockMode::AccessExclusive).creates = true;
  for (const ast::RelationName& parent : statement.inherits) add_parent(planner, id, parent);
  if (!statement.partition_of.empty()) add_partition_columns(planner, id, statement.partition_of);
  if (statement.of_type != nullptr) add_type_columns(planner, id, *statement.of_type);
  add_own_columns(planner, id, statement);
  if (statement.partition_by != nullptr) add_partition_keys(planner, id, *statement.partition_by);
  planner.clause = {};
  if (!statement.partition_of.empty()) become_partition(planner, id, statement);
  add_constraints(planner, id, statement);
}

}  // namespace migcheck::plan
