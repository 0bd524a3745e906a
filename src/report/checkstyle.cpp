// SPDX-License-Identifier: MIT

// Checkstyle's XML, which many CI systems read.

#include <fmt/format.h>

#include "report/formats.hpp"
#include "report/selection.hpp"
#include "report/xml.hpp"

namespace migcheck::report {

std::string render_checkstyle(const LintReport& report, const ReportOptions& options) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  // Findings come file by file.
  const std::string_view none = "\n";
  std::string_view open = none;
  for (const Finding* finding : shown_findings(report, options)) {
    const std::string_view path = path_of(report, finding->place);
    if (path != open) {
      if (open != none) out += "  </file>\n";
      out += fmt::format("  <file name=\"{}\">\n", xml_escaped(path));
      open = path;
    }
    const Position at = position_of(report, finding->place);
    out += fmt::format(
        "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"migcheck.{}\"/>\n",
        at.line, at.column, severity_word(finding->severity), xml_escaped(finding->message), finding->check);
  }
  if (open != none) out += "  </file>\n";
  return out + "</checkstyle>\n";
}

}  // namespace migcheck::report
