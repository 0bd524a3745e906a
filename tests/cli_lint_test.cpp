// SPDX-License-Identifier: MIT

// The commands as a person runs them, with the files of a small project in a temporary folder.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "migcheck/registry.hpp"
#include "support/command_line.hpp"

namespace migcheck {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

using testing::CommandLine;
using testing::Outcome;

// Only this check, so that the tests don't change with the catalogue.
constexpr const char* kOnly = "--only=index-not-concurrent,syntax-error";

TEST_F(CommandLine, FindingsGoToStdoutTalkToStderrAndTheCodeIsOne) {
  const Outcome outcome = run({"lint", kOnly, path("migrations")});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, StartsWith("error[index-not-concurrent] migrations/0002_index.sql:1:8\n"));
  EXPECT_THAT(outcome.err, HasSubstr("1 error in 1 of 2 files\n"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("1 error in")));
}

// Where nothing says which server runs the files, who writes what newer ones read has such a one.
TEST_F(CommandLine, ANewerSyntaxIsRefusedOnlyByAServerThatSomebodyNames) {
  write("newer/1.sql",
        "CREATE TABLE b (r text STORAGE EXTERNAL, CONSTRAINT once UNIQUE (r));\n"
        "ALTER TABLE b DROP CONSTRAINT once;\n");
  const Outcome assumed = run({"lint", "--no-config", "--format", "compact", path("newer")});
  EXPECT_THAT(assumed.out, HasSubstr("info: PostgreSQL 15 does not read this"));
  EXPECT_THAT(assumed.out, Not(HasSubstr("object-missing")));
  const Outcome named =
      run({"lint", "--no-config", "--format", "compact", "--pg-version", "15", path("newer")});
  EXPECT_THAT(named.out,
              HasSubstr("error: PostgreSQL will refuse this: syntax error at or near \"STORAGE\""));
  EXPECT_THAT(run({"lint", "--no-config", "--pg-version", "18", path("newer")}).out,
              Not(HasSubstr("statement-refused")));
}

TEST_F(CommandLine, TheProjectTellsTheServersVersionWhereNobodyElseDoes) {
  EXPECT_THAT(run({"lint", kOnly, "-v", path("migrations")}).err,
              HasSubstr("PostgreSQL 15: nothing names another."));
  write("docker-compose.yml", "services:\n  db:\n    image: postgres:13\n");
  const Outcome hinted = run({"lint", kOnly, "-v", path("migrations")});
  EXPECT_THAT(hinted.err, HasSubstr("PostgreSQL 13, as docker-compose.yml:3 says."));
  EXPECT_THAT(run({"locks", path("migrations")}).out, StartsWith("Locks on PostgreSQL 13\n"));
  const Outcome told = run({"lint", kOnly, "-v", "--pg-version", "16", path("migrations")});
  EXPECT_THAT(told.err, HasSubstr("PostgreSQL 16, as --pg-version says."));
  write("migrations/compose.yaml", "services: {db: {image: 'postgres:19'}}\n");
  EXPECT_THAT(run({"lint", kOnly, "-v", path("migrations")}).err,
              AllOf(HasSubstr("PostgreSQL 19, as migrations/compose.yaml:1 says."),
                    HasSubstr("PostgreSQL 19 is treated as 18")));
}

TEST_F(CommandLine, FailOnDecidesTheCodeAndMinSeverityTheDisplay) {
  EXPECT_EQ(run({"lint", "--fail-on", "never", path("migrations")}).code, 0);
  EXPECT_EQ(run({"lint", kOnly, "--rule", "index-not-concurrent=warning", path("migrations")}).code, 0);
  const std::vector<std::string> words = {
      "lint",           kOnly,   "--rule",          "index-not-concurrent=warning", "--fail-on", "warning",
      "--min-severity", "error", path("migrations")};
  const Outcome hidden = run(words);
  EXPECT_EQ(hidden.code, 1);
  EXPECT_THAT(hidden.out, IsEmpty());
}

TEST_F(CommandLine, RulesAreSwitchedByNameAndCategory) {
  EXPECT_THAT(run({"lint", "--disable", "index-not-concurrent", path("migrations")}).out,
              Not(HasSubstr("index-not-concurrent")));
  EXPECT_THAT(run({"lint", "--disable", "blocking", path("migrations")}).out,
              Not(HasSubstr("index-not-concurrent")));
  EXPECT_THAT(run({"lint", "--only", "failing,history", path("migrations")}).out,
              Not(HasSubstr("index-not-concurrent")));
  EXPECT_THAT(run({"lint", "--only", "index-not-concurrent", path("migrations")}).out,
              HasSubstr("index-not-concurrent"));
}

