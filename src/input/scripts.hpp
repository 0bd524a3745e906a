// SPDX-License-Identifier: MIT
#pragma once

// The order in which psql reads scripts that include each other.

#include <string>
#include <vector>

#include "input/folder.hpp"
#include "input/layouts/layout.hpp"
#include "input/psql.hpp"
#include "migcheck/finding.hpp"

namespace migcheck::input {

// Where the file lies that a script includes: relative to the script (`\ir`), or to where psql was started,
// which nobody knows: the script's folder, then those above it, up to the project root. The path is relative
// to `folder`; empty if there is no such file in the project.
std::string included_path(const Folder& folder, const std::string& script, const Include& include);

// Runs the scripts, given in their own order, each with what it includes in its place: a script is divided
// there into parts. A script that another one includes is not run by itself. What an earlier script included
// already is not run again, unless it holds nothing but settings.
Arrangement order_by_includes(const Folder& folder, const std::vector<std::string>& scripts);

}  // namespace migcheck::input
