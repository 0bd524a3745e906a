// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migcheck/lint_report.hpp"
#include "migcheck/registry.hpp"

namespace migcheck::testing {

// Builds a LintReport by hand, so that reporters are tested without the engine.
class ReportBuilder {
 public:
  ReportBuilder();
  // Adds a file and gives its number.
  std::uint32_t file(std::string path, std::string text);
  // Adds a finding on the first occurrence of `clause` in the file, within the statement around it.
  Finding& finding(std::string_view check, std::uint32_t file, std::string_view clause);
  // A place in a file, by its text.
  [[nodiscard]] Place place(std::uint32_t file, std::string_view text) const;
  LintReport& report() { return report_; }
  // Counts the summary from what was added.
  LintReport finish();

 private:
  LintReport report_;
};

// Checks that exist only here, so that golden files don't change with the catalogue.
const std::vector<RegisteredCheck>& sample_checks();

// What a small team's project gives: two errors, a warning, an info, one suppressed, one in the baseline.
LintReport sample_report();
// Everything that is hard to print: wide characters, tabs, escapes, broken bytes, multi-line clauses.
LintReport awkward_report();

}  // namespace migcheck::testing
