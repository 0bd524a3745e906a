// SPDX-License-Identifier: MIT
#pragma once

// The configuration that a command runs under: the file that was found or named, and the options on top.

#include "cli/arguments.hpp"
#include "migcheck/cli.hpp"
#include "migcheck/config.hpp"
#include "migcheck/input.hpp"

namespace migcheck::cli {

// --config, --no-config, MIGCHECK_CONFIG, or the file found upwards from the first path. Without a file: the
// defaults.
Result<Configuration> configuration_for(const Arguments& arguments, const Console& console);

// With the options about rules, layout and exclusion applied; their origins are the options' names.
Result<Done> apply_options(const Arguments& arguments, Configuration& configuration);

// What the configuration says about input; its paths are relative to its folder, the root.
InputRequest input_of(const Configuration& configuration);

}  // namespace migcheck::cli
