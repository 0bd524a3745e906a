// SPDX-License-Identifier: MIT

// Comments that accept a finding, migcheck's own and squawk's.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "lint/fixes.hpp"
#include "lint/squawk_rules.hpp"
#include "lint/suppressions.hpp"
#include "migcheck/registry.hpp"
#include "support/world.hpp"

namespace migcheck {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_support::World;

constexpr const char* kTable = "CREATE TABLE t (a int);\n";

LintReport lint(const std::string& sql, World world = {}) {
  if (world.settings.only.empty()) {
    world.settings.only = {"table-dropped",       "index-not-concurrent", "unused-suppression",
                           "unknown-suppression", "suppression-expired",  "suppression-without-reason"};
  }
  return testing_support::lint_files({{"0001.sql", kTable}, {"0002.sql", sql}}, world);
}

// "check" of what is active, "(check)" of what is suppressed.
std::vector<std::string> found(const LintReport& report) {
  std::vector<std::string> names;
  for (const Finding& finding : report.findings) {
    const std::string name(finding.check);
    names.push_back(finding.disposition == Disposition::Suppressed ? "(" + name + ")" : name);
  }
  return names;
}

TEST(Suppressions, SpeakOfTheNextStatementOrTheirOwn) {
  EXPECT_THAT(found(lint("-- migcheck:ignore table-dropped -- old\nDROP TABLE t;\n")),
              ElementsAre("(table-dropped)"));
  EXPECT_THAT(found(lint("DROP TABLE t; -- migcheck:ignore table-dropped -- old\n")),
              ElementsAre("(table-dropped)"));
  EXPECT_THAT(found(lint("DROP TABLE /* migcheck:ignore table-dropped -- old */ t;\n")),
              ElementsAre("(table-dropped)"));
  EXPECT_THAT(found(lint("-- migcheck:ignore table-dropped -- old\nSELECT 1;\nDROP TABLE t;\n")),
              ElementsAre("unused-suppression", "table-dropped"));
}

TEST(Suppressions, OfAFileHoldEverywhereInIt) {
  EXPECT_THAT(found(lint("DROP TABLE t;\n-- migcheck:ignore-file table-dropped -- old\n")),
              ElementsAre("(table-dropped)"));
  EXPECT_THAT(
      found(lint("-- migcheck:ignore-file * -- generated\nCREATE INDEX i ON t (a);\nDROP TABLE t;\n")),
      ElementsAre("(index-not-concurrent)", "(table-dropped)"));
  EXPECT_THAT(found(lint("-- migcheck:ignore * -- all\nDROP TABLE t;\n")), ElementsAre("table-dropped"))
      << "all checks at once only for whole files";
}

TEST(Suppressions, KeepTheReason) {
  const LintReport report =
      lint("-- migcheck:ignore table-dropped, index-not-concurrent -- gone since 2.4\nDROP TABLE t;\n");
  EXPECT_EQ(report.findings.at(1).disposition_reason, "gone since 2.4");
  EXPECT_EQ(report.summary.suppressed, 1u);
}

TEST(Suppressions, EndOnTheirDay) {
  World world;
  const std::string sql = "-- migcheck:ignore table-dropped until=2027-01-31 -- soon\nDROP TABLE t;\n";
  world.settings.today = "2027-01-31";
  EXPECT_THAT(found(lint(sql, world)), ElementsAre("(table-dropped)")) << "up to and including the day";
  world.settings.today = "2027-02-01";
  EXPECT_THAT(found(lint(sql, world)), ElementsAre("suppression-expired", "table-dropped"));
}

TEST(Suppressions, ThatEndOnNoDayAcceptNothing) {
  for (const char* day : {"soon", "2027-13-01", "2027-1-1", "31.01.2027", ""}) {
    const LintReport report =
        lint("-- migcheck:ignore table-dropped until=" + std::string(day) + " -- x\nDROP TABLE t;\n");
    EXPECT_THAT(found(report), ElementsAre("suppression-expired", "table-dropped")) << day;
    EXPECT_THAT(report.findings.at(0).message, HasSubstr("is no day")) << day;
  }
}

TEST(Suppressions, OfUnknownChecksAreSaid) {
  const LintReport report = lint("-- migcheck:ignore table-droped -- typo\nDROP TABLE t;\n");
  EXPECT_THAT(found(report), ElementsAre("unknown-suppression", "table-dropped"));
}

TEST(Suppressions, MayHaveToSayWhy) {
  World world;
  const std::string sql = "-- migcheck:ignore table-dropped\nDROP TABLE t;\n";
  EXPECT_THAT(found(lint(sql, world)), ElementsAre("(table-dropped)"));
  world.settings.require_reason = true;
  EXPECT_THAT(found(lint(sql, world)), ElementsAre("suppression-without-reason", "(table-dropped)"));
}

TEST(Suppressions, OfChecksThatDidNotRunAreNotUnused) {
  World world;
  world.settings.only = {"unused-suppression"};
  EXPECT_THAT(found(lint("-- migcheck:ignore table-dropped -- old\nSELECT 1;\n", world)), IsEmpty());
}

TEST(Suppressions, AreSwitchedOffForAudits) {
  World world;
  world.settings.use_suppressions = false;
  EXPECT_THAT(found(lint("-- migcheck:ignore-file table-dropped -- old\nDROP TABLE t;\n", world)),
              ElementsAre("table-dropped"));
}

TEST(Suppressions, OfSquawkAreUnderstoodAndNeverUnused) {
  EXPECT_THAT(found(lint("-- squawk-ignore ban-drop-table\nDROP TABLE t;\n")),
              ElementsAre("(table-dropped)"));
  EXPECT_THAT(found(lint("-- squawk-ignore-file ban-drop-table\nSELECT 1;\nDROP TABLE t;\n")),
              ElementsAre("(table-dropped)"));
  EXPECT_THAT(found(lint("-- squawk-ignore-file\nDROP TABLE t;\n")), ElementsAre("(table-dropped)"));
  EXPECT_THAT(found(lint("-- squawk-ignore ban-drop-column, prefer-text-field\nDROP TABLE t;\n")),
              ElementsAre("table-dropped"));
}

TEST(Suppressions, ThatAreUnusedCanBeTakenOut) {
  const auto mended = [](const std::string& sql) {
    const LintReport report = lint(sql);
    const auto files = safe_edits(report);
    return files.empty() ? sql : edited(sql, files.at(0).edits);
  };
  EXPECT_EQ(mended("SELECT 1;\n  -- migcheck:ignore table-dropped -- old\nSELECT 2;\n"),
            "SELECT 1;\nSELECT 2;\n");
  EXPECT_EQ(mended("SELECT 1; -- migcheck:ignore table-dropped -- old\nSELECT 2;\n"),
            "SELECT 1;\nSELECT 2;\n");
  EXPECT_EQ(mended("/* migcheck:ignore table-dropped */ SELECT 1;\n"), " SELECT 1;\n");
  EXPECT_EQ(mended("-- migcheck:ignore table-dropped, index-not-concurrent -- old\nDROP TABLE t;\n"),
            "-- migcheck:ignore table-dropped -- old\nDROP TABLE t;\n");
  EXPECT_EQ(mended("-- migcheck:ignore index-not-concurrent, table-dropped -- old\nDROP TABLE t;\n"),
            "-- migcheck:ignore table-dropped -- old\nDROP TABLE t;\n");
  EXPECT_EQ(mended("SELECT 1; -- migcheck:ignore table-dropped"), "SELECT 1;") << "at the file's very end";
}

std::string page() {
  std::ifstream in(std::filesystem::path(MIGCHECK_SOURCE_DIR) / "docs/moving-from-squawk.md");
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(MovingFromSquawk, EveryNameOfTheTableIsACheckAndEveryRowIsOnThePage) {
  const std::string text = page();
  for (const SquawkRule& rule : squawk_rules()) {
    std::string ours;
    for (const std::string_view name : rule.ours) {
      if (name.empty()) continue;
      EXPECT_NE(find_check(name), nullptr) << rule.theirs << ": " << name;
      ours += (ours.empty() ? "" : ", ") + std::string(name);
    }
    EXPECT_THAT(text, HasSubstr("| " + std::string(rule.theirs) + " | " + ours + " |"));
    EXPECT_THAT(from_squawk(rule.theirs), ::testing::Not(IsEmpty()));
  }
  EXPECT_THAT(from_squawk("no-such-rule"), IsEmpty());
}

}  // namespace
}  // namespace migcheck
