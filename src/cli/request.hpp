// SPDX-License-Identifier: MIT
#pragma once

// From the words of the command line to what a run is told. Options beat the configuration.

#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/pipeline.hpp"
#include "migcheck/cli.hpp"
#include "migcheck/report.hpp"

namespace migcheck::cli {

// One report: its format, and the file that it goes to ("" is stdout).
struct OutputTarget {
  const Reporter* reporter = nullptr;
  std::string file;
};

// The options about rules and the result, applied to the settings at hand.
Result<Done> apply_rule_options(const Arguments& arguments, Settings& settings);
// The options about which files; reads standard input where they ask for it.
Result<Done> apply_input_options(const Arguments& arguments, const Console& console, InputRequest& input);
// Where the reports go. At most one goes to stdout.
Result<std::vector<OutputTarget>> output_targets(const Arguments& arguments);

// "error" and so on, for the option or key that is named in the message.
Result<Severity> severity_named(const std::string& word, std::string_view option);
// A whole number from `least` on.
Result<int> number_named(const std::string& word, std::string_view option, int least, int most);

}  // namespace migcheck::cli