TEST_F(CommandLine, APresetIsNamedOnTheCommandLine) {
  write("migrations/0003_table.sql", "CREATE TABLE user_profile (id uuid PRIMARY KEY);\n");
  const std::string folder = path("migrations");
  EXPECT_THAT(run({"lint", folder}).out, Not(HasSubstr("table-not-plural")));
  EXPECT_THAT(run({"lint", "--preset", "saas", folder}).out, HasSubstr("warning[table-not-plural]"));
  EXPECT_THAT(run({"lint", "--preset", "saas", "--disable", "naming", folder}).out,
              Not(HasSubstr("table-not-plural")));
  EXPECT_THAT(run({"config", "--preset", "strict"}).out, HasSubstr("strict"));
  const Outcome wrong = run({"lint", "--preset", "lax", folder});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.err, AllOf(HasSubstr("there is no preset \"lax\""), HasSubstr("safety, saas, strict")));
}

TEST_F(CommandLine, OneRunWritesSeveralReports) {
  const Outcome outcome = run({"lint", kOnly, "--report", "sarif=" + path("out.sarif"), "--report",
                               "json=" + path("out.json"), path("migrations")});
  EXPECT_THAT(outcome.out, StartsWith("error[index-not-concurrent]"));
  EXPECT_THAT(read("out.sarif"), HasSubstr("\"ruleId\": \"index-not-concurrent\""));
  EXPECT_THAT(read("out.json"), HasSubstr("\"file\": \"migrations/0002_index.sql\""));
  EXPECT_THAT(read("out.json"), Not(HasSubstr(folder_.string()))) << "no absolute path in machine formats";
}

TEST_F(CommandLine, OutputTakesTheReportAwayFromStdout) {
  const Outcome outcome = run({"lint", "-f", "json", "-o", path("out.json"), path("migrations")});
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(read("out.json"), StartsWith("{\n  \"version\": 1,"));
  const Outcome failed = run({"lint", "-o", path("no/such/folder"), path("migrations")});
  EXPECT_EQ(failed.code, 2);
  EXPECT_THAT(failed.err, HasSubstr("The file cannot be created"));
  EXPECT_THAT(run({"lint", "-f", "json", "--report", "sarif", path("migrations")}).err,
              HasSubstr("Two reports cannot both go to standard output."));
}

TEST_F(CommandLine, AReportIsNeverWrittenOverAMigration) {
  write("kept/0001_a.sql", "CREATE INDEX i ON t (a);\n");
  for (const std::vector<std::string>& to : {std::vector<std::string>{"-o", path("kept/0001_a.sql")},
                                             {"--report", "json=" + path("kept/0001_a.sql")}}) {
    std::vector<std::string> arguments = {"lint"};
    arguments.insert(arguments.end(), to.begin(), to.end());
    const Outcome refused = run(arguments);
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, HasSubstr("kept/0001_a.sql: A report is not written over a file of SQL."));
    EXPECT_EQ(read("kept/0001_a.sql"), "CREATE INDEX i ON t (a);\n");
  }
}

TEST_F(CommandLine, StandardInputIsReadOnlyWhereADashAsksForIt) {
  const std::string sql = "CREATE TABLE t (a int);\nSELEC 1;\n";
  const Outcome outcome =
      run({"lint", "--stdin-filename", path("migrations/0003_new.sql"), "-f", "compact", "-"}, sql);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("migrations/0003_new.sql:2:1: error:"));
  EXPECT_THAT(outcome.out, HasSubstr("[syntax-error]"));
  EXPECT_EQ(run({"lint", "--stdin-filename", "x.sql", path("migrations")}).code, 2);
}

TEST_F(CommandLine, AChangeIsHeldAgainstQueriesThatDidNotChange) {
  write("migrations/0003_drop.sql", "SET lock_timeout = '2s';\nALTER TABLE members DROP COLUMN email;\n");
  write("queries/members.sql", "-- name: Emails :many\nSELECT email FROM members;\n");
  const Outcome outcome = run({"lint", "--no-config", "-f", "compact", "--changed-files", "-", path("")},
                              path("migrations/0003_drop.sql"));
  EXPECT_THAT(outcome.out, HasSubstr("migrations/0003_drop.sql:2:21: error"));
  EXPECT_THAT(outcome.out, HasSubstr("[column-still-used]"));
  EXPECT_THAT(outcome.err, HasSubstr("in 1 of 1 file (3 more replayed)"));
}

