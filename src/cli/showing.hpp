// SPDX-License-Identifier: MIT
#pragma once

// What the commands share that show what a history does instead of judging it: catalog, locks, tenancy.

#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/pipeline.hpp"
#include "cli/talk.hpp"
#include "migcheck/cli.hpp"

namespace migcheck::cli {

// The run that the configuration and the options ask for.
Result<LintRequest> showing_request(const Arguments& arguments, const Console& console);

// --format, which must be one of `formats`; the first is the default.
Result<std::string> format_named(const Arguments& arguments, const std::vector<std::string_view>& formats);

}  // namespace migcheck::cli
