// SPDX-License-Identifier: MIT
#pragma once

// Statements that a function of a template writes: `{{ addColumnIfNeeded "t" "c" "text" }}` on a line of its
// own.

#include <vector>

#include "migcheck/finding.hpp"
#include "migcheck/source.hpp"

namespace migcheck::input {

// Makes them blank, and says of each that what it writes is not known; paths are the caller's to fill.
std::vector<Unread> leave_out_template_calls(SourceFile& source);

}  // namespace migcheck::input
