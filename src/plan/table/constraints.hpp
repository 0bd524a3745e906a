// SPDX-License-Identifier: MIT
#pragma once

// New constraints: what they lock and read, and their entry in the catalog. CREATE TABLE, ADD COLUMN and ADD
// CONSTRAINT share this.

#include <string>
#include <vector>

#include "plan/planner.hpp"
#include "plan/table/index_definition.hpp"

namespace migcheck::plan {

using ColumnNumbers = std::vector<catalog::ColumnNumber>;

// A CHECK for the table and its children. Its rows are the caller's to read. The name it got.
std::string add_check(Planner& planner, catalog::ObjectId table, const ast::ConstraintDefinition& definition);
// The child's copy of a CHECK of its parent; one of the same name that is there is merged with it.
void inherit_check(Planner& planner, catalog::ObjectId child, const catalog::Constraint& check);

// The columns of a key as written; of a column constraint: the column.
ColumnNumbers key_columns(Planner& planner, const catalog::Table& table,
                          const ast::ConstraintDefinition& definition, catalog::ColumnNumber column);

// PRIMARY KEY, UNIQUE, EXCLUDE with an index of their own. Locks on the table are the caller's.
struct KeyWork {
  bool only = false;
  LockMode lock = LockMode::AccessExclusive;
  LockMode partition_lock = LockMode::Share;
};
void add_key(Planner& planner, catalog::ObjectId table, const ast::ConstraintDefinition& definition,
             catalog::ColumnNumber column, KeyWork work);

// What a foreign key has to do besides being recorded.
struct ForeignKeyWork {
  LockMode lock = LockMode::ShareRowExclusive;  // on the table and its partitions
  bool validate = true;                         // the rows are compared
  bool rows_have_key =
      true;  // false: the column is new and all null, so no row needs a look at the other table
};
void add_foreign_key(Planner& planner, catalog::ObjectId table, const ast::ConstraintDefinition& definition,
                     catalog::ColumnNumber column, ForeignKeyWork work);

// A foreign key compares by the operator of the referenced index: the value must be of the same family as the
// key, or go there by an implicit cast.
bool foreign_key_types_fit(const Planner& planner, const catalog::TypeRef& from, const catalog::TypeRef& to);

// A parent's foreign key, for a new partition: recorded, and the referenced table locked.
void inherit_foreign_key(Planner& planner, catalog::ObjectId partition, const catalog::Table& parent,
                         const catalog::Constraint& key, bool validate);

// Reads the rows of the tables of this family that hold any.
void scan_family(Planner& planner, catalog::ObjectId table, LockMode lock, WorkReason reason);

// The constraint's name is taken (42710).
bool constraint_name_taken(Planner& planner, const catalog::Table& table, std::string_view name);

}  // namespace migcheck::plan
