// SPDX-License-Identifier: MIT
#pragma once

// ALTER TABLE: planned whole. PostgreSQL sorts the subcommands into passes (drops before type changes before
// new columns before constraints), takes the strongest of their locks once, and touches the rows at the end,
// once for all. (tablecmds.c: ATController.)

#include <set>
#include <utility>
#include <vector>

#include "plan/planner.hpp"
#include "plan/table/constraints.hpp"

namespace migcheck::plan {

// One ALTER TABLE at work.
struct Alteration {
  Planner& planner;
  const ast::AlterTable& statement;
  catalog::ObjectId table;
  LockMode lock;  // the strongest of all subcommands

  // Columns that the statement adds and that are null in every row.
  std::set<std::pair<catalog::ObjectId, catalog::ColumnNumber>> null_columns;
  // Columns of the table whose type the statement has changed.
  std::set<catalog::ColumnNumber> retyped;
  // Tables that are written anew, with the effect that says so: their indexes are known at the end.
  std::vector<std::pair<catalog::ObjectId, std::size_t>> rewrites;
  // Indexes that a type change makes anew without rewriting their table.
  struct IndexWork {
    catalog::ObjectId index;
    WorkReason reason;
    std::int32_t action;
    Span clause;
  };
  std::vector<IndexWork> index_work;
  // References that are written with new columns.
  struct ColumnKey {
    const ast::ConstraintDefinition* definition;
    catalog::ColumnNumber column;
    ForeignKeyWork work;
    std::int32_t action;
  };
  std::vector<ColumnKey> column_keys;

  [[nodiscard]] const catalog::Table& at(catalog::ObjectId id) const {
    return *planner.draft.get<catalog::Table>(id);
  }
  [[nodiscard]] const catalog::Table& target() const { return at(table); }
  // The table and, unless ONLY is written, its descendants.
  [[nodiscard]] std::vector<catalog::ObjectId> targets() const;
  // Takes the lock on the descendants that a recursing subcommand reaches.
  void lock_descendants();
  [[nodiscard]] bool is_rewritten(catalog::ObjectId id) const;

  // The rows of this table are written anew, or read.
  Effect& rewrite(catalog::ObjectId id, WorkReason reason);
  Effect& scan(catalog::ObjectId id, WorkReason reason);
};

// The lock that PostgreSQL takes for the subcommand (AlterTableGetLockLevel).
LockMode lock_for(const ast::AlterAction& action);

// Unless the column exists, the error 42703.
const catalog::Column* column_or_error(Alteration& alteration, const ast::AlterAction& action);

// --- one function per subcommand ---
// columns.cpp
void alter_add_column(Alteration& alteration, const ast::AlterAction& action);
void add_column_keys(Alteration& alteration);
void alter_drop_column(Alteration& alteration, const ast::AlterAction& action);
void alter_default(Alteration& alteration, const ast::AlterAction& action);
void alter_column_setting(Alteration& alteration, const ast::AlterAction& action);
// not_null.cpp
void alter_set_not_null(Alteration& alteration, const ast::AlterAction& action);
void alter_drop_not_null(Alteration& alteration, const ast::AlterAction& action);
// generated.cpp
void alter_expression(Alteration& alteration, const ast::AlterAction& action);
void alter_identity(Alteration& alteration, const ast::AlterAction& action);
// type.cpp
void alter_type(Alteration& alteration, const ast::AlterAction& action);

// What PostgreSQL looks at before it starts with the first subcommand; false if it refuses.
bool prepare_type_change(Alteration& alteration, const ast::AlterAction& action);

// constraints.cpp
void alter_add_constraint(Alteration& alteration, const ast::AlterAction& action);
void alter_drop_constraint(Alteration& alteration, const ast::AlterAction& action);
void alter_validate_constraint(Alteration& alteration, const ast::AlterAction& action);
void alter_change_constraint(Alteration& alteration, const ast::AlterAction& action);
// properties.cpp
void alter_property(Alteration& alteration, const ast::AlterAction& action);
// typed.cpp
void alter_row_type(Alteration& alteration, const ast::AlterAction& action);
// partitions.cpp
// The error where a table that has no partitions is to have or lose one.
void not_partitioned(Planner& planner, const catalog::Table& table, std::string_view action);
void attach_partition(Planner& planner, const catalog::Table& parent, const ast::AlterAction& action);
void detach_partition(Planner& planner, const catalog::Table& parent, const ast::AlterAction& action);
void finalize_detach(Planner& planner, const catalog::Table& parent, const ast::AlterAction& action);
void add_inherit(Planner& planner, const catalog::Table& child, const ast::AlterAction& action);
void drop_inherit(Planner& planner, const catalog::Table& child, const ast::AlterAction& action);

// Relations that are no tables (other.cpp) and tables that the history does not show
// (unknown.cpp).
void alter_other_relation(Planner& planner, const ast::AlterTable& statement,
                          const catalog::Object& relation);
void alter_unknown_table(Planner& planner, const ast::AlterTable& statement);

}  // namespace migcheck::plan
