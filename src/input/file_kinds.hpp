// SPDX-License-Identifier: MIT
#pragma once

// What an SQL file is for, where no migration tool runs it.

#include <string_view>

namespace migcheck::input {

// Written by pg_dump: the result of migrations, not one of them.
bool is_schema_dump(std::string_view path, std::string_view head);

// Queries of an application: sqlc's `-- name: GetUser :one`, yesql's and aiosql's `-- name: get-user`,
// pgtyped's
// `/* @name GetUser */`.
bool is_query_file(std::string_view head);

// Does a line comment name the query below it: `-- name: GetUser :one`, `-- :name get-user`? A comment in
// prose about a column called name does not.
bool names_query(std::string_view line);

// Data that is loaded after the migrations: supabase/seed.sql, db/seeds/01_users.sql.
bool is_seed(std::string_view relative_path);

}  // namespace migcheck::input
