// SPDX-License-Identifier: MIT
#pragma once

// The words that an option or an operand may have, where these are a list: the completions offer them and the
// manual page names them.

#include <string>
#include <string_view>
#include <vector>

#include "cli/options.hpp"

namespace migcheck::cli {

// Empty where anything goes, or a path.
std::vector<std::string> known_words(CommandId command, Expects expects);

// The formats of a command's output; the first is its default.
std::vector<std::string_view> formats_of(CommandId command);

// The shells that completions are written for.
const std::vector<std::string_view>& known_shells();

}  // namespace migcheck::cli
