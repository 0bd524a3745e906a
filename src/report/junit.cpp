// SPDX-License-Identifier: MIT

// JUnit's XML: a suite per file, a test case per finding. Errors and warnings are failures, infos pass with
// their text as output. A clean file has one case that passes, so that dashboards show that it was checked.

#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

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
  const Position at = position_of(report, finding.place);
  std::string text =
      fmt::format("{}:{}:{}: {}", path_of(report, finding.place), at.line, at.column, finding.message);
  if (!finding.advice.empty()) text += "\nInstead: " + finding.advice;
  return text;
}

void add_finding(Suite& suite, const LintReport& report, const Finding& finding) {
  const Position at = position_of(report, finding.place);
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

void add_no_findings(Suite& suite, std::string_view path) {
  ++suite.tests;
  suite.cases += fmt::format("    <testcase name=\"no findings\" classname=\"{}\"/>\n", xml_escaped(path));
}

class JunitReport {
 public:
  explicit JunitReport(const LintReport& report) : report_(report) {}

  std::string render(const ReportOptions& options) {
    const auto shown = shown_findings(report_, options);
    auto next = shown.begin();
    for (std::uint32_t n = 0; n < report_.files.size(); ++n) {
      const ReportFile& file = report_.files[n];
      Suite suite;
      for (; next != shown.end() && (*next)->place.file == n; ++next) add_finding(suite, report_, **next);
      if (suite.tests == 0 && file.checked) add_no_findings(suite, file.path);
      write(file.path, suite);
    }
    Suite of_no_file;
    for (; next != shown.end(); ++next) add_finding(of_no_file, report_, **next);
    for (const Unread& unread : report_.unread) add_unread(of_no_file, unread);
    write("migcheck", of_no_file);
    out_.insert(0, fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"migcheck\" "
                               "tests=\"{}\" failures=\"{}\" errors=\"{}\">\n",
                               all_.tests, all_.failures, all_.errors));
    out_ += "</testsuites>\n";
    return std::move(out_);
  }

 private:
  void write(std::string_view name, const Suite& suite) {
    if (suite.tests == 0) return;
    fmt::format_to(std::back_inserter(out_),
                   "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n",
                   xml_escaped(name), suite.tests, suite.failures, suite.errors);
    out_ += suite.cases;
    out_ += "  </testsuite>\n";
    all_.tests += suite.tests;
    all_.failures += suite.failures;
    all_.errors += suite.errors;
  }

  const LintReport& report_;
  Suite all_;  // counts only
  std::string out_;
};

}  // namespace

std::string render_junit(const LintReport& report, const ReportOptions& options) {
  return JunitReport(report).render(options);
}

}  // namespace migcheck::report
