// SPDX-License-Identifier: MIT
#pragma once

// New names and schemas in the draft, for the object and for all that mention it: PostgreSQL refers to
// objects by number, so nobody notices a rename; here names are kept beside the numbers and must follow.

#include <string_view>

#include "plan/planner.hpp"

namespace migcheck::plan {

// A table, view, index, sequence or composite type. The constraint behind an index and the index behind a
// constraint share a name.
void rename_relation(Planner& planner, catalog::ObjectId id, std::string_view schema, std::string_view name);
// Of the table and of those that inherit it; in its own expressions and in others' queries.
void rename_column(Planner& planner, catalog::ObjectId table, std::string_view from, std::string_view to);
void rename_view_column(Planner& planner, catalog::ObjectId view, std::string_view from, std::string_view to);
void rename_constraint(Planner& planner, catalog::ObjectId table, std::string_view from, std::string_view to);
// NOT NULL has a name from 18 on.
void rename_not_null(Planner& planner, const catalog::Table& table, std::string_view from,
                     std::string_view to);
void move_type(Planner& planner, catalog::ObjectId id, std::string_view schema, std::string_view name);
void move_function(Planner& planner, catalog::ObjectId id, std::string_view schema, std::string_view name);
// In the defaults, checks, policies, indexes and queries that name the type, function or sequence, before it
// gets this name.
void rename_mentions(Planner& planner, catalog::ObjectId id, std::string_view schema, std::string_view name);
// Of an enum, in the expressions of the tables, indexes and domains that name it; views keep theirs as
// written.
void rename_label(Planner& planner, const catalog::Type& type, std::string_view from, std::string_view to);
// All that is in the schema is in the other from now on; the schema object itself is not touched.
void rename_schema(Planner& planner, std::string_view from, std::string_view to);

}  // namespace migcheck::plan
