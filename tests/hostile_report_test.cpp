// SPDX-License-Identifier: MIT

// Whatever a project wrote into its names, its SQL and its reasons, every format stays what it is: no control
// character, no mark that turns text around, no command for GitHub's runner, no tag, valid UTF-8.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "migcheck/report.hpp"
#include "migcheck/unicode.hpp"
#include "report/formats.hpp"
#include "support/sample_reports.hpp"

namespace migcheck::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// One of everything that some reader acts upon.
const std::string kNasty =
    "\n::error::pwned\n  ::add-mask::x ##[group]y \x1b[2J\x07\b\x7F\xC2\x9B"
    "31m \xE2\x80\xAE\xE2\x81\xA6\xD8\x9C \xF3\xA0\x81\x81 \xFF\xC0\xAF\xED\xA0\x80 <img src=x onerror=y> "
    "&amp; ]]> \" ' "
    "| `a` ``` <b> ``` [l](javascript:x) @team #1 %0A \xEF\xBF\xBE \r x";

LintReport nasty_report() {
  migcheck::testing::ReportBuilder build;
  const auto file =
      build.file("migrations/" + kNasty + ".sql", "SELECT '" + kNasty + "' END;\n" + kNasty + "\n");
  for (const Disposition disposition :
       {Disposition::Active, Disposition::Suppressed, Disposition::Baselined}) {
    Finding& finding = build.finding("index-not-concurrent", file, "SELECT '" + kNasty + "' END");
    finding.message = kNasty;
    finding.advice = kNasty;
    finding.notes = {{kNasty, build.place(file, "SELECT")}, {kNasty, {}}};
    finding.fix = Fix{kNasty, {{finding.place.span, kNasty}}, Applicability::NeedsReview};
    finding.disposition = disposition;
    finding.disposition_reason = kNasty;
  }
  build.report().unread = {{kNasty, 3, kNasty, true}, {kNasty, 0, kNasty, false}};
  build.report().layouts = {{kNasty, kNasty}};
  build.report().remarks = {kNasty};
  return build.finish();
}

class EveryFormat : public ::testing::TestWithParam<std::string_view> {
 protected:
  static std::string render() {
    return find_reporter(GetParam())->render(nasty_report(), {.show_suppressed = true, .fold = false});
  }
};

TEST_P(EveryFormat, HoldsValidCharactersOnlyAndNoneThatActs) {
  const std::string out = render();
  ASSERT_FALSE(out.empty());
  for (std::size_t at = 0; at < out.size();) {
    const Character character = character_at(out, at);
    ASSERT_TRUE(character.valid) << "at byte " << at;
    const bool ends_line = character.code == '\n' || character.code == '\t';
    ASSERT_TRUE(ends_line || !is_unsafe(character.code))
        << std::hex << static_cast<unsigned>(character.code) << " at " << at;
    at += character.length;
  }
}

TEST_P(EveryFormat, GivesTheRunnerNoCommandOfTheProjects) {
  const std::string out = render();
  EXPECT_THAT(out, Not(HasSubstr("##[")));
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    line.erase(0, line.find_first_not_of(" \t"));
    if (GetParam() == "github") {
      EXPECT_TRUE(line.starts_with("::error ") || line.starts_with("::notice ") ||
                  line.starts_with("::warning "))
          << line;
      EXPECT_THAT(line.substr(2), Not(HasSubstr("\n")));
    } else {
      EXPECT_FALSE(line.starts_with("::")) << line;
    }
  }
}

TEST_P(EveryFormat, OpensNoTagOfTheProjects) {
  if (GetParam() != "markdown" && GetParam() != "junit" && GetParam() != "checkstyle") return;
  std::string out = render();
  // Inside a block of code, and between ticks, Markdown shows tags as they are.
  if (GetParam() == "markdown") {
    for (auto open = out.find("````"); open != std::string::npos; open = out.find("````")) {
      const auto close = out.find("\n````\n", open);
      ASSERT_NE(close, std::string::npos);
      out.erase(open, close + 6 - open);
    }
  }
  EXPECT_THAT(out, Not(HasSubstr("<img")));
  EXPECT_THAT(out, Not(HasSubstr("<b>")));
}

std::vector<std::string_view> formats() {
  std::vector<std::string_view> names;
  for (const Reporter& reporter : all_reporters()) names.push_back(reporter.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(All, EveryFormat, ::testing::ValuesIn(formats()),
                         [](const auto& named) { return std::string(named.param); });

TEST(MarkdownTicks, ARunOfSeveralIsTextAndWhatItWouldPairWithToo) {
  migcheck::testing::ReportBuilder build;
  const auto file = build.file("a.sql", "SELECT 1;");
  build.finding("index-not-concurrent", file, "SELECT 1").message = "```<img>` and `a` and ``<b>`` end.";
  const std::string out = render_markdown(build.finish(), {});
  EXPECT_THAT(out, HasSubstr("\\`\\`\\`&lt;img>` and `a\\` and \\`\\`&lt;b>\\`\\` end."));
}

TEST(Printable, ShowsWhatActsAsWhatItIs) {
  EXPECT_EQ(printable("a\x1b[2J\xC2\x9B\xE2\x80\xAE\xD8\x9C\xF3\xA0\x81\x81z"),
            "a\\x1b[2J\\x9b\\u202e\\u061c\\U000e0041z");
  EXPECT_EQ(printable("a\n::error::b\r\nc"), "a ::error::b c");
  EXPECT_EQ(printable("##[group]"), "## [group]");
}

}  // namespace
}  // namespace migcheck::report
