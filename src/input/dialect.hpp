// SPDX-License-Identifier: MIT
#pragma once

// Files for other databases, which lie beside ours in many repositories.

#include <cstddef>
#include <string>
#include <string_view>

namespace migcheck::input {

// So much of a file is looked at.
inline constexpr std::size_t kDialectBytes = 64 * 1024;

// The database that this is plainly SQL for, if it is not PostgreSQL: "MySQL". Empty if it is; in doubt it
// is.
std::string_view other_database(std::string_view text);
// Says so: "This looks like MySQL: migcheck reads PostgreSQL." `because` stands behind the name.
std::string says_other_database(std::string_view database, std::string_view because = {});

// Whether the text holds what PostgreSQL alone has: PL/pgSQL, extensions, CONCURRENTLY, policies, its
// indexes.
bool is_surely_postgres(std::string_view text);

// Whether it holds anything that speaks for PostgreSQL, be it that some other database reads it too: a type,
// a cast, a dollar quote, an ALTER COLUMN.
bool speaks_for_postgres(std::string_view text);

// Says so of a path, one of whose folders or name parts names another database: "sqlite/001.sql",
// "001.mysql.sql".
std::string other_dialect_by_name(std::string_view path);

}  // namespace migcheck::input
