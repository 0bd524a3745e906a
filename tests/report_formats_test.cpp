// SPDX-License-Identifier: MIT

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "report/formats.hpp"
#include "report/xml.hpp"
#include "support/sample_reports.hpp"

namespace migcheck::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

LintReport many(int count, Severity severity) {
  migcheck::testing::ReportBuilder build;
  const auto file = build.file("many.sql", "SELECT 1;\nSELECT 2;\n");
  for (int n = 0; n < count; ++n) {
    Finding& finding = build.finding("index-not-concurrent", file, "SELECT 1");
    finding.message = "Finding " + std::to_string(n) + ".";
    finding.severity = n % 2 == 0 ? severity : Severity::Info;
    finding.fingerprint = 7;
  }
  return build.finish();
}

std::size_t lines_starting_with(const std::string& text, std::string_view start) {
  std::size_t count = text.compare(0, start.size(), start) == 0 ? 1 : 0;
  const std::string wanted = "\n" + std::string(start);
  for (auto at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) ++count;
  return count;
}

TEST(GithubReport, StaysWithinTenOfEachAndCountsTheRest) {
  const std::string out = render_github(many(100, Severity::Error), {});
  EXPECT_EQ(lines_starting_with(out, "::error "), 10u);
  EXPECT_EQ(lines_starting_with(out, "::notice "), 10u);
  EXPECT_THAT(out, HasSubstr("::81 more findings"));
  EXPECT_THAT(out, StartsWith("::error ")) << "the worst come first";
}

TEST(GithubReport, EveryLineIsOneCommandWhateverTheProjectWrote) {
  const std::string out = render_github(migcheck::testing::awkward_report(), {});
  const std::regex command(
      R"(::(error|warning|notice) (file=[^:,]*,line=\d+,endLine=\d+,(col=\d+,endColumn=\d+,)?)title=[^:,]*::.*)");
  std::istringstream lines(out);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count)
    EXPECT_TRUE(std::regex_match(line, command)) << line;
  EXPECT_EQ(count, 5);
}

TEST(GithubReport, AClauseOfManyLinesHasNoColumns) {
  const std::string out = render_github(migcheck::testing::awkward_report(), {});
  EXPECT_THAT(out, HasSubstr("line=2,endLine=8,title="));
}

TEST(GitlabReport, FingerprintsAreUnique) {
  const std::string out = render_gitlab(many(50, Severity::Error), {});
  std::set<std::string> seen;
  const std::regex fingerprint("\"fingerprint\": \"([^\"]*)\"");
  for (auto it = std::sregex_iterator(out.begin(), out.end(), fingerprint); it != std::sregex_iterator();
       ++it) {
    EXPECT_TRUE(seen.insert((*it)[1]).second) << (*it)[1];
  }
  EXPECT_EQ(seen.size(), 50u);
}

TEST(Xml, HasNoCharacterThatXmlForbids) {
  EXPECT_EQ(xml_escaped("a<b>&\"\n\x1b\xFF"), "a&lt;b&gt;&amp;&quot;&#10;\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(JunitReport, InfosPassAndFailedReadsAreErrors) {
  LintReport report = many(2, Severity::Error);
  report.unread = {{"gone.sql", 0, "The file cannot be read.", true}};
  const std::string out = render_junit(report, {});
  EXPECT_THAT(out, HasSubstr("<testsuites name=\"migcheck\" tests=\"3\" failures=\"1\" errors=\"1\">"));
  EXPECT_THAT(out, HasSubstr("<error message=\"The file cannot be read.\" type=\"unread\"/>"));
}

TEST(JunitReport, ACheckedFileWithoutFindingsPassesAndHistoryIsNotMentioned) {
  migcheck::testing::ReportBuilder build;
  build.file("clean.sql", "");
  build.file("old.sql", "");
  build.report().files[1].checked = false;
  const std::string out = render_junit(build.finish(), {});
  EXPECT_THAT(out, HasSubstr("<testcase name=\"no findings\" classname=\"clean.sql\"/>"));
  EXPECT_THAT(out, Not(HasSubstr("old.sql")));
}

TEST(MarkdownReport, FitsACommentAndCountsWhatDoesNot) {
  const std::string out = render_markdown(many(2000, Severity::Warning), {});
  EXPECT_LT(out.size(), 65'536u);
  EXPECT_THAT(out, HasSubstr(" more findings are not shown here."));
}

TEST(MarkdownReport, MentionsNobodyAndOpensNoTag) {
  LintReport report = many(1, Severity::Error);
  report.findings[0].message = "See @team <img src=x> | `a|b` *c*.";
  const std::string out = render_markdown(report, {});
  EXPECT_THAT(out, HasSubstr("See @<!-- -->team &lt;img src=x> \\| `a\\|b` \\*c\\*."));
}

TEST(SarifReport, AboveTheLimitTheWorstStayAndTheRestIsCounted) {
  const LintReport report = many(6000, Severity::Error);
  const std::string out = render_sarif_with(migcheck::testing::sample_checks(), report, {});
  EXPECT_THAT(out, HasSubstr("1000 more findings were left out"));
  std::size_t errors = 0;
  for (auto at = out.find("\"level\": \"error\",\n          \"message\""); at != std::string::npos;
       at = out.find("\"level\": \"error\",\n          \"message\"", at + 1)) {
    ++errors;
  }
  EXPECT_EQ(errors, 3000u) << "all errors are among the 5,000";
}

TEST(SarifReport, OnlyTenancyAndAccessAreSecurity) {
  const std::string out = render_sarif_with(migcheck::testing::sample_checks(), LintReport{}, {});
  const auto tenancy = out.find("\"id\": \"tenant-filter-missing\"");
  const auto security = out.find("security-severity");
  ASSERT_NE(security, std::string::npos);
  EXPECT_GT(security, tenancy);
  EXPECT_EQ(out.find("security-severity", security + 1), std::string::npos);
}

TEST(SarifReport, PathsAreEncodedAndColumnsAreUtf16) {
  const std::string out =
      render_sarif_with(migcheck::testing::sample_checks(), migcheck::testing::awkward_report(), {});
  EXPECT_THAT(out, HasSubstr("\"uri\": \"migrations/%E8%A1%A8%20100%25.sql\""));
  EXPECT_THAT(out, HasSubstr("\"startColumn\": 20")) << "the emoji before the clause counts twice";
}

TEST(Reporters, NotesIntoFilesWhoseTextIsGoneKeepTheirLine) {
  LintReport report = migcheck::testing::sample_report();
  const std::string text = report.files[0].excerpt.text();
  const std::vector<Span> noted = {report.findings[1].notes[0].place.span};
  report.files[0].excerpt = Excerpt(LineIndex(text), noted);
  EXPECT_THAT(render_text(report, {}), HasSubstr("members was made here (migrations/0001_init.sql:1:14)"));
}

}  // namespace
}  // namespace migcheck::report