TEST_F(CommandLine, HistoriesAreNamedFromWhereOneStands) {
  write("billing/migrations/0001_bills.up.sql", "CREATE TABLE bills (id bigint PRIMARY KEY);\n");
  write("billing/dumps/a.sql", "-- PostgreSQL database dump\nCREATE TABLE a (id bigint);\n");
  write("billing/dumps/b.sql", "-- PostgreSQL database dump\nCREATE TABLE b (id bigint);\n");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder_ / "billing");
  const Outcome all = run({"catalog", "."});
  const Outcome one = run({"catalog", "dumps/b.sql"});
  std::filesystem::current_path(before);
  EXPECT_THAT(all.err, HasSubstr("Name one of them: migrations, dumps/a.sql, dumps/b.sql."));
  EXPECT_EQ(one.code, 0) << one.err;
  EXPECT_THAT(one.out, HasSubstr("\"b\""));
}

TEST_F(CommandLine, TheSameBytesWithOneThreadAndWithEight) {
  for (int n = 3; n < 60; ++n) {
    write("migrations/" + std::string(n < 10 ? "000" : "00") + std::to_string(n) + "_more.sql",
          "CREATE INDEX i" + std::to_string(n) + " ON members (email);\n");
  }
  const Outcome one = run({"lint", kOnly, "-j", "1", "-f", "json", path("migrations")});
  const Outcome eight = run({"lint", kOnly, "-j", "8", "-f", "json", path("migrations")});
  EXPECT_EQ(one.out, eight.out);
  EXPECT_THAT(one.out, HasSubstr("\"errors\": 58"));
}

TEST_F(CommandLine, AnUnreadableFileIsTwoAndTheFindingsArePrinted) {
  fs::create_directories(folder_ / "elsewhere");
  const Outcome outcome = run({"lint", path("migrations"), path("nowhere.sql")});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("nowhere.sql"));
  EXPECT_EQ(run({"lint", path("elsewhere")}).code, 2) << "nothing matched";
  EXPECT_EQ(run({"lint", "--allow-empty", path("elsewhere")}).code, 0);
}

TEST_F(CommandLine, AHistoryOfWhichNothingCanBeReadIsNoCleanBill) {
  write("code/migrations/0001_initial.py",
        "from django.db import migrations\n\nclass Migration(migrations.Migration):\n    pass\n");
  const Outcome outcome = run({"lint", path("code")});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("nothing was checked"));
  EXPECT_EQ(run({"lint", "--allow-empty", path("code")}).code, 0);
  EXPECT_EQ(run({"lint", "--fail-on", "never", path("code"), path("migrations")}).code, 0);
}

// A hook passes what a commit changed: that may be of another database alone, and is said.
TEST_F(CommandLine, AFileOfAnotherDatabaseStopsNoCommit) {
  write("mysql/001_first.sql",
        "CREATE TABLE t (id int unsigned AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;\n");
  const Outcome file = run({"lint", path("mysql/001_first.sql")});
  EXPECT_EQ(file.code, 0);
  EXPECT_THAT(file.err, HasSubstr("This looks like MySQL"));
  EXPECT_EQ(run({"lint", path("mysql")}).code, 2);
}

TEST_F(CommandLine, TheConfigurationIsFoundAndOptionsBeatIt) {
  write("migcheck.yaml", "version: 1\nchecks: {index-not-concurrent: off}\n");
  EXPECT_THAT(run({"lint", path("migrations")}).out, Not(HasSubstr("index-not-concurrent")));
  EXPECT_THAT(run({"lint", "--no-config", path("migrations")}).out, HasSubstr("index-not-concurrent"));
  EXPECT_THAT(run({"lint", "--enable", "index-not-concurrent", path("migrations")}).out,
              HasSubstr("index-not-concurrent"));
  EXPECT_THAT(run({"lint", "--rule", "blocking=warning", path("migrations")}).out,
              HasSubstr("warning[index-not-concurrent]"));
  write("other.yaml", "checks: {index-not-concurrent: info}\n");
  EXPECT_THAT(run({"lint", "-c", path("other.yaml"), path("migrations")}).out,
              HasSubstr("info[index-not-concurrent]"));
  write("migcheck.yaml", "chekcs: {}\n");
  const Outcome broken = run({"lint", path("migrations")});
  EXPECT_EQ(broken.code, 2);
  EXPECT_THAT(broken.err, HasSubstr("migcheck.yaml:1:1: Unknown key \"chekcs\". Did you mean \"checks\"?"));
}

