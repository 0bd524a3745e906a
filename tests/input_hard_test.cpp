// SPDX-License-Identifier: MIT

// Input that is no plain SQL for PostgreSQL: whatever cannot be read is said, and the exit code is right. And
// data of any size passes through bounded memory.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "support/command_line.hpp"

extern char** environ;  // POSIX leaves its declaration to the program

namespace migcheck {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Outcome;

class HardInput : public testing::CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    fs::remove_all(folder_ / "migrations");
    write("migrations/0001_init.sql", "CREATE TABLE members (id bigint PRIMARY KEY, email text);\n");
  }
  // Lints the migrations; the findings in one line each.
  [[nodiscard]] Outcome lint(std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"lint", "--no-config", "-f", "compact", path("migrations")};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
};

constexpr std::string_view kMysql =
    "CREATE TABLE `things` (`id` int AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;\n";
constexpr std::string_view kSqlServer =
    "CREATE TABLE [dbo].[Things] ([Id] INT IDENTITY(1,1) NOT NULL)\nGO\nSELECT 1\nGO\n";

TEST_F(HardInput, OtherDatabasesAreNamedAndNotJudged) {
  write("migrations/0002_things.sql", kMysql);
  write("migrations/0003_more.sql", kSqlServer);
  const Outcome outcome = lint();
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("0002_things.sql: This looks like MySQL: migcheck reads PostgreSQL."));
  EXPECT_THAT(outcome.err,
              HasSubstr("0003_more.sql: This looks like SQL Server: migcheck reads PostgreSQL."));
  EXPECT_THAT(outcome.err, HasSubstr("2 files not read"));
  EXPECT_EQ(lint({"--fail-on-unread"}).code, 2);
  EXPECT_EQ(lint({"--fail-on-unread", "--fail-on", "never"}).code, 2);
}

class FolderCalledH2 : public testing::CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    fs::remove_all(folder_ / "migrations");
    write("h2/migrations/0001_init.sql",
          "CREATE TABLE members (id bigint PRIMARY KEY, email varchar(50));\n");
  }
  [[nodiscard]] Outcome lint(const std::string& place = {}) const {
    return run({"lint", "--no-config", "-f", "compact", path(place)});
  }
};

TEST_F(FolderCalledH2, IsForH2AsFarAsAnybodyCanTell) {
  const Outcome outcome = lint();
  EXPECT_EQ(outcome.code, 2) << "nothing was checked";
  EXPECT_THAT(outcome.err, HasSubstr("For H2, as its folder says."));
}

TEST_F(FolderCalledH2, IsReadIfItsSqlIsPostgresqlsOwn) {
  write("h2/migrations/0002_more.sql",
        "CREATE INDEX CONCURRENTLY i ON members (email); DROP TABLE members;\n");
  const Outcome outcome = lint();
  EXPECT_THAT(outcome.out, HasSubstr("[table-dropped]"));
  EXPECT_THAT(outcome.err, Not(HasSubstr("For H2")));
}

TEST_F(FolderCalledH2, IsForH2BesideFilesForPostgresql) {
  write("h2/migrations/0002_more.sql", "CREATE TABLE t (a jsonb);\n");
  write("h2/migrations/0003_gone.postgres.sql", "DROP TABLE members;\n");
  fs::rename(folder_ / "h2/migrations", folder_ / "migrations");
  fs::rename(folder_ / "migrations/0002_more.sql", folder_ / "migrations/0002_more.h2.sql");
  const Outcome outcome = lint();
  EXPECT_THAT(outcome.err, HasSubstr("0002_more.h2.sql: For H2, as its name says."));
}

TEST_F(FolderCalledH2, IsReadIfSomebodyNamesIt) {
  write("h2/migrations/0002_more.sql", "DROP TABLE members;\n");
  write("h2/migrations/mysql/0003_more.sql", "DROP TABLE members;\n");
  const Outcome outcome = lint("h2");
  EXPECT_THAT(outcome.out, HasSubstr("h2/migrations/0002_more.sql"));
  EXPECT_THAT(outcome.err, HasSubstr("h2/migrations/mysql/0003_more.sql: For "));
  EXPECT_THAT(outcome.err, Not(HasSubstr("0002_more.sql: For ")));
}

// A line that ends a batch in T-SQL and nothing else of it: PostgreSQL's parser takes the word for an alias.
TEST_F(HardInput, ALoneGoIsNoReasonToStop) {
  write("migrations/0002_go.sql", "SELECT 1\nGO\n;\nDROP TABLE members;\n");
  EXPECT_THAT(lint().out, HasSubstr("[table-dropped]"));
}

