// SPDX-License-Identifier: MIT
#pragma once

// What objects need, as they record it, so that a DROP finds who is in the way.
//
// Recorded in ObjectBase::dependencies, by whoever makes the object or its part:
//   a view        the columns it reads, the functions and types it uses           Whole
//   a column      its type, where that is an object of the catalog                Column, the column's name
//   a default     functions, sequences, types of its expression                   Default, the column's name
//   a CHECK       functions and types of its expression                           Constraint, its name
//   an index      functions and types of its expressions                          Whole
//   a policy      columns of its own and other tables, functions, types           Policy, its name
//   a trigger     its function                                                    Trigger, its name
//   a rule        the relations of its actions                                    Rule, its name
//   a sequence    the column that owns it (Auto; of an identity Internal)         Whole
//   a domain, composite type, function: the types they are made of                Whole (Column)
//   an extension's object: the extension (Extension)                              Whole
// Not recorded, because the objects say it themselves: an index and its table, constraints and their columns,
// foreign keys and what they refer to, partitions and inheritors, the columns of UPDATE OF and WHEN,
// generated columns.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plan/planner.hpp"
#include "plan/query/scope.hpp"

namespace migcheck::plan {

using Part = catalog::Dependency::Part;

// The objects that an expression needs: functions, types, sequences (nextval('s')), and the tables and
// columns of its sub-queries. With `over`, also that table's own columns.
std::vector<catalog::Dependency> needs_of(const Planner& planner, const ast::Expression* expression,
                                          const catalog::Table* over = nullptr);
// What a query needs: the relations and columns it reads, and the functions and types of its expressions.
std::vector<catalog::Dependency> needs_of_query(const Planner& planner, const ast::Statement& query);
// Of these, the functions, types and sequences.
std::vector<catalog::Dependency> needs_named_in(const Planner& planner, const ast::Statement& query);
// What a view needs: its query's needs, and the types of its columns.
std::vector<catalog::Dependency> needs_of_view(const Planner& planner, const catalog::View& view,
                                               const ast::Statement& query);
// The type, where it is an object of the catalog, or the relation whose row type it is.
std::vector<catalog::Dependency> needs_of_type(const Planner& planner, const catalog::TypeRef& type);
std::vector<catalog::Dependency> needs_of_type(const catalog::TypeRef& type);  // without row types

// How queries find their names while a statement is planned; it must not outlive the planner.
NameLookup lookup_of(const Planner& planner);
// The name in 'schema.name'::regclass: schema (empty if none is given) and name, unquoted and folded.
std::pair<std::string, std::string> split_regclass(std::string_view text);

// Says that this part of the object needs these from now on, and nothing else.
void set_needs(catalog::ObjectBase& object, Part part, std::string_view part_name,
               std::vector<catalog::Dependency> needs);
inline void drop_needs(catalog::ObjectBase& object, Part part, std::string_view part_name) {
  set_needs(object, part, part_name, {});
}
// The part has another name now.
void rename_needs(catalog::ObjectBase& object, Part part, std::string_view from, std::string_view to);

// An expression over the table's columns (a CHECK, a policy) names one that is surely not there: true, with
// the error said. What sub-queries name may be theirs.
bool names_missing_column(Planner& planner, const ast::Expression* expression, const catalog::Table& table);
// Likewise of a query, all of whose relations are known.
bool names_missing_column(Planner& planner, const ast::Statement& query);

}  // namespace migcheck::plan
