// SPDX-License-Identifier: MIT

// GitLab's Code Quality report. GitLab folds entries of equal fingerprint into one and does not show the
// check's name, so fingerprints are made unique and the name leads the description.

#include <fmt/format.h>

#include <map>

#include "migcheck/unicode.hpp"
#include "report/formats.hpp"
#include "report/json_writer.hpp"
#include "report/selection.hpp"

namespace migcheck::report {
namespace {

std::string_view quality_severity(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "major";
    case Severity::Warning:
      return "minor";
    case Severity::Info:
      break;
  }
  return "info";
}

}  // namespace

std::string render_gitlab(const LintReport& report, const ReportOptions& options) {
  std::string out;
  JsonWriter json(out);
  std::map<std::string, unsigned> seen;
  json.begin_array();
  for (const Finding* finding : shown_findings(report, options)) {
    std::string fingerprint = fingerprint_word(*finding);
    const std::string_view path = path_of(report, finding->place);
    if (fingerprint.empty()) fingerprint = fmt::format("{}:{}", finding->check, path);
    if (const unsigned times = ++seen[fingerprint]; times > 1) fingerprint += fmt::format(":{}", times);
    json.begin_object()
        .member("description", fmt::format("{}: {}", finding->check, printable(finding->message)))
        .member("check_name", finding->check)
        .member("fingerprint", fingerprint)
        .member("severity", quality_severity(finding->severity));
    json.object("location").member("path", path.empty() ? "." : path).object("lines");
    const Region region = trimmed_region_of(report, finding->place);
    json.member("begin", region.begin.line).member("end", region.end.line);
    json.end_object().end_object().end_object();
  }
  json.end_array();
  return out;
}

}  // namespace migcheck::report
