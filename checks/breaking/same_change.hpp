// SPDX-License-Identifier: MIT
#pragma once

// Words for what a file does to columns of one table: a generator writes a statement each, a reviewer reads
// them as one change, and so does FindingSink::gather().

#include "migcheck/check.hpp"

namespace migcheck::checks::same_change {

// "t.a"; of several: "a, b and c of t".
inline std::string columns_of(const std::string& table, const std::vector<std::string>& columns) {
  return columns.size() == 1 ? table + "." + columns.front() : enumerate(columns) + " of " + table;
}

}  // namespace migcheck::checks::same_change
