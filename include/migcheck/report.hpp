// SPDX-License-Identifier: MIT
#pragma once

// Reporters: a LintReport in, text out. They know values, not the engine; they read no file and no terminal.
// One file per format in src/report/.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/lint_report.hpp"

namespace migcheck {

struct ReportOptions {
  bool colour = false;                     // only the formats for people use it
  bool show_suppressed = false;            // suppressed and baselined findings too
  int width = 100;                         // of the terminal, for wrapping; formats for people only
  bool fold = true;                        // repeats of one check become a count; formats for people only
  bool quiet = false;                      // no summary line
  Severity min_severity = Severity::Info;  // what to show; the exit code does not depend on it
};

struct Reporter {
  std::string_view name;     // "sarif"
  std::string_view summary;  // one line for --help
  bool for_people = false;   // coloured on a terminal, summary on stderr
  std::string (*render)(const LintReport& report, const ReportOptions& options) = nullptr;
};

// All formats, in the order in which --help lists them.
const std::vector<Reporter>& all_reporters();
// nullptr if there is none of that name.
const Reporter* find_reporter(std::string_view name);

// "2 errors, 1 warning in 1 of 14 files (1 suppressed, 3 in baseline)": the line on stderr after a text
// report.
std::string summary_line(const LintReport& report);

// What was not read for one reason below one folder. Projects hold thousands of files for other databases;
// one line for each would hide the rest.
struct UnreadGroup {
  std::string reason;
  std::string folder;     // holds them all; "." is the project's root
  std::size_t files = 0;  // files of which nothing was read
  std::size_t parts = 0;  // statements and lines of files that were read
  [[nodiscard]] std::size_t count() const { return files + parts; }
};

// All of these but what failed, the biggest group first. The counts add up to it.
std::vector<UnreadGroup> unread_groups(std::span<const Unread> all_unread);

// "24 files in db/mysql: For MySQL, as its folder says."
std::string sentence_of(const UnreadGroup& group);

}  // namespace migcheck
