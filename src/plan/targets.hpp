// SPDX-License-Identifier: MIT
#pragma once

// What a statement names, found in the draft; and PostgreSQL's errors where it is not there, or already is.
//
// That something is missing is certain only where the history shows it: a relation that was there and is
// gone, another object of a schema without gaps. Elsewhere the statement is taken to mean something that
// exists, and its effects say so by a relation without an id.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/drop/cascade.hpp"

namespace migcheck::plan {

// The history shows everything that the name could mean. (One that has made nothing yet shows nothing.)
bool shows_everything(const Planner& planner, std::string_view schema);

// False, with the error said, where the files made and dropped it.
bool schema_exists(Planner& planner, std::string_view schema);
// Likewise of the schema that a new relation of this name goes into.
bool schema_exists(Planner& planner, const ast::RelationName& name);

// The schema that a new object of this name goes into.
std::string schema_for(const Planner& planner, std::string_view written);

// The error for an object that is no relation; nothing where the history may have gaps.
void missing(Planner& planner, std::string_view code, std::string_view schema, std::string message);

// A relation for any kind of ALTER; nullptr where there is none to work on, then said, or with if_exists a
// no-op.
const catalog::Object* require_relation(Planner& planner, const ast::QualifiedName& name,
                                        bool if_exists = false);
// Likewise of one that can only be a table.
const catalog::Table* require_table(Planner& planner, const ast::QualifiedName& name);
const catalog::Type* require_type(Planner& planner, const ast::QualifiedName& name, bool if_exists = false);

// 42P07 if the schema has a relation of that name.
bool relation_exists(Planner& planner, std::string_view schema, std::string_view name);
// 42710 if the schema has a type, or a relation with its row type, of that name.
bool type_exists(Planner& planner, std::string_view schema, std::string_view name);
// What CREATE TYPE makes; nothing where type_exists().
std::optional<catalog::Type> new_type(Planner& planner, const ast::QualifiedName& name,
                                      catalog::TypeKind kind);

// The relation is not there: it was, or the history shows everything. An unknown one may exist.
bool surely_absent(const Planner& planner, const ast::QualifiedName& name);
// No function of that name exists, neither one of PostgreSQL's own nor one of some extension.
bool function_surely_absent(const Planner& planner, const ast::QualifiedName& name);

// Of triggers, policies and rules: the part of a table that each is.
catalog::TablePart table_part(ast::ObjectType type);

// The function that a statement means. Without argument types the name must be the only one.
struct FunctionSearch {
  const catalog::Function* function = nullptr;
  bool ambiguous = false;
};
FunctionSearch find_function(const Planner& planner, ast::ObjectType type, const ast::ObjectName& name);

// All partitions below a table, at any depth; with inheritance children if asked for.
std::vector<const catalog::Table*> descendants(const Planner& planner, catalog::ObjectId table,
                                               bool inheritors = false);

// The relation is what the word TABLE, VIEW, INDEX … says.
bool is_of_kind(const catalog::Object& object, ast::ObjectType type);
// 42809 for ALTER VIEW (SEQUENCE, FOREIGN TABLE …) on another kind of relation.
bool refuse_wrong_kind(Planner& planner, const catalog::Object& object, ast::ObjectType type);

// True, with the error said, if a result that becomes a relation has two columns of one name.
bool names_column_twice(Planner& planner, const std::vector<catalog::Column>& columns);

// What the column of a relation is ordered by, where that is not its type's own.
std::string collation_of(const Planner& planner, catalog::ObjectId relation, catalog::ColumnNumber column);

// False, with the error said, if the server is too old for an option of a view.
bool knows_view_options(Planner& planner, ast::List<const ast::Option*> options);

// The object of any kind that COMMENT, ALTER … OWNER and their like name; nullptr for parts of tables, and
// for what the history does not show.
const catalog::Object* find_object(const Planner& planner, ast::ObjectType type, const ast::ObjectName& name);
// To write what all objects have in common.
catalog::ObjectBase& edit_base(Draft& draft, catalog::ObjectId id);
// Gives it to another role. A relation's indexes and the sequences of its columns belong to whom it belongs.
void change_owner(Planner& planner, catalog::ObjectId id, std::string_view owner);

}  // namespace migcheck::plan
