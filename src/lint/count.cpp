// SPDX-License-Identifier: MIT

#include "lint/count.hpp"

namespace migcheck {

void count_findings(LintReport& report) {
  Summary& summary = report.summary;
  summary.errors = summary.warnings = summary.infos = 0;
  summary.suppressed = summary.baselined = summary.files_with_findings = 0;
  std::uint32_t last_file = kNoFile;
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
    if (finding.place.file != last_file) ++summary.files_with_findings;
    last_file = finding.place.file;
  }
  summary.unread = static_cast<std::uint32_t>(report.unread.size());
}

}  // namespace migcheck
