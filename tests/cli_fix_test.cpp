// SPDX-License-Identifier: MIT

// --fix and --diff: which edits are made, in which files.

#include <gmock/gmock.h>

#include <cstdlib>

#include "cli/mending.hpp"
#include "report/unified_diff.hpp"
#include "support/command_line.hpp"

namespace migcheck {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Outcome;

constexpr const char* kUnused = "-- migcheck:ignore table-dropped -- old\nSELECT 1;\n";

class Fixing : public testing::CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    write("migrations/0003_new.sql", kUnused);
  }
  [[nodiscard]] Outcome lint(std::vector<std::string> more) const {
    more.insert(more.begin(), {"lint", "-f", "compact",
                               "--only=unused-suppression,table-dropped,index-not-concurrent,syntax-error"});
    return run(more);
  }
};

TEST_F(Fixing, AFileThatIsNamedIsMended) {
  const Outcome outcome = lint({"--fix", path("migrations/0003_new.sql")});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, IsEmpty()) << "what is mended is no finding";
  EXPECT_THAT(outcome.err, HasSubstr("1 safe edit in 1 file: made."));
  EXPECT_EQ(read("migrations/0003_new.sql"), "SELECT 1;\n");
}

TEST_F(Fixing, MigrationsThatMayHaveRunAreNotTouchedUnlessTold) {
  const Outcome refused = lint({"--fix", path("migrations")});
  EXPECT_EQ(read("migrations/0003_new.sql"), kUnused);
  EXPECT_THAT(refused.err, HasSubstr("1 safe edit left out: these files may have run already."));
  EXPECT_THAT(refused.out, HasSubstr("unused-suppression"));
  write("changed.txt", "migrations/0002_index.sql\n");
  EXPECT_EQ(lint({"--fix", "--changed-files", path("changed.txt"), path("migrations")}).code, 1);
  EXPECT_EQ(read("migrations/0003_new.sql"), kUnused) << "it is not part of the change";
  EXPECT_THAT(lint({"--fix", "--fix-everywhere", path("migrations")}).err, HasSubstr("made."));
  EXPECT_EQ(read("migrations/0003_new.sql"), "SELECT 1;\n");
}

TEST_F(Fixing, TheChangeIsMended) {
  write("changed.txt", "migrations/0003_new.sql\n");
  EXPECT_THAT(lint({"--fix", "--changed-files", path("changed.txt"), path("migrations")}).err,
              HasSubstr("made."));
  EXPECT_EQ(read("migrations/0003_new.sql"), "SELECT 1;\n");
}

TEST_F(Fixing, WhatNeedsAPersonIsLeft) {
  const std::string before = read("migrations/0002_index.sql");
  const Outcome outcome = lint({"--fix", path("migrations/0002_index.sql")});
  EXPECT_EQ(read("migrations/0002_index.sql"), before) << "nobody knows what runs plain files, and how";
  EXPECT_THAT(outcome.err, HasSubstr("There is no safe edit to make."));
  EXPECT_EQ(outcome.code, 1);
}

TEST_F(Fixing, ConcurrentlyIsSafeWhereTheToolLeavesItsTransaction) {
  write("db/1_init.sql", "-- +goose Up\nCREATE TABLE members (id bigint PRIMARY KEY, email text);\n");
  write("db/2_index.sql", "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX i ON members (email);\n");
  write("db/3_in.sql", "-- +goose Up\nCREATE INDEX j ON members (email, id);\n");
  write("db/4_unique.sql",
        "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE UNIQUE INDEX k ON members (email);\n");
  EXPECT_THAT(lint({"--fix", "--fix-everywhere", path("db")}).err, HasSubstr("1 safe edit in 1 file: made."));
  EXPECT_THAT(read("db/2_index.sql"), HasSubstr("CREATE INDEX CONCURRENTLY i ON members"));
  EXPECT_THAT(read("db/3_in.sql"), Not(HasSubstr("CONCURRENTLY")));
  EXPECT_THAT(read("db/4_unique.sql"), Not(HasSubstr("CONCURRENTLY")))
      << "duplicates would leave a broken index";
}

TEST_F(Fixing, EditsThatBringFindingsAreGivenUp) {
  write("db/1_init.sql", "-- +goose Up\nCREATE TABLE members (id bigint PRIMARY KEY, email text);\n");
  write("db/2_index.sql",
        "-- +goose NO TRANSACTION\n-- +goose Up\nSET statement_timeout = '5s';\nCREATE INDEX i ON members "
        "(email);\n");
  const Outcome outcome = run({"lint", "--only=index-not-concurrent,concurrently-under-timeout", "--fix",
                               "--fix-everywhere", path("db")});
  EXPECT_THAT(outcome.err,
              HasSubstr("db/2_index.sql: the edits are left out, because they bring other findings."));
  EXPECT_THAT(read("db/2_index.sql"), Not(HasSubstr("CONCURRENTLY")));
}

