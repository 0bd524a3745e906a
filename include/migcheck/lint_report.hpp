// SPDX-License-Identifier: MIT
#pragma once

// What a run has to say, as values: made by the engine, read by the reporters and the command line.

#include <cstdint>
#include <string>
#include <vector>

#include "migcheck/excerpt.hpp"
#include "migcheck/finding.hpp"
#include "migcheck/settings.hpp"

namespace migcheck {

// A file as reporters need it: its name, and of its own bytes what the report points into.
struct ReportFile {
  std::string path;
  Excerpt excerpt;
  bool checked = true;  // false: replayed only
  // Of checked files: how many statements lead forward, and how many back.
  std::uint32_t forward = 0;
  std::uint32_t back = 0;
};

struct Summary {
  std::uint32_t files = 0;          // checked
  std::uint32_t history_files = 0;  // replayed only
  std::uint32_t statements = 0;     // in checked files
  std::uint32_t errors = 0;         // active findings
  std::uint32_t warnings = 0;
  std::uint32_t infos = 0;
  std::uint32_t suppressed = 0;
  std::uint32_t baselined = 0;
  std::uint32_t unread = 0;        // all that was not read: files, statements, includes
  std::uint32_t unread_files = 0;  // of these, files of which nothing was read
  std::uint32_t files_with_findings = 0;
  friend bool operator==(const Summary&, const Summary&) = default;
};

struct LayoutUse {
  std::string path;
  std::string name;
};

// All that a run has to say, as values. Findings are sorted by file, byte offset and check.
struct LintReport {
  std::vector<ReportFile> files;  // Place::file is an index into these
  std::vector<Finding> findings;
  std::vector<Unread> unread;
  std::vector<std::string> remarks;  // sentences for people: "PostgreSQL 19 is treated as 18."
  std::vector<LayoutUse> layouts;
  int pg_version = kDefaultPgVersion;
  std::string grammar;  // the parser's, for machine formats: "PostgreSQL 17.6"
  std::string root;     // only for people's eyes, never in machine formats
  Summary summary;
};

// 0: nothing at or above settings.fail_on. 1: findings at or above it. 2: something could not be done; it
// wins.
[[nodiscard]] int exit_code(const LintReport& report, const Settings& settings);

}  // namespace migcheck
