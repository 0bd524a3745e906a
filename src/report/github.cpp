// SPDX-License-Identifier: MIT

// Annotations of GitHub Actions: workflow commands on standard output.
//
// GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a word, so the
// worst come first and a last notice counts what was left out.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "migcheck/unicode.hpp"
#include "report/formats.hpp"
#include "report/paint.hpp"
#include "report/selection.hpp"

namespace migcheck::report {
namespace {

constexpr std::size_t kShownOfEach = 10;

// The runner reads %25, %0D and %0A back; in properties also : and , would end the value.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char byte : text) {
    const bool special = byte == '%' || byte == '\r' || byte == '\n';
    if (special || (property && (byte == ':' || byte == ','))) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    } else {
      out += byte;
    }
  }
  return out;
}

std::string_view command_of(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Info:
      break;
  }
  return "notice";
}

std::string message_of(const Finding& finding) {
  std::string text;
  const auto append = [&](std::string_view part) {
    for (const std::string_view line : lines_of(part)) {
      if (!text.empty()) text += '\n';
      text += printable(line);
    }
  };
  append(finding.message);
  if (!finding.advice.empty()) append("Instead: " + finding.advice);
  return text;
}

// Columns are only allowed where the clause stands on one line; otherwise GitHub drops the annotation.
std::string place_of(const LintReport& report, const Finding& finding) {
  if (!finding.place.known()) return "";
  const Region region = trimmed_region_of(report, finding.place);
  std::string text =
      fmt::format("file={},line={},endLine={},", escaped(printable(path_of(report, finding.place)), true),
                  region.begin.line, region.end.line);
  if (region.begin.line == region.end.line) {
    text += fmt::format("col={},endColumn={},", region.begin.column, region.end.column);
  }
  return text;
}

}  // namespace

std::string render_github(const LintReport& report, const ReportOptions& options) {
  const auto shown = shown_findings(report, options);
  std::string out;
  std::size_t left_out = 0;
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
    // The last notice is kept for the count.
    const std::size_t limit = severity == Severity::Info ? kShownOfEach - 1 : kShownOfEach;
    std::size_t count = 0;
    for (const Finding* finding : shown) {
      if (finding->severity != severity) continue;
      if (count++ >= limit) continue;
      fmt::format_to(std::back_inserter(out), "::{} {}title={}::{}\n", command_of(severity),
                     place_of(report, *finding), escaped(finding->check, true),
                     escaped(message_of(*finding), false));
    }
    left_out += count - std::min(count, limit);
  }
  if (left_out > 0) {
    out += fmt::format("::notice title=migcheck::{} more findings are in the log and in the other reports.\n",
                       left_out);
  }
  return out;
}

}  // namespace migcheck::report
