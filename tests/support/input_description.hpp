// SPDX-License-Identifier: MIT
#pragma once

// What the input room makes of a project, as text: histories, files in order, sections by line, what is
// unread.

#include <string>

#include "migcheck/input.hpp"

namespace migcheck::testing {

std::string describe(const InputSet& set, const InputRequest& request);

}  // namespace migcheck::testing
