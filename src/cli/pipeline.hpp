// SPDX-License-Identifier: MIT
#pragma once

// The run: discover, read and parse in threads, lint in order.
//
// Files are read and parsed ahead of the engine by a few threads, within a window of bytes, so that memory
// does not grow with the history; they are handed over in the order of the run, so that the report is the
// same with any number of threads.

#include <string>
#include <vector>

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

// What a history leaves behind: its catalog as JSON, and what of it could not be read.
struct Replayed {
  std::string catalog;
  std::vector<Unread> unread;
};

// The same run without checks: every migration is history. The request must lead to one history.
Result<Replayed> run_replay(const LintRequest& request, const Talk& talk);

}  // namespace migcheck::cli
