// SPDX-License-Identifier: MIT
#pragma once

// squawk's rules and the checks that speak of the same hazard: for its comments, and for teams that move over
// (docs/moving-from-squawk.md).

#include <array>
#include <string_view>
#include <vector>

namespace migcheck {

struct SquawkRule {
  std::string_view theirs;
  std::array<std::string_view, 3> ours;  // up to three names; the rest is empty
};

// Sorted by squawk's names. Rules without a counterpart are not here.
const std::vector<SquawkRule>& squawk_rules();

// Our names for a rule of squawk's; empty where we have none.
std::vector<std::string_view> from_squawk(std::string_view rule);

}  // namespace migcheck
