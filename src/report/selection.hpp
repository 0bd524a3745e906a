// SPDX-License-Identifier: MIT
#pragma once

// What all reporters ask of a report: which findings to show, and where they are.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/report.hpp"

namespace migcheck::report {

// In the report's order: active findings at or above the severity to show; all dispositions on request.
std::vector<const Finding*> shown_findings(const LintReport& report, const ReportOptions& options);

// The words for a severity: "error", "warning", "info".
std::string_view severity_word(Severity severity);

// A finding's fingerprint as formats and baselines write it; empty if it has none.
std::string fingerprint_word(const Finding& finding);

// A place as people read it; the end is exclusive.
struct Region {
  Position begin;
  Position end;
};

// Where a place begins; line 1, column 1 where it is unknown.
Position position_of(const LintReport& report, const Place& place);
// The same of the whole place.
Region region_of(const LintReport& report, const Place& place);
// The same without white space at the end, so that a clause does not reach into the next line.
Region trimmed_region_of(const LintReport& report, const Place& place);

// The file of a place: its path, or "" where the place is unknown.
std::string_view path_of(const LintReport& report, const Place& place);

}  // namespace migcheck::report
