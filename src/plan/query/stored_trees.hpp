// SPDX-License-Identifier: MIT
#pragma once

// Trees that the catalog keeps: queries of views, expressions of policies, checks, defaults, indexes.
//
// PostgreSQL stores them resolved, so that a rename elsewhere changes nothing for them. Here they keep their
// names: a query's relations are qualified when it is stored, and renames are carried out in copies.

#include <string_view>

#include "plan/planner.hpp"

namespace migcheck::plan {

// A copy in the catalog's arena, with the schema that the search path gave to each relation.
const ast::Select* store_query(const Planner& planner, const ast::Select* query);
const ast::Expression* store_expression(const Planner& planner, const ast::Expression* expression);

// A copy in which the column has its new name; the same tree where it does not mention the column. `over` is
// the table whose columns the expression is about; null for a query, which names its own.
const ast::Node* rename_column_in(const Planner& planner, const ast::Node* tree, const catalog::Table* over,
                                  catalog::ObjectId relation, catalog::ColumnNumber column,
                                  std::string_view new_name);
// A copy in which the relation has its new name and schema; where columns that are qualified with the old
// name could be another's, it keeps that as an alias.
const ast::Node* rename_relation_in(const Planner& planner, const ast::Node* tree,
                                    const catalog::ObjectBase& relation, std::string_view new_schema,
                                    std::string_view new_name);

// A copy in which columns that are qualified with the table's old name have its new one: of a policy on the
// table itself, whose columns PostgreSQL keeps by number.
const ast::Node* requalify_columns_in(const Planner& planner, const ast::Node* tree,
                                      std::string_view old_name, std::string_view new_name);

// A copy in which a type, a function or a sequence (in the text of a regclass) has its new name and schema;
// the same tree where it is not mentioned.
const ast::Node* rename_mentions_in(const Planner& planner, const ast::Node* tree,
                                    const catalog::Object& object, std::string_view new_schema,
                                    std::string_view new_name);

}  // namespace migcheck::plan
