// SPDX-License-Identifier: MIT

#include "lint/count.hpp"

#include <string_view>
#include <unordered_set>

namespace migcheck {

void count_findings(LintReport& report) {
  Summary& summary = report.summary;
  summary.errors = summary.warnings = summary.infos = 0;
  summary.suppressed = summary.baselined = summary.files_with_findings = 0;
  std::unordered_set<std::string_view> with_findings;
  for (const Finding& finding : report.findings) {
    switch (finding.disposition) {
      case Disposition::Suppressed:
        ++summary.suppressed;
        continue;
      case Disposition::Baselined:
        ++summary.baselined;
        continue;
      case Disposition::Active:
        break;
    }
    ++(finding.severity == Severity::Error     ? summary.errors
       : finding.severity == Severity::Warning ? summary.warnings
                                               : summary.infos);
    // A script in parts is listed more than once.
    if (finding.place.known()) with_findings.insert(report.files[finding.place.file].path);
  }
  summary.files_with_findings = static_cast<std::uint32_t>(with_findings.size());
  // A script in parts counts once.
  std::unordered_set<std::string_view> checked;
  std::unordered_set<std::string_view> replayed;
  for (const ReportFile& file : report.files) (file.checked ? checked : replayed).insert(file.path);
  summary.files = static_cast<std::uint32_t>(checked.size());
  summary.history_files = static_cast<std::uint32_t>(replayed.size());
  summary.unread = static_cast<std::uint32_t>(report.unread.size());
  std::unordered_set<std::string_view> read;
  for (const ReportFile& file : report.files) read.insert(file.path);
  std::unordered_set<std::string_view> not_read;
  for (const Unread& one : report.unread) {
    if (one.line == 0 && !read.contains(one.path)) not_read.insert(one.path);
  }
  summary.unread_files = static_cast<std::uint32_t>(not_read.size());
}

}  // namespace migcheck
