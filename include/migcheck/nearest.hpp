// SPDX-License-Identifier: MIT
#pragma once

// "Did you mean …?": the name that was probably meant.

#include <string>
#include <string_view>
#include <vector>

namespace migcheck {

// The candidate that is nearest to a mistyped name: a few letters added, left out, changed or swapped, or a
// piece of it. Empty when none is near.
std::string_view nearest_name(std::string_view given, const std::vector<std::string_view>& candidates);

// `Did you mean "exclude"?`, or nothing.
std::string did_you_mean(std::string_view given, const std::vector<std::string_view>& candidates);

}  // namespace migcheck
