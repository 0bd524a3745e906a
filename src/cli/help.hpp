// SPDX-License-Identifier: MIT
#pragma once

// --help: one screen per command, made from the tables. Lines are at most 80 columns wide.

#include <string>

#include "cli/options.hpp"

namespace migcheck::cli {

std::string help_overview();
std::string help_of(CommandId command);

}  // namespace migcheck::cli
