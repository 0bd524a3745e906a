// SPDX-License-Identifier: MIT
#pragma once

// The orders in which migration tools sort names.

#include <string>
#include <string_view>
#include <vector>

namespace migcheck::input {

// Compares names as people do: runs of digits by their number (2 before 10), everything else byte by byte.
// "/" sorts before everything, so that a folder's files stay together. Negative, zero, positive.
int compare_naturally(std::string_view a, std::string_view b);

inline bool naturally_before(std::string_view a, std::string_view b) {
  return compare_naturally(a, b) < 0;
}

void sort_naturally(std::vector<std::string>& names);

// Compares two runs of digits as numbers of any length.
int compare_digits(std::string_view a, std::string_view b);

// The digits at the start of a name; empty if it starts with something else.
std::string_view leading_digits(std::string_view name);

// Compares versions part by part: 1.9 before 1.10, 1_2 as 1.2, and 1 as 1.0 (Flyway's and Ebean's way).
int compare_versions(std::string_view a, std::string_view b);

}  // namespace migcheck::input
