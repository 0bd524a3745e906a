// SPDX-License-Identifier: MIT
#pragma once

// UNIQUE and PRIMARY KEY that build their index inside the ALTER TABLE: two checks, one hazard.

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks::constraint_index {

// The columns of the constraint, or the column that brings it.
inline std::string columns_of(const ast::AlterAction& action) {
  if (action.constraint != nullptr) return sql_names(action.constraint->columns);
  return action.column == nullptr ? "…" : sql_name(action.column->name.text);
}

inline std::string name_of(const Effect& effect, const ast::AlterAction& action) {
  if (action.constraint != nullptr && !action.constraint->name.empty()) {
    return std::string(action.constraint->name.text);
  }
  return effect.builds.front();
}

// A name for the index that nothing has yet: a key that is dropped and added again still has its own while
// the new one is built.
inline std::string free_name(const CheckContext& context, const Effect& effect, std::string_view name) {
  const bool taken = context.catalog().relation(effect.relation.schema, name, {}) != nullptr;
  return sql_name(std::string(name) + (taken ? "_new" : ""));
}

// ADD COLUMN … UNIQUE: the column alone comes first.
inline std::string column_first(const CheckContext& context, const std::string& table,
                                const ast::AlterAction& action) {
  if (action.constraint != nullptr || action.column == nullptr) return "";
  return fmt::format("ALTER TABLE {} ADD COLUMN {} {};\n", table, sql_name(action.column->name.text),
                     action.column->type == nullptr ? "…" : context.text(action.column->type->span));
}

inline bool may_hold_nulls(const catalog::Table* table, const ast::AlterAction& action) {
  if (table == nullptr || action.constraint == nullptr) return false;
  return std::any_of(action.constraint->columns.begin(), action.constraint->columns.end(),
                     [&](const ast::Name& name) {
                       const catalog::Column* column = table->column(name.text);
                       return column != nullptr && !column->not_null;
                     });
}

// The constraint as it is written, alone or with a column.
inline const ast::ConstraintDefinition* definition_of(const ast::AlterAction& action, WorkReason reason) {
  using Type = ast::ConstraintDefinition::Type;
  if (action.constraint != nullptr || action.column == nullptr) return action.constraint;
  return action.column->find(reason == WorkReason::PrimaryKey ? Type::PrimaryKey : Type::Unique);
}

// What CREATE UNIQUE INDEX must say behind its columns to be the same index.
inline std::string index_clauses(const ast::ConstraintDefinition* definition) {
  if (definition == nullptr) return {};
  std::string clauses;
  if (!definition->including.empty())
    clauses += fmt::format(" INCLUDE ({})", sql_names(definition->including));
  if (definition->nulls_not_distinct) clauses += " NULLS NOT DISTINCT";
  return clauses;
}

inline std::string_view deferral(const ast::ConstraintDefinition* definition) {
  if (definition == nullptr || !definition->deferrable) return {};
  return definition->initially_deferred ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
}

// The index behind the constraint is built under ACCESS EXCLUSIVE. USING INDEX takes one that was built
// before. `words` is how the constraint is written: UNIQUE, PRIMARY KEY.
inline void report(const CheckContext& context, FindingSink& out, WorkReason reason, std::string_view words) {
  for (const Effect& effect : context.effects({reason})) {
    const ast::AlterAction* action = context.action_of(effect);
    if (effect.builds.empty() || action == nullptr) continue;
    const std::string table = sql_name(effect.relation);
    FindingBuilder finding = out.report(effect.clause);
    finding
        .message(
            "Adding this {} builds its index under ACCESS EXCLUSIVE: no read or write of {} until every row "
            "has "
            "been read and sorted.",
            words, table)
        .about(context, effect.relation);
    const auto* held = context.catalog().get<catalog::Table>(effect.relation.id);
    if (held != nullptr && held->kind == catalog::TableKind::Partitioned) {
      finding.advice(
          "USING INDEX is not possible on a partitioned table. Build a unique index on each partition "
          "CONCURRENTLY, "
          "add the constraint to each with USING INDEX, then to the parent: the partitions' own are then "
          "attached.");
      continue;
    }
    const ast::ConstraintDefinition* definition = definition_of(*action, reason);
    if (definition != nullptr && definition->without_overlaps) {
      finding.advice(
          "There is no other way to make a constraint WITHOUT OVERLAPS: run it while nobody uses {}, or make "
          "a new table with it and copy the rows in batches.",
          table);
      continue;
    }
    const bool nulls = reason == WorkReason::PrimaryKey && may_hold_nulls(held, *action);
    const std::string name = name_of(effect, *action);
    finding.advice(
        "{5}CREATE UNIQUE INDEX CONCURRENTLY {6} ON {1} ({2}){8};{7}\nALTER TABLE {1} ADD CONSTRAINT {0} {3} "
        "USING INDEX {6}{9};{4}",
        sql_name(name), table, columns_of(*action), words,
        nulls ? "  -- once a validated CHECK (… IS NOT NULL) saves it from reading the table" : "",
        column_first(context, table, *action), free_name(context, effect, name),
        context.in_transaction() ? "\n-- " + context.how_to_leave_transaction() : "",
        index_clauses(definition), deferral(definition));
  }
}

}  // namespace migcheck::checks::constraint_index
