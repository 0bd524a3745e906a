// SPDX-License-Identifier: MIT

// Every fixture is a test: fixtures/checks/<category>/<check>/*.sql, or a folder there that is a history.
//
//   CREATE INDEX i ON t (a);  -- expect: index-not-concurrent
//   -- expect: 14 index-not-concurrent "blocks writes"     on a line of its own: column, check, text in the
//                                                          message or the advice; it speaks of the next line
//                                                          of code
//   ALTER TABLE …  -- expect: lock-timeout-missing (info)  the severity, where the case at hand decides it
//
// Every finding must be expected and every expectation met; a file with no marker asserts silence. Where a
// finding offers a fix, the fix is applied and the result linted again.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "migcheck/parse.hpp"
#include "support/world.hpp"

namespace migcheck {
namespace {

namespace fs = std::filesystem;
using testing_support::FileText;
using testing_support::World;

struct Fixture {
  std::string check;
  fs::path path;  // a file, or a folder that is a history
};

struct Expectation {
  std::string file;
  std::uint32_t line = 0;
  std::optional<std::uint32_t> column;
  std::string check;
  std::string severity;  // empty: any
  std::string text;
  bool met = false;
};

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<Fixture> all_fixtures() {
  std::vector<Fixture> fixtures;
  const fs::path root = fs::path(MIGCHECK_SOURCE_DIR) / "fixtures/checks";
  if (!fs::exists(root)) return fixtures;
  for (const auto& category : fs::directory_iterator(root)) {
    for (const auto& check : fs::directory_iterator(category)) {
      for (const auto& entry : fs::directory_iterator(check)) {
        fixtures.push_back({check.path().filename().string(), entry.path()});
      }
    }
  }
  std::sort(fixtures.begin(), fixtures.end(),
            [](const Fixture& a, const Fixture& b) { return a.path < b.path; });
  return fixtures;
}

// "14 name "text", other" as expectations of one line.
void read_markers(const std::string& list, const std::string& file, std::uint32_t line,
                  std::vector<Expectation>& into) {
  static const std::regex kMarker(
      R"re(\s*(?:(\d+)\s+)?([a-z][a-z0-9-]*)(?:\s+\((info|warning|error)\))?(?:\s+"([^"]*)")?\s*(?:,|$))re");
  auto at = list.cbegin();
  std::smatch match;
  while (at != list.cend() &&
         std::regex_search(at, list.cend(), match, kMarker, std::regex_constants::match_continuous)) {
    Expectation expectation{
        .file = file, .line = line, .check = match[2], .severity = match[3], .text = match[4]};
    if (match[1].matched) expectation.column = static_cast<std::uint32_t>(std::stoul(match[1]));
    into.push_back(expectation);
    at = match.suffix().first;
  }
  ASSERT_EQ(std::string(at, list.cend()), "")
      << "an expectation that cannot be read, " << file << ":" << line;
}

std::vector<Expectation> read_expectations(const FileText& file) {
  std::vector<Expectation> found;
  std::vector<std::string> waiting;  // markers on lines of their own
  std::istringstream in(file.text);
  std::uint32_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    constexpr std::string_view kMark = "-- expect:";
    const std::size_t at = line.find(kMark);
    const bool alone = at != std::string::npos && line.find_first_not_of(" \t") == at;
    if (alone) {
      waiting.push_back(line.substr(at + kMark.size()));
      continue;
    }
    for (const std::string& list : waiting) read_markers(list, file.name, number, found);
    waiting.clear();
    if (at != std::string::npos) read_markers(line.substr(at + kMark.size()), file.name, number, found);
  }
  EXPECT_TRUE(waiting.empty()) << file.name << ": an expectation without a line of code after it";
  return found;
}

std::string_view word_for(Severity severity) {
  return severity == Severity::Error ? "error" : severity == Severity::Warning ? "warning" : "info";
}

std::string describe(const LintReport& report, const Finding& finding) {
  const ReportFile& file = report.files[finding.place.file];
  const Position at = file.excerpt.position(finding.place.span.begin);
  return file.path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + " " +
         std::string(finding.check) + " (" + std::string(word_for(finding.severity)) + ") \"" +
         finding.message + "\", advice \"" + finding.advice + "\"";
}

bool meets(const LintReport& report, const Finding& finding, const Expectation& wanted) {
  const ReportFile& file = report.files[finding.place.file];
  const Position at = file.excerpt.position(finding.place.span.begin);
  return file.path == wanted.file && at.line == wanted.line &&
         (!wanted.column || *wanted.column == at.column) && finding.check == wanted.check &&
         (wanted.severity.empty() || wanted.severity == word_for(finding.severity)) &&
         (finding.message.find(wanted.text) != std::string::npos ||
          finding.advice.find(wanted.text) != std::string::npos);
}

void compare(const LintReport& report, std::vector<Expectation> expectations) {
  for (const Finding& finding : report.findings) {
    if (finding.disposition != Disposition::Active) continue;
    const auto wanted =
        std::find_if(expectations.begin(), expectations.end(), [&](const Expectation& expectation) {
          return !expectation.met && meets(report, finding, expectation);
        });
    if (wanted == expectations.end()) {
      ADD_FAILURE() << "not expected: " << describe(report, finding);
    } else {
      wanted->met = true;
    }
  }
  for (const Expectation& expectation : expectations) {
    EXPECT_TRUE(expectation.met) << "expected and not found: " << expectation.file << ":" << expectation.line
                                 << " " << expectation.check << " " << expectation.text;
  }
}

std::vector<FileText> files_of(const Fixture& fixture) {
  if (!fs::is_directory(fixture.path)) return {{fixture.path.filename().string(), read_file(fixture.path)}};
  std::vector<FileText> files;
  for (const auto& entry : fs::recursive_directory_iterator(fixture.path)) {
    if (entry.is_regular_file())
      files.push_back({fs::relative(entry.path(), fixture.path).string(), read_file(entry)});
  }
  std::sort(files.begin(), files.end(), [](const FileText& a, const FileText& b) { return a.name < b.name; });
  return files;
}

std::size_t count_of(const LintReport& report, std::string_view check) {
  return static_cast<std::size_t>(std::count_if(
      report.findings.begin(), report.findings.end(),
      [&](const Finding& f) { return f.check == check && f.disposition == Disposition::Active; }));
}

// Applies each fix on its own: no syntax error, one finding of the check less, and none of it new.
void try_fixes(const LintReport& report, const std::vector<FileText>& files, const World& world) {
  for (const Finding& finding : report.findings) {
    if (!finding.fix || finding.disposition != Disposition::Active) continue;
    std::vector<FileText> fixed = files;
    const std::string& path = report.files[finding.place.file].path;
    const auto file =
        std::find_if(fixed.begin(), fixed.end(), [&](const FileText& f) { return f.name == path; });
    ASSERT_NE(file, fixed.end());
    std::vector<Edit> edits = finding.fix->edits;
    std::sort(edits.begin(), edits.end(),
              [](const Edit& a, const Edit& b) { return a.span.begin > b.span.begin; });
    for (const Edit& edit : edits) file->text.replace(edit.span.begin, edit.span.size(), edit.text);
    const LintReport after = testing_support::lint_files(fixed, world);
    EXPECT_EQ(count_of(after, "syntax-error"), count_of(report, "syntax-error"))
        << "the fix of " << describe(report, finding);
    EXPECT_EQ(count_of(after, finding.check) + 1, count_of(report, finding.check))
        << "the fix of " << describe(report, finding);
    EXPECT_LE(after.findings.size(), report.findings.size())
        << "the fix brings findings: " << describe(report, finding);
  }
}

class FixtureTest : public testing::TestWithParam<Fixture> {};

TEST_P(FixtureTest, FindsWhatIsExpectedAndNothingElse) {
  const Fixture& fixture = GetParam();
  const std::vector<FileText> files = files_of(fixture);
  World world;
  world.settings.only = {fixture.check};
  std::vector<Expectation> expectations;
  for (const FileText& file : files) {
    testing_support::read_header(testing_support::header_of(file.text), world);
    const std::vector<Expectation> more = read_expectations(file);
    expectations.insert(expectations.end(), more.begin(), more.end());
  }
  if (world.settings.pg_version >= 18 && grammar().major < 18) {
    GTEST_SKIP() << "needs the grammar of PostgreSQL 18; this build speaks " << grammar().major;
  }
  const LintReport report = testing_support::lint_files(files, world);
  compare(report, std::move(expectations));
  try_fixes(report, files, world);
}

INSTANTIATE_TEST_SUITE_P(Checks, FixtureTest, testing::ValuesIn(all_fixtures()), [](const auto& tested) {
  std::string name = tested.param.check + "_" + tested.param.path.stem().string();
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
});
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(FixtureTest);

}  // namespace
}  // namespace migcheck
