// SPDX-License-Identifier: MIT
#pragma once

// Trees as SQL that PostgreSQL reads back as the same trees: for people, and to hold what the catalog keeps
// against a server.
//
// Not the text that somebody wrote: brackets stand around every operand that is no single word or call, names
// are quoted where they must be, types go by PostgreSQL's internal names.

#include <optional>
#include <string>
#include <string_view>

#include "migcheck/ast/query.hpp"
#include "migcheck/ast/table.hpp"

namespace migcheck::ast {

// The name as SQL has it: quoted unless it is lower case, plain, and a keyword nowhere.
[[nodiscard]] std::string quoted_name(std::string_view name);
// A word that cannot be the name of a table or a column without quotes, in PostgreSQL 12 to 18.
[[nodiscard]] bool is_reserved(std::string_view word);

// Nothing where the tree holds what the IR keeps no full account of (XML, SQL/JSON, window frames, VALUES
// lists of constants), or is nested beyond a few hundred levels: half an expression is never printed.
[[nodiscard]] std::optional<std::string> to_sql(const Expression* expression);
[[nodiscard]] std::optional<std::string> to_sql(const Select* query);
// "FOR VALUES FROM (1) TO (10)", "DEFAULT"
[[nodiscard]] std::optional<std::string> to_sql(const PartitionBound& bound);

}  // namespace migcheck::ast
