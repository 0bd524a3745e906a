// SPDX-License-Identifier: MIT
#pragma once

// The run: discover, read and parse in threads, lint in order.
//
// Files are read and parsed ahead of the engine by a few threads, within a window of bytes, so that memory
// does not grow with the history; they are handed over in the order of the run, so that the report is the
// same with any number of threads.

#include "cli/talk.hpp"
#include "migcheck/input.hpp"
#include "migcheck/lint_report.hpp"
#include "migcheck/result.hpp"
#include "migcheck/settings.hpp"

namespace migcheck::cli {

struct LintRequest {
  Settings settings;
  InputRequest input;
  unsigned jobs = 0;  // 0: as many as there are cores
};

Result<LintReport> run_pipeline(const LintRequest& request, const Talk& talk);

}  // namespace migcheck::cli
