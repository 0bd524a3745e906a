// SPDX-License-Identifier: MIT

// JUnit's XML: a suite per file, a test case per finding. Errors and warnings are failures, infos pass with
// their text as output. A clean file has one case that passes, so that dashboards show that it was checked.

#include <fmt/format.h>

#include <vector>

#include "report/formats.hpp"
#include "report/selection.hpp"
#include "report/xml.hpp"

namespace migcheck::report {
namespace {

struct Suite {
  std::string cases;
  unsigned tests = 0;
  unsigned failures = 0;
  unsigned errors = 0;
};

std::string text_of(const LintReport& report, const Finding& finding) {
  const Position at = region_of(report, finding.place).begin;
  std::string text =
      fmt::format("{}:{}:{}: {}", path_of(report, finding.place), at.line, at.column, finding.message);
  if (!finding.advice.empty()) text += "\nInstead: " + finding.advice;
  return text;
}

void add_finding(Suite& suite, const LintReport& report, const Finding& finding) {
  const Position at = region_of(report, finding.place).begin;
  const std::string text = xml_escaped(text_of(report, finding));
  suite.cases += fmt::format("    <testcase name=\"{} at line {}\" classname=\"{}\">\n", finding.check,
                             at.line, xml_escaped(path_of(report, finding.place)));
  ++suite.tests;
  if (finding.severity == Severity::Info) {
    suite.cases += fmt::format("      <system-out>{}</system-out>\n", text);
  } else {
    ++suite.failures;
    suite.cases += fmt::format("      <failure message=\"{}\" type=\"{}\">{}</failure>\n",
                               xml_escaped(finding.message), severity_word(finding.severity), text);
  }
  suite.cases += "    </testcase>\n";
}

void add_unread(Suite& suite, const Unread& unread) {
  const std::string path = xml_escaped(unread.path);
  const std::string reason = xml_escaped(unread.reason);
  ++suite.tests;
  if (unread.failed) ++suite.errors;
  suite.cases += fmt::format("    <testcase name=\"read\" classname=\"{}\">\n", path);
  suite.cases += unread.failed ? fmt::format("      <error message=\"{}\" type=\"unread\"/>\n", reason)
                               : std::string("      <skipped/>\n");
  suite.cases += "    </testcase>\n";
}

void write_suite(std::string& out, std::string_view name, const Suite& suite) {
  out +=
      fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n{}  </testsuite>\n",
                  xml_escaped(name), suite.tests, suite.failures, suite.errors, suite.cases);
}

}  // namespace

std::string render_junit(const LintReport& report, const ReportOptions& options) {
  std::vector<Suite> suites(report.files.size() + 1);  // the last: what belongs to no file
  for (const Finding* finding : shown_findings(report, options)) {
    const std::size_t file =
        finding->place.file < report.files.size() ? finding->place.file : report.files.size();
    add_finding(suites[file], report, *finding);
  }
  for (const Unread& unread : report.unread) add_unread(suites.back(), unread);
  std::string body;
  Suite all;
  for (std::size_t n = 0; n < suites.size(); ++n) {
    Suite& suite = suites[n];
    const bool of_file = n < report.files.size();
    if (of_file && suite.tests == 0) {
      if (!report.files[n].checked) continue;
      suite.tests = 1;
      suite.cases = fmt::format("    <testcase name=\"no findings\" classname=\"{}\"/>\n",
                                xml_escaped(report.files[n].path));
    }
    if (suite.tests == 0) continue;
    write_suite(body, of_file ? std::string_view(report.files[n].path) : "migcheck", suite);
    all.tests += suite.tests;
    all.failures += suite.failures;
    all.errors += suite.errors;
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"migcheck\" tests=\"{}\" "
      "failures=\"{}\" errors=\"{}\">\n{}</testsuites>\n",
      all.tests, all.failures, all.errors, body);
}

}  // namespace migcheck::report
