// SPDX-License-Identifier: MIT
#pragma once

// Colours or not: what was asked for, what the environment wants, what the terminal can.

#include <optional>
#include <string>

#include "migcheck/cli.hpp"

namespace migcheck::cli {

// --color, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal that is not dumb.
Result<bool> wants_colour(const Console& console, const std::optional<std::string>& flag, bool is_terminal);

}  // namespace migcheck::cli
