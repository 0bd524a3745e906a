// SPDX-License-Identifier: MIT

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "migcheck/unicode.hpp"
#include "report/formats.hpp"
#include "report/json_writer.hpp"
#include "report/page_text.hpp"
#include "support/sample_reports.hpp"

namespace migcheck::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(JsonWriter, EscapesWhatJsonForbids) {
  EXPECT_EQ(quoted("a\"b\\c\n\t\r\x01"), R"("a\"b\\c\n\t\r\u0001")");
}

TEST(JsonWriter, WhatIsNotUtf8BecomesTheReplacementCharacter) {
  EXPECT_EQ(quoted("\xE9"), "\"\xEF\xBF\xBD\"");
  EXPECT_EQ(quoted("\xED\xA0\x80"), "\"\xEF\xBF\xBD\"") << "a surrogate";
  EXPECT_EQ(quoted("\xE0\x80\x80"), "\"\xEF\xBF\xBD\"") << "an overlong zero";
  EXPECT_EQ(quoted("\xF0\x9F\x98\x80"), "\"\xF0\x9F\x98\x80\"");
  EXPECT_EQ(quoted("\xF0\x9F"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"") << "a cut character";
}

TEST(JsonWriter, TrueIsNotOneAndTextIsNotTrue) {
  std::string out;
  JsonWriter(out).begin_array().value(true).value(1).value("x").null().end_array();
  EXPECT_EQ(out, "[\n  true,\n  1,\n  \"x\",\n  null\n]\n");
}

TEST(JsonReport, SuppressedFindingsAreLeftOutUnlessAskedFor) {
  const auto report = migcheck::testing::sample_report();
  EXPECT_THAT(render_json(report, {}), Not(HasSubstr("an internal report")));
  EXPECT_THAT(render_json(report, {.show_suppressed = true}), HasSubstr("\"disposition\": \"suppressed\""));
}

TEST(JsonReport, TheSummaryCountsWhatMinSeverityHides) {
  const std::string out = render_json(migcheck::testing::sample_report(), {.min_severity = Severity::Error});
  EXPECT_THAT(out, Not(HasSubstr("\"severity\": \"warning\"")));
  EXPECT_THAT(out, HasSubstr("\"warnings\": 1"));
}

TEST(DisplayWidth, CountsColumnsOfATerminal) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("\xE8\xA1\xA8"), 2) << "East Asian";
  EXPECT_EQ(display_width("e\xCC\x81"), 1) << "a combining accent";
  EXPECT_EQ(display_width("\xF0\x9F\x98\x80"), 2) << "an emoji";
}

TEST(Printable, NeitherTheTerminalNorTheRunnerObeysIt) {
  EXPECT_EQ(printable("a\x1b[31mb\x7f"), "a\\x1b[31mb\\x7f");
  EXPECT_EQ(printable("\xC2\x9B\xE2\x80\xAE"), "\\x9b\\u202e");
  EXPECT_EQ(printable("x ##[add-mask]"), "x ## [add-mask]");
  EXPECT_EQ(printable("a\r\nb\tc"), "a b c");
}

TEST(PageText, LosesItsMarksButNotItsSql) {
  EXPECT_EQ(plain_text("# name\n\nIt **waits** for `x_y * 2`.\n\n```sql bad\n# SELECT `a`;\n```\n"),
            "name\n\nIt waits for x_y * 2.\n\n    # SELECT `a`;");
  EXPECT_EQ(first_paragraph("# name\n\nOne\ntwo `three`.\n\nNext.", 100), "One two three.");
  EXPECT_EQ(first_paragraph("# name\n\nOne two three four.", 12), "One two...");
}

}  // namespace
}  // namespace migcheck::report