TEST_F(CommandLine, TheEnvironmentMayNameTheConfiguration) {
  write("migcheck.yaml", "version: 1\n");
  write("other.yaml", "checks: {index-not-concurrent: off}\n");
  environment["MIGCHECK_CONFIG"] = path("other.yaml");
  EXPECT_THAT(run({"lint", path("migrations")}).out, Not(HasSubstr("index-not-concurrent")));
  EXPECT_THAT(run({"lint", "-c", path("migcheck.yaml"), path("migrations")}).out,
              HasSubstr("index-not-concurrent"));
  EXPECT_THAT(run({"lint", "--no-config", path("migrations")}).out, HasSubstr("index-not-concurrent"));
  environment["MIGCHECK_CONFIG"] = path("nowhere.yaml");
  const Outcome lost = run({"lint", path("migrations")});
  EXPECT_EQ(lost.code, 2);
  EXPECT_THAT(lost.err,
              HasSubstr("nowhere.yaml: The configuration cannot be read: No such file or directory. "
                        "MIGCHECK_CONFIG names this file."));
  environment["MIGCHECK_CONFIG"] = "";
  EXPECT_THAT(run({"lint", path("migrations")}).out, HasSubstr("index-not-concurrent")) << "empty is not set";
}

TEST_F(CommandLine, ConfigShowsWhereAValueCameFrom) {
  write("migcheck.yaml", "postgres: 13\n");
  const Outcome outcome = run({"config", "--fail-on", "warning", path("migrations")});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("migcheck.yaml:1:1\n"), HasSubstr("fail_on: warning"),
                                 HasSubstr("# --fail-on\n"), HasSubstr("# default\n")));
}

TEST_F(CommandLine, ServersThatWereNotMeasuredAreSaid) {
  EXPECT_THAT(run({"lint", "--pg-version", "21", path("migrations")}).err,
              HasSubstr("PostgreSQL 21 is treated as 18"));
  EXPECT_THAT(run({"lint", "--pg-version", "10", path("migrations")}).err, HasSubstr("for 10 it may differ"));
  EXPECT_EQ(run({"lint", "--pg-version", "fifteen", path("migrations")}).code, 2);
}

TEST_F(CommandLine, MistakesAreOneSentenceAndCodeTwo) {
  const std::vector<std::vector<std::string>> mistakes = {
      {"lint", "--no-such-flag"},
      {"lint", "--only", "no-such-check", "x"},
      {"lint", "-f", "no-such-format", "x"},
      {"explain", "no-such-check"},
      {"explain"},
      {"checks", "-f", "xml"},
      {"lint", "--layout", "nope"},
      {"lint", "--fail-on", "nope", "x"},
      {"lint", "--jobs", "0", "x"},
      {"help", "nope"},
      {"completions"},
      {"completions", "csh"},
      {"man", "1"},
      {"lint", "--rule", "nope", "x"},
      {"lint", "--color", "nope", "x"},
  };
  for (const auto& words : mistakes) {
    const Outcome outcome = run(words);
    EXPECT_EQ(outcome.code, 2) << words[1 % words.size()];
    EXPECT_THAT(outcome.err, StartsWith("error: ")) << words[1 % words.size()];
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_THAT(outcome.out, IsEmpty());
  }
}

TEST_F(CommandLine, EveryCheckCanBeExplained) {
  for (const RegisteredCheck& check : all_checks()) {
    const Outcome outcome = run({"explain", std::string(check.name)});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.out, check.page);
  }
  EXPECT_THAT(run({"explain", "--color", "always", "index-not-concurrent"}).out, HasSubstr("\x1b[1m"));
}

TEST_F(CommandLine, ListsNameEveryCheck) {
  for (const char* format : {"text", "json", "markdown"}) {
    const Outcome outcome = run({"checks", "-f", format});
    for (const RegisteredCheck& check : all_checks())
      EXPECT_THAT(outcome.out, HasSubstr(std::string(check.name)));
  }
}

TEST_F(CommandLine, VersionNamesTheGrammar) {
  EXPECT_THAT(run({"version"}).out,
              ::testing::ContainsRegex("^migcheck [0-9.]+ \\(PostgreSQL [0-9.]+ grammar"));
  EXPECT_THAT(run({"version", "--json"}).out, HasSubstr("\"postgresql\": \""));
}

TEST_F(CommandLine, QuietKeepsErrorsAndVerboseSaysWhatIsRead) {
  EXPECT_THAT(run({"lint", "-q", path("migrations")}).err, Not(HasSubstr("files")));
  EXPECT_THAT(run({"lint", "-v", path("migrations")}).err, HasSubstr("migrations: plain ("));
}

TEST_F(CommandLine, WhatEndsTheTextBetweenStatementsIsAnError) {
  write("migrations/0003_nul.sql", std::string_view("SELECT 1;\0SELECT 2;\n", 20));
  write("migrations/0004_open.sql", "SELECT 1;\n/* open\nSELECT 2;\n");
  const Outcome outcome = run({"lint", "--only=syntax-error", "-f", "compact", path("migrations")});
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("0003_nul.sql:1:"), HasSubstr("0004_open.sql:2:1")));
  EXPECT_EQ(outcome.code, 1);
}

}  // namespace
}  // namespace migcheck