std::string utf16(std::string_view text) {
  std::string wide = "\xFF\xFE";
  for (const char c : text) wide += {c, '\0'};
  return wide;
}

TEST_F(HardInput, EncodingsAreReadAndPlacesStayTrue) {
  write("migrations/0002_wide.sql", utf16("-- wide\nCREATE INDEX a ON members (email);\n"));
  write("migrations/0003_latin.sql",
        "-- caf\xE9 \xFC\nCREATE INDEX b ON members (email) WHERE email <> '\xE9';\n");
  write("migrations/0004_mark.sql",
        "\xEF\xBB\xBF"
        "CREATE INDEX c ON members (id, email);\n");
  const Outcome outcome = lint({"--only", "index-not-concurrent"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("0002_wide.sql:2:8: error"));
  EXPECT_THAT(outcome.out, HasSubstr("0003_latin.sql:2:8: error"));
  EXPECT_THAT(outcome.out, HasSubstr("0004_mark.sql:1:"));
}

TEST_F(HardInput, AFileWithoutAStatementIsSaid) {
  write("migrations/0002_empty.sql", "");
  write("migrations/0003_comments.sql", "-- nothing yet\n\n/* really */\n");
  const Outcome outcome = lint();
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.err,
              HasSubstr("No statement stands in migrations/0002_empty.sql, migrations/0003_comments.sql."));
}

TEST_F(HardInput, WhatIsCutOffOrNoTextIsAnError) {
  const std::array<std::pair<std::string_view, std::string>, 6> broken = {{
      {"quote", "INSERT INTO members VALUES (1, 'a"},
      {"dollars", "DO $$ BEGIN PERFORM 1; "},
      {"comment", "SELECT 1; /* and so on"},
      {"nul", std::string("SELECT 1;\0DROP TABLE members;", 29)},
      {"program", std::string("\x7F"
                              "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0\1\0\0\0\xC0\xFF\xEE",
                              27)},
      {"statement", "ALTER TABLE members ADD"},
  }};
  for (const auto& [name, text] : broken) {
    SCOPED_TRACE(name);
    write("migrations/0002_broken.sql", text);
    const Outcome outcome = lint();
    EXPECT_EQ(outcome.code, 1);
    EXPECT_THAT(outcome.out, AllOf(HasSubstr("0002_broken.sql:1:"), HasSubstr("[syntax-error]")));
  }
}

TEST_F(HardInput, WhatCannotBeOpenedIsTwo) {
  write("migrations/0002_index.sql", "CREATE INDEX i ON members (email);\n");
  ASSERT_EQ(::mkfifo(path("migrations/0003_pipe.sql").c_str(), 0600), 0);
  fs::create_symlink(path("gone.sql"), path("migrations/0004_link.sql"));
  write("migrations/0005_big.sql", "");
  fs::resize_file(path("migrations/0005_big.sql"), 300u << 20);
  const Outcome outcome = lint();
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.out, HasSubstr("[index-not-concurrent]"));  // what can be read is reported
  EXPECT_THAT(outcome.err, HasSubstr("0003_pipe.sql: Not a regular file."));
  EXPECT_THAT(outcome.err, HasSubstr("0004_link.sql: A symbolic link that leads nowhere."));
  EXPECT_THAT(outcome.err, HasSubstr("0005_big.sql: The file is larger than 256 MiB and was not read."));
  EXPECT_EQ(lint({"--fail-on", "never"}).code, 2);
}

TEST_F(HardInput, FoldersThatAreClosedOrLeadInACircleAreSaid) {
  fs::create_directory_symlink(path("migrations"), path("migrations/again"));
  const Outcome circle = lint();
  EXPECT_EQ(circle.code, 0);
  EXPECT_THAT(circle.err,
              HasSubstr("migrations/again: A symbolic link to a folder above itself: not followed."));
  if (::geteuid() == 0) GTEST_SKIP() << "root reads every folder";
  fs::create_directories(folder_ / "migrations/closed");
  fs::permissions(folder_ / "migrations/closed", fs::perms::none);
  const Outcome closed = lint();
  fs::permissions(folder_ / "migrations/closed", fs::perms::owner_all);
  EXPECT_EQ(closed.code, 2);
  EXPECT_THAT(closed.err, HasSubstr("migrations/closed: Cannot read the folder:"));
}

TEST_F(HardInput, SqlInOtherFilesIsCounted) {
  write("migrations/0002_users.ts",
        "import { MigrationInterface } from 'typeorm';\nexport class A implements MigrationInterface {}\n");
  write("migrations/0003_data.sql.gz", "\x1F\x8B");
  const Outcome outcome = lint();
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("0002_users.ts: A migration in TypeScript code (TypeORM)"));
  EXPECT_THAT(outcome.err, HasSubstr("0003_data.sql.gz: A template or an archive of SQL: not read."));
  EXPECT_THAT(outcome.err, HasSubstr("2 files not read"));
}

