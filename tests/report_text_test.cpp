// SPDX-License-Identifier: MIT

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "migcheck/report.hpp"
#include "migcheck/unicode.hpp"
#include "report/formats.hpp"
#include "support/sample_reports.hpp"

namespace migcheck::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

LintReport many_findings(int count) {
  migcheck::testing::ReportBuilder build;
  std::string text;
  for (int n = 0; n < count; ++n) text += "CREATE INDEX i" + std::to_string(n) + " ON t (a);\n";
  const auto file = build.file("many.sql", text);
  for (int n = 0; n < count; ++n) {
    build.finding("index-not-concurrent", file, "INDEX i" + std::to_string(n) + " ").message = "It blocks.";
  }
  return build.finish();
}

std::size_t occurrences(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(TextReport, FewFindingsAreAllShown) {
  EXPECT_EQ(occurrences(render_text(many_findings(60), {}), "error[index"), 60u);
}

TEST(TextReport, RepeatsOfOneCheckAreFoldedAndTheRestIsNamed) {
  const std::string out = render_text(many_findings(100), {});
  EXPECT_EQ(occurrences(out, "many.sql:"), 3u);
  EXPECT_THAT(out, HasSubstr("97 more error[index-not-concurrent]"));
  EXPECT_THAT(out, HasSubstr("--since REF"));
  EXPECT_THAT(out, HasSubstr("`migcheck baseline`"));
  EXPECT_EQ(occurrences(render_text(many_findings(100), {.fold = false}), "many.sql:"), 100u);
}

TEST(TextReport, OfManyFindingsTheWorstComeFirst) {
  LintReport report = many_findings(100);
  for (std::size_t n = 0; n < 70; ++n)
    report.findings[n].severity = n < 60 ? Severity::Info : Severity::Warning;
  const std::string out = render_text(report, {});
  EXPECT_LT(out.find("error[index"), out.find("warning[index"));
  EXPECT_LT(out.find("warning[index"), out.find("info[index"));
  EXPECT_LT(out.find("27 more error"), out.find("8 more warning"));
  EXPECT_LT(out.find("8 more warning"), out.find("59 more info"));
  EXPECT_EQ(occurrences(out, "many.sql:"), 6u);
}

TEST(TextReport, NoLineStartsWithWhatTheProjectWrote) {
  const std::string out = render_text(migcheck::testing::awkward_report(), {.width = 80});
  EXPECT_THAT(out, Not(HasSubstr("\n::")));
  EXPECT_THAT(out, Not(HasSubstr("##[")));
  EXPECT_THAT(out, Not(HasSubstr("\x1b")));
}

TEST(TextReport, LinesOfTheFrameFitTheTerminal) {
  std::size_t begin = 0;
  const std::string out = render_text(migcheck::testing::awkward_report(), {.width = 60});
  for (auto end = out.find('\n'); end != std::string::npos; begin = end + 1, end = out.find('\n', begin)) {
    const auto line = out.substr(begin, end - begin);
    if (line.find("[") == 0 || line.find(".sql:") != std::string::npos) continue;  // paths are never cut
    EXPECT_LE(display_width(line), 60) << line;
  }
}

TEST(TextReport, AnEnormousLineIsCutWithoutReadingItAll) {
  migcheck::testing::ReportBuilder build;
  const auto file =
      build.file("big.sql", std::string(20'000'000, 'x') + " HERE " + std::string(20'000'000, 'y'));
  build.finding("index-not-concurrent", file, "HERE").message = "In the middle.";
  const std::string out = render_text(build.finish(), {.width = 80});
  EXPECT_LT(out.size(), 1000u);
  EXPECT_THAT(out, HasSubstr(" HERE yyy"));
}

TEST(TextReport, ColoursOnlyWhenAskedFor) {
  EXPECT_THAT(render_text(migcheck::testing::sample_report(), {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(render_text(migcheck::testing::sample_report(), {.colour = true}),
              HasSubstr("\x1b[1;31merror"));
}

TEST(SummaryLine, CountsAndSaysWhatWasPutAside) {
  EXPECT_EQ(summary_line(migcheck::testing::sample_report()),
            "2 errors, 1 warning, 1 info in 3 of 3 files (1 suppressed, 1 in baseline, 1 file not read)");
  LintReport clean;
  clean.summary.files = 1;
  EXPECT_EQ(summary_line(clean), "No findings in 1 file");
}

TEST(Reporters, AreFoundByName) {
  for (const Reporter& reporter : all_reporters()) {
    EXPECT_EQ(find_reporter(reporter.name), &reporter);
    EXPECT_NE(reporter.render, nullptr);
  }
  EXPECT_EQ(find_reporter("sarif2"), nullptr);
}

}  // namespace
}  // namespace migcheck::report
