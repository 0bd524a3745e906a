// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "migcheck/file_change.hpp"

namespace migcheck::input {

// What was done to a file between two versions of it: nothing, something to its SQL, or only to its comments
// and white space.
FileChange change_between(std::string_view before, std::string_view after);

}  // namespace migcheck::input
