// SPDX-License-Identifier: MIT
#pragma once

// How many rows a table can hold at most, where its keys say so: a settings table of one row, a row per
// value of an enum. What is read, rewritten or locked in such a table takes no time.

#include <cstdint>
#include <optional>

#include "migcheck/catalog.hpp"

namespace migcheck::catalog {

// By the table's unique indexes and CHECK constraints; nothing: the keys allow any number. A row per value of
// `CHECK (id = 1)`, `CHECK (kind IN ('a', 'b'))`, of a boolean, of an enum; one row under a unique index over
// a constant, ((true)).
[[nodiscard]] std::optional<std::uint64_t> most_rows(const Table& table, const Catalog& catalog);

}  // namespace migcheck::catalog