TEST_F(HardInput, ScriptsSayWhatTheyDoNotFollow) {
  fs::remove_all(folder_ / "migrations");
  write("migrations/all.sql", "\\i gone.sql\n\\if :x\nSELECT 1;\n\\endif\nSELECT 2;\n");
  const Outcome outcome = lint();
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("all.sql:1: `\\i gone.sql` leads to no file of the project."));
  EXPECT_THAT(outcome.err, HasSubstr("all.sql:2: `\\if :x` is decided when the script runs"));
}

TEST_F(HardInput, TheWayBackAloneIsNotCheckedInSilence) {
  write("migrations/1_members.up.sql", "CREATE TABLE members (id bigint PRIMARY KEY);\n");
  write("migrations/1_members.down.sql", "DROP TABLE members;\n");
  fs::remove(folder_ / "migrations/0001_init.sql");
  const Outcome alone = run({"lint", "--no-config", path("migrations/1_members.down.sql")});
  EXPECT_EQ(alone.code, 0);
  EXPECT_THAT(
      alone.err,
      HasSubstr("migrations/1_members.down.sql leads back only, which is not checked: --down checks it."));
  EXPECT_THAT(lint().err, Not(HasSubstr("back only")));
  const Outcome asked = lint({"--down"});
  EXPECT_THAT(asked.out, HasSubstr("1_members.down.sql:1:12: warning"));  // an error on the way up
  EXPECT_EQ(asked.code, 0);
}

TEST_F(HardInput, ABrokenWayBackIsToldAndNotJudged) {
  write("migrations/1_members.up.sql", "CREATE TABLE members (id bigint PRIMARY KEY);\n");
  write("migrations/1_members.down.sql", "DROP TABLE members WHERE;\n");
  fs::remove(folder_ / "migrations/0001_init.sql");
  const Outcome outcome = lint();
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(
      outcome.err,
      HasSubstr("1_members.down.sql:1: PostgreSQL refuses this statement of the way back: syntax error"));
  EXPECT_THAT(lint({"--down"}).out, HasSubstr("1_members.down.sql:1:20: warning"));
}

// The highest memory that `migcheck lint FOLDER` had, in KiB.
long peak_of_lint(const std::string& folder, int& code) {
  const std::array<std::string, 5> words = {MIGCHECK_BINARY, "lint", "--no-config", "-q", folder};
  std::array<char*, 6> arguments = {};
  for (std::size_t n = 0; n < words.size(); ++n) arguments[n] = const_cast<char*>(words[n].c_str());
  pid_t child = 0;
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (::posix_spawn(&child, MIGCHECK_BINARY, &quiet, nullptr, arguments.data(), environ) != 0) return -1;
  posix_spawn_file_actions_destroy(&quiet);
  int status = 0;
  struct rusage usage {};
  if (::wait4(child, &status, 0, &usage) != child) return -1;
  code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return usage.ru_maxrss;
}

// A dump's data is stepped over: the file lies in memory once, and nothing grows with its rows.
TEST_F(HardInput, AHundredMegabytesOfDataPassThroughBoundedMemory) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer multiplies memory";
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  GTEST_SKIP() << "a sanitizer multiplies memory";
#endif
#endif
  {
    std::ofstream data(folder_ / "migrations/0002_data.sql", std::ios::binary);
    data << "COPY members (id, email) FROM stdin;\n";
    const std::string rows = [] {
      std::string some;
      for (int n = 0; n < 1000; ++n) some += std::to_string(n) + "\tsomebody.with.a.long.name@example.com\n";
      return some;
    }();
    for (std::size_t size = 0; size < 100'000'000; size += rows.size()) data << rows;
    data << "\\.\nCREATE INDEX members_email ON members (email);\n";
  }
  // A child's peak begins with its parent's: beside larger tests in one process nothing can be told.
  struct rusage own {};
  ::getrusage(RUSAGE_SELF, &own);
  if (own.ru_maxrss > 150'000)
    GTEST_SKIP() << "other tests of this process have taken more: ctest runs it alone";
  int code = 0;
  const long peak = peak_of_lint(path("migrations"), code);
  EXPECT_EQ(code, 1);  // the index behind the data is seen
  EXPECT_GT(peak, 0);
  EXPECT_LT(peak, 250'000);
}

}  // namespace
}  // namespace migcheck
