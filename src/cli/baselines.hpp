// SPDX-License-Identifier: MIT
#pragma once

// Which baseline a run goes by, and where it is written.

#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/asked.hpp"
#include "cli/talk.hpp"
#include "migcheck/baseline.hpp"
#include "migcheck/lint_report.hpp"

namespace migcheck::cli {

struct BaselineFile {
  std::string path;
  bool named = false;  // by an option or the configuration: then it must be there
};

// --baseline, the configuration's, or the usual file in the project's root.
BaselineFile baseline_file(const Arguments& arguments, const Configuration& configuration,
                           const std::string& root);

// The baseline in the file; an empty one where the usual file is not there.
Result<Baseline> baseline_in(const BaselineFile& file);

// What the run could judge.
BaselineScope scope_of(const Settings& settings, const std::string& root);

// Marks what the baseline accepts; gives the entries that are found no more.
Result<std::vector<BaselineEntry>> use_baseline(const Arguments& arguments, const Asked& asked,
                                                LintReport& report);

void say_unused(const std::vector<BaselineEntry>& unused, const Talk& talk);

}  // namespace migcheck::cli
