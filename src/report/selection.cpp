// SPDX-License-Identifier: MIT

#include "report/selection.hpp"

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

Region region_of(const LintReport& report, const Place& place) {
  if (place.file >= report.files.size()) return {};
  const ReportFile& file = report.files[place.file];
  // Notes may point into files of the history, whose text is not kept.
  if (file.text.empty()) {
    return {file.lines.position_in_bytes(place.span.begin), file.lines.position_in_bytes(place.span.end)};
  }
  return {file.lines.position(file.text, place.span.begin), file.lines.position(file.text, place.span.end)};
}

Region trimmed_region_of(const LintReport& report, const Place& place) {
  if (place.file >= report.files.size()) return {};
  const std::string_view text = report.files[place.file].text;
  Place trimmed = place;
  Span& span = trimmed.span;
  while (span.end > span.begin && span.end <= text.size() &&
         std::string_view(" \t\r\n").find(text[span.end - 1]) != std::string_view::npos) {
    --span.end;
  }
  return region_of(report, trimmed);
}

std::string_view path_of(const LintReport& report, const Place& place) {
  return place.file < report.files.size() ? std::string_view(report.files[place.file].path)
                                          : std::string_view();
}

}  // namespace migcheck::report
