// SPDX-License-Identifier: MIT

#include "report/selection.hpp"

#include <fmt/format.h>

namespace migcheck::report {

std::vector<const Finding*> shown_findings(const LintReport& report, const ReportOptions& options) {
  std::vector<const Finding*> shown;
  for (const Finding& finding : report.findings) {
    if (finding.severity < options.min_severity) continue;
    if (finding.disposition != Disposition::Active && !options.show_suppressed) continue;
    shown.push_back(&finding);
  }
  return shown;
}

std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Info:
      return "info";
  }
  return "info";
}

std::string fingerprint_word(const Finding& finding) {
  return finding.fingerprint == 0 ? std::string() : fmt::format("{:016x}", finding.fingerprint);
}

Position position_of(const LintReport& report, const Place& place) {
  if (place.file >= report.files.size()) return {};
  return report.files[place.file].excerpt.position(place.span.begin);
}

Region region_of(const LintReport& report, const Place& place) {
  if (place.file >= report.files.size()) return {};
  const Excerpt& excerpt = report.files[place.file].excerpt;
  return {excerpt.position(place.span.begin), excerpt.position(place.span.end)};
}

Region trimmed_region_of(const LintReport& report, const Place& place) {
  if (place.file >= report.files.size()) return {};
  return region_of(report, {place.file, report.files[place.file].excerpt.trimmed(place.span)});
}

std::string_view path_of(const LintReport& report, const Place& place) {
  return place.file < report.files.size() ? std::string_view(report.files[place.file].path)
                                          : std::string_view();
}

}  // namespace migcheck::report
