// SPDX-License-Identifier: MIT
#pragma once

// Files for other databases, which lie beside ours in many repositories.

#include <cstddef>
#include <string>
#include <string_view>

namespace migcheck::input {

// So much of a file is looked at.
inline constexpr std::size_t kDialectBytes = 64 * 1024;

// Says so if the text is plainly SQL for another database: "This looks like MySQL: migcheck reads
// PostgreSQL." Empty if it is not; in doubt it is not.
std::string other_dialect(std::string_view text);

// Whether the text holds what PostgreSQL alone has: PL/pgSQL, extensions, CONCURRENTLY, policies, its
// indexes.
bool is_surely_postgres(std::string_view text);

// As other_dialect() for a path, one of whose folders or name parts names another database: "sqlite/001.sql",
// "001.mysql.sql".
std::string other_dialect_by_name(std::string_view path);

}  // namespace migcheck::input
