// SPDX-License-Identifier: MIT
#pragma once

// The run: discover, read and parse in threads, lint in order.
//
// Files are read and parsed ahead of the engine by a few threads, within a window of bytes, so that memory
// does not grow with the history; they are handed over in the order of the run, so that the report is the
// same with any number of threads.

#include <functional>
#include <string>
#include <vector>

#include "cli/talk.hpp"
#include "migcheck/catalog.hpp"
#include "migcheck/catalog_json.hpp"
#include "migcheck/input.hpp"
#include "migcheck/lint_report.hpp"
#include "migcheck/lock_report.hpp"
#include "migcheck/result.hpp"
#include "migcheck/settings.hpp"

namespace migcheck::cli {

struct LintRequest {
  Settings settings;
  InputRequest input;
  unsigned jobs = 0;         // 0: as many as there are cores
  bool whole_texts = false;  // the report's files with findings are to have them, for edits
  // Who gave the server's version: "--pg-version", "migcheck.yaml:2:1". Empty: nobody did, and the project is
  // looked at.
  std::string version_origin;
};

Result<LintReport> run_pipeline(const LintRequest& request, const Talk& talk);

// A text about what a run saw, and what could not be read.
struct Replayed {
  std::string text;
  std::vector<Unread> unread;
};

// What is to be said of the catalog that a history leaves behind.
using Describe = std::function<std::string(const catalog::Catalog&, const PlaceText&)>;

// The same run without checks: every migration is history. The request must lead to one history.
Result<Replayed> run_replay(const LintRequest& request, const Talk& talk, const Describe& describe);

// The history as a script for psql: see HistoryScript. The request must lead to one history.
Result<Replayed> run_script(const LintRequest& request, const Talk& talk);

// What the targets lock, and what of them could not be read.
struct Watched {
  LockReport locks;
  std::vector<std::string> remarks;
  std::vector<Unread> unread;
};

// The same run without checks, for its locks. Queries of the application are not part of it.
Result<Watched> run_locks(const LintRequest& request, const Talk& talk);

}  // namespace migcheck::cli