TEST_F(Fixing, DiffPrintsAndChangesNothing) {
  const Outcome outcome = lint({"--diff", path("migrations/0003_new.sql")});
  EXPECT_EQ(outcome.out,
            "--- a/migrations/0003_new.sql\n+++ b/migrations/0003_new.sql\n@@ -1,2 +1,1 @@\n"
            "--- migcheck:ignore table-dropped -- old\n SELECT 1;\n");
  EXPECT_EQ(read("migrations/0003_new.sql"), kUnused);
  EXPECT_THAT(outcome.err, HasSubstr("1 safe edit in 1 file: --fix makes them."));
}

TEST_F(Fixing, TheRunnerTakesNoCommandsFromADiffAndItStillApplies) {
  write("migrations/0003_new.sql", std::string(kUnused) + "SELECT ' \n::error::x';\n");
  environment["GITHUB_ACTIONS"] = "true";
  const Outcome outcome = lint({"--diff", path("migrations/0003_new.sql")});
  const std::string first = outcome.out.substr(0, outcome.out.find('\n'));
  ASSERT_EQ(first.rfind("::stop-commands::migcheck-", 0), 0u);
  const std::string token = first.substr(std::string("::stop-commands::").size());
  EXPECT_THAT(outcome.out, ::testing::EndsWith("\n::" + token + "::\n"));
  EXPECT_NE(lint({"--diff", path("migrations/0003_new.sql")}).out.substr(0, first.size()), first);
  write("fix.patch", outcome.out);
  const std::string apply = "cd '" + folder_.string() + "' && patch -s -p1 < fix.patch";
  if (std::system("command -v patch >/dev/null") != 0) GTEST_SKIP() << "patch is not installed";
  EXPECT_EQ(std::system(apply.c_str()), 0);
  EXPECT_EQ(read("migrations/0003_new.sql"), "SELECT 1;\nSELECT ' \n::error::x';\n");
}

TEST(HarmlessDiff, OnATerminalItIsEscaped) {
  Console console;
  console.out_is_terminal = true;
  EXPECT_EQ(cli::harmless_diff("+a\x1b[2J\n b\n", console), "+a\\x1b[2J\n b\n");
}

TEST_F(Fixing, AFileInAnotherEncodingIsLeftAlone) {
  std::string wide = "\xFF\xFE";
  for (const char letter : std::string_view(kUnused)) wide += {letter, '\0'};
  write("migrations/0003_new.sql", wide);
  const Outcome outcome = lint({"--fix", path("migrations/0003_new.sql")});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("The file is not edited: it is in another encoding than UTF-8"));
  EXPECT_EQ(read("migrations/0003_new.sql"), wide);
}

TEST_F(Fixing, ADiffAppliesWithGit) {
  std::string before;
  for (int n = 0; n < 40; ++n) before += "line " + std::to_string(n) + "\n";
  std::string after = before + "the end";
  after.replace(after.find("line 3\n"), 7, "");
  after.replace(after.find("line 12\n"), 8, "line twelve\nline more\n");
  after.replace(after.find("line 30\n"), 8, "line thirty\n");
  write("text", before);
  write("change.diff", report::unified_diff("text", before, after));
  const std::string command =
      "cd " + folder_.string() + " && GIT_DIR=/nonexistent git apply change.diff 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0) << read("change.diff");
  EXPECT_EQ(read("text"), after);
}

TEST(UnifiedDiff, SaysNothingOfWhatIsAlike) {
  EXPECT_EQ(report::unified_diff("a", "x\n", "x\n"), "");
  EXPECT_EQ(report::unified_diff("a", "", "x\n"), "--- a/a\n+++ b/a\n@@ -0,0 +1,1 @@\n+x\n");
  EXPECT_EQ(report::unified_diff("a", "x\n", ""), "--- a/a\n+++ b/a\n@@ -1,1 +0,0 @@\n-x\n");
  EXPECT_EQ(report::unified_diff("a", "x", "x\n"),
            "--- a/a\n+++ b/a\n@@ -1,1 +1,1 @@\n-x\n\\ No newline at end of file\n+x\n");
}

}  // namespace
}  // namespace migcheck
