// SPDX-License-Identifier: MIT
#pragma once

// All that a run is asked for: the configuration, the options on top of it, and the day.

#include "cli/arguments.hpp"
#include "cli/pipeline.hpp"
#include "migcheck/cli.hpp"
#include "migcheck/config.hpp"

namespace migcheck::cli {

struct Asked {
  Configuration configuration;  // with the options applied
  LintRequest request;
};

// Reads standard input where the options ask for it.
Result<Asked> asked_of(const Arguments& arguments, const Console& console);

}  // namespace migcheck::cli
