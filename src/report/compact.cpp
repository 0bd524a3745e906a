// SPDX-License-Identifier: MIT

// One line per finding, in the order that GCC uses and editors parse: path:line:column: severity: message
// [check].

#include <fmt/format.h>

#include <iterator>

#include "migcheck/unicode.hpp"
#include "report/formats.hpp"
#include "report/selection.hpp"

namespace migcheck::report {

std::string render_compact(const LintReport& report, const ReportOptions& options) {
  std::string out;
  for (const Finding* finding : shown_findings(report, options)) {
    const Position at = position_of(report, finding->place);
    fmt::format_to(std::back_inserter(out), "{}:{}:{}: {}: {} [{}]\n",
                   printable(path_of(report, finding->place)), at.line, at.column,
                   severity_word(finding->severity), printable(finding->message), finding->check);
  }
  return out;
}

}  // namespace migcheck::report
