// SPDX-License-Identifier: MIT
#pragma once

// The commands. Each gives an exit code, or an Error that is printed and becomes exit code 2.

#include "cli/arguments.hpp"
#include "migcheck/cli.hpp"

namespace migcheck::cli {

Result<int> lint_command(const Arguments& arguments, const Console& console);
Result<int> catalog_command(const Arguments& arguments, const Console& console);
Result<int> locks_command(const Arguments& arguments, const Console& console);
Result<int> tenancy_command(const Arguments& arguments, const Console& console);
Result<int> explain_command(const Arguments& arguments, const Console& console);
Result<int> checks_command(const Arguments& arguments, const Console& console);
Result<int> config_command(const Arguments& arguments, const Console& console);
Result<int> baseline_command(const Arguments& arguments, const Console& console);
Result<int> init_command(const Arguments& arguments, const Console& console);
Result<int> completions_command(const Arguments& arguments, const Console& console);
Result<int> man_command(const Arguments& arguments, const Console& console);
Result<int> version_command(const Arguments& arguments, const Console& console);
Result<int> help_command(const Arguments& arguments, const Console& console);

}  // namespace migcheck::cli
