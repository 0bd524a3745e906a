// SPDX-License-Identifier: MIT

#include <gtest/gtest.h>

#include "report/formats.hpp"
#include "support/golden.hpp"
#include "support/sample_reports.hpp"

namespace migcheck {
namespace {

using testing::expect_golden;

const ReportOptions kPlain{.width = 80};
const ReportOptions kEverything{.show_suppressed = true, .width = 80};

TEST(ReportGolden, TextOfASmallProject) {
  expect_golden("report/sample.txt", report::render_text(testing::sample_report(), kPlain));
}

TEST(ReportGolden, TextWithColoursAndSuppressedFindings) {
  const ReportOptions options{.colour = true, .show_suppressed = true, .width = 120};
  expect_golden("report/sample_colour.txt", report::render_text(testing::sample_report(), options));
}

TEST(ReportGolden, TextOfWhatIsHardToPrint) {
  expect_golden("report/awkward.txt", report::render_text(testing::awkward_report(), kPlain));
}

TEST(ReportGolden, Compact) {
  expect_golden("report/sample.compact", report::render_compact(testing::sample_report(), kPlain));
  expect_golden("report/awkward.compact", report::render_compact(testing::awkward_report(), kPlain));
}

TEST(ReportGolden, Json) {
  expect_golden("report/sample.json", report::render_json(testing::sample_report(), kEverything));
  expect_golden("report/awkward.json", report::render_json(testing::awkward_report(), kPlain));
}

TEST(ReportGolden, Sarif) {
  const auto& checks = testing::sample_checks();
  expect_golden("report/empty.sarif", report::render_sarif_with(checks, LintReport{}, kPlain));
  expect_golden("report/sample.sarif", report::render_sarif_with(checks, testing::sample_report(), kPlain));
  expect_golden("report/sample_all.sarif",
                report::render_sarif_with(checks, testing::sample_report(), kEverything));
  expect_golden("report/awkward.sarif", report::render_sarif_with(checks, testing::awkward_report(), kPlain));
}

TEST(ReportGolden, FormatsOfOtherTools) {
  for (const char* format : {"github", "gitlab", "junit", "checkstyle", "markdown"}) {
    const Reporter* reporter = find_reporter(format);
    ASSERT_NE(reporter, nullptr) << format;
    for (const char* sample : {"sample", "awkward", "empty"}) {
      const LintReport report = std::string_view(sample) == "sample"    ? testing::sample_report()
                                : std::string_view(sample) == "awkward" ? testing::awkward_report()
                                                                        : LintReport{};
      expect_golden(std::string("report/") + sample + "." + format, reporter->render(report, kPlain));
    }
  }
}

}  // namespace
}  // namespace migcheck
