// SPDX-License-Identifier: MIT
#pragma once

// New columns: from their definition to the catalog, with the sequences that serial and identity bring.

#include <vector>

#include "plan/planner.hpp"

namespace migcheck::plan {

// Has the table had 1,600 columns, dropped ones included? Then PostgreSQL adds no other, and the plan says
// so.
bool refuses_more_columns(Planner& planner, const catalog::Table& table);

// Adds the column to the table, which must be a draft's own. Its CHECKs, keys and references are the
// caller's: they may need the other columns.
catalog::Column& add_column(Planner& planner, catalog::ObjectId table,
                            const ast::ColumnDefinition& definition);

// The column reads a value from somewhere for each old row: DEFAULT, serial, GENERATED; not IDENTITY.
bool has_default_clause(const ast::ColumnDefinition& definition);

// The default as the catalog keeps it. DEFAULT NULL is none, as PostgreSQL has it, unless the column's type
// still has to do something with the null: a length, a domain.
const ast::Expression* stored_default(const Planner& planner, const ast::Expression* written,
                                      const catalog::TypeRef& type);

// What the column's default, type and expression need, recorded for DROP to find.
void record_column_needs(Planner& planner, catalog::Table& table, const catalog::Column& column);

// A copy of a column of another table: of a parent, or of LIKE.
catalog::Column copy_column(const catalog::Column& column, catalog::Table& into, catalog::Origin origin);

// Is this a type of PostgreSQL's own whose values no identity can count? Then the plan says so.
bool refuses_identity(Planner& planner, const catalog::TypeRef& type);

// A sequence of its own for the column: t_c_seq.
catalog::ObjectId create_column_sequence(Planner& planner, catalog::ObjectId table, catalog::Column& column,
                                         bool identity);

}  // namespace migcheck::plan
