// SPDX-License-Identifier: MIT
#pragma once

// The formats, one file each. The table of all of them is in reporters.cpp.

#include <string>
#include <vector>

#include "migcheck/registry.hpp"
#include "migcheck/report.hpp"

namespace migcheck::report {

std::string render_text(const LintReport& report, const ReportOptions& options);
std::string render_compact(const LintReport& report, const ReportOptions& options);
std::string render_json(const LintReport& report, const ReportOptions& options);
std::string render_sarif(const LintReport& report, const ReportOptions& options);
std::string render_github(const LintReport& report, const ReportOptions& options);
std::string render_gitlab(const LintReport& report, const ReportOptions& options);
std::string render_junit(const LintReport& report, const ReportOptions& options);
std::string render_checkstyle(const LintReport& report, const ReportOptions& options);
std::string render_markdown(const LintReport& report, const ReportOptions& options);

// SARIF with a table of checks of one's own: its rules are all checks there are, found something or not.
std::string render_sarif_with(const std::vector<RegisteredCheck>& checks, const LintReport& report,
                              const ReportOptions& options);

}  // namespace migcheck::report
