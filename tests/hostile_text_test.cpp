// SPDX-License-Identifier: MIT

// Text that was made to break its reader: bounded time and memory, a clear finding where one is due, the
// right exit code. The program runs as a process, so that the bounds are those of a user.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "migcheck/parse.hpp"
#include "support/binary_run.hpp"
#include "support/hostile_texts.hpp"
#include "support/temporary_project.hpp"

namespace migcheck {
namespace {

using testing::BinaryRun;
using ::testing::HasSubstr;
using testing::HostileText;
using testing::run_binary;
using testing::TemporaryProject;

// Of a debug build. A person gives up on a tool before a minute is over; nothing here may come near it.
constexpr double kMostSeconds = testing::kSanitized ? 60 : 10;
// Besides 100 MiB for the program and the process that it came from, so many bytes for each byte of text.
constexpr double kMostBytesPerByte = 200;

class Hostile : public ::testing::TestWithParam<HostileText> {};

BinaryRun lint(const std::string& text, const TemporaryProject& project) {
  project.write("migrations/0001_hostile.sql", text);
  return run_binary({"lint", "--no-config", "-q", "-f", "compact", "migrations"}, {.folder = project.path()});
}

std::size_t longest_line(const std::string& text) {
  std::size_t longest = 0;
  std::size_t begin = 0;
  for (auto end = text.find('\n'); end != std::string::npos; begin = end + 1, end = text.find('\n', begin)) {
    longest = std::max(longest, end - begin);
  }
  return longest;
}

TEST_P(Hostile, CostsLittleAndIsAnswered) {
  const TemporaryProject project;
  const std::string text = GetParam().make(GetParam().repeats);
  const BinaryRun run = lint(text, project);
  EXPECT_EQ(run.signal, 0);
  EXPECT_EQ(run.code, GetParam().code) << run.out.substr(0, 2000) << run.err.substr(0, 2000);
  EXPECT_THAT(run.out, HasSubstr(GetParam().says));
  EXPECT_LT(longest_line(run.out), 2'000u) << "no message repeats the file";
  EXPECT_LT(run.cpu_seconds, kMostSeconds);
  const double memory = 100 + static_cast<double>(text.size()) * kMostBytesPerByte / (1 << 20);
  EXPECT_TRUE(testing::kSanitized || static_cast<double>(run.peak_mib) < memory) << run.peak_mib;
}

INSTANTIATE_TEST_SUITE_P(All, Hostile, ::testing::ValuesIn(testing::hostile_texts()),
                         [](const auto& named) { return named.param.name; });

// One thing that is odd about a text, and what is said of it. What follows it is linted all the same, but
// where PostgreSQL too takes everything that follows for a part of it.
struct OddText {
  std::string name;
  std::string text;
  std::string says = {};  // part of the one syntax-error; empty: there is none
  int line_after = 2;     // where the statement behind it stands; 0: it is swallowed
};

std::vector<OddText> odd_texts() {
  const bool newest = grammar().major >= 18;
  return {
      {"nul", std::string("SELECT 1; \0 SELECT 2;\n", 22), "1:11: error: The text holds a NUL byte"},
      {"latin1", "SELECT '\xE9';\n"},
      {"byte_order_mark", "\xEF\xBB\xBFSELECT 1;\n"},
      {"no_break_space",
       "SELECT\xC2\xA0"
       "1;\n",
       "1:1: error: PostgreSQL's parser refuses"},
      {"crlf", "SELECT 1;\r\nSELECT 2;\r\n", "", 3},
      {"carriage_return", "-- comment\rSELECT 1;\r", "", 3},
      {"form_feed", "SELECT\f1;\n"},
      {"vertical_tab", "SELECT\v1;\n"},
      {"open_string", "SELECT 'abc;\n",
       "1:8: error: PostgreSQL's parser refuses this statement: unterminated", 0},
      {"open_identifier", "SELECT \"abc;\n", "unterminated quoted identifier", 0},
      {"open_comment", "/* abc;\n", "1:1: error: This comment is never closed", 0},
      {"open_dollar", "SELECT $a$ abc;\n", "unterminated dollar-quoted string", 0},
      {"psql", "\\c db\n\\copy t from 'it''s'\n\\set x 1\nSELECT 1 \\gexec\n", "", 5},
      {"copy_data", "COPY t (a) FROM stdin;\nit's\n\\.\n", "", 4},
      {"parameter", "SELECT $1;\n"},
      {"at_name", "SELECT @name;\n"},
      {"question_mark", "SELECT * FROM t WHERE a = ?;\n", "syntax error"},
      {"question_mark_as_operator", "SELECT a ? 'b' FROM t;\n"},
      {"named_parameter", "SELECT :name, :'x', %(x)s;\n"},
      {"template", "SELECT {{x}}, ${x};\n"},
      {"quoted_template", "SELECT * FROM \"${schema}\".t;\n"},
      {"parameter_too_large", "SELECT $99999999999;\n", newest ? "parameter number too large" : ""},
      {"body_of_sql", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\nSELEC 1 $$;\n",
       "2:1: error: PostgreSQL's parser refuses this statement: syntax error at or near \"SELEC\"", 3},
      {"body_of_plpgsql",
       "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\nINSERT notes; END $$;\n",
       "2:8: error: PostgreSQL's parser refuses this statement: syntax error at or near \"notes\"", 3},
      {"body_of_do", "DO $$ BEGIN\nINSERT notes; END $$;\n", "2:8: error: PostgreSQL's parser refuses", 3},
      {"body_of_execute", "DO $$ BEGIN EXECUTE 'SELEC 1'; END $$;\n"},
      {"atomic_body", "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC\nSELEC 1; END;\n",
       "2:1: error: PostgreSQL's parser refuses this statement: syntax error at or near \"SELEC\"", 3},
      {"missing_semicolon", "CREATE TABLE a (a int)\nCREATE TABLE b (a int);\n",
       "2:1: error: PostgreSQL's parser", 3},
      {"batch", "SELECT 1\nGO\n", "2:1: error: GO ends a batch", 3},
      {"comments_only", "-- x\n/* y */\n", "", 3},
      {"empty", "", "", 1},
      {"semicolons", ";;;\n"},
      {"backticks", "CREATE TABLE `a` (a int);\n", "1:14: error: PostgreSQL's parser refuses this statement"},
  };
}

// The lines of a report that speak of one file, without its name.
std::vector<std::string> said_of(const std::string& report, const std::string& file) {
  std::vector<std::string> said;
  std::istringstream lines(report);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(file + ":")) said.push_back(line.substr(file.size() + 1));
  }
  return said;
}

TEST(OddTexts, CostOneFindingEachAndTheRestIsLinted) {
  const TemporaryProject project;
  // Each is a history of its own.
  for (const OddText& odd : odd_texts()) {
    project.write(odd.name + "/migrations/0001.sql", odd.text + "CREATE INDEX i ON t (a);\n");
  }
  const BinaryRun run = run_binary(
      {"lint", "--no-config", "-q", "-f", "compact", "--only", "syntax-error,index-not-concurrent", "."},
      {.folder = project.path()});
  EXPECT_EQ(run.code, 1) << run.err;
  for (const OddText& odd : odd_texts()) {
    std::vector<std::string> said = said_of(run.out, odd.name + "/migrations/0001.sql");
    if (!odd.says.empty()) {
      ASSERT_FALSE(said.empty()) << odd.name;
      EXPECT_THAT(said.front(), HasSubstr(odd.says)) << odd.name;
      EXPECT_THAT(said.front(), HasSubstr("[syntax-error]")) << odd.name;
      said.erase(said.begin());
    }
    ASSERT_EQ(said.size(), odd.line_after == 0 ? 0u : 1u) << odd.name << ::testing::PrintToString(said);
    if (odd.line_after == 0) continue;
    EXPECT_TRUE(said[0].starts_with(std::to_string(odd.line_after) + ":8: error: Building this index"))
        << said[0];
  }
}

// Each sub-select reads the tenants' table once more: the prover holds every reference against the others.
TEST(HostileQueries, DeepSubSelectsCostTheProverLittle) {
  const TemporaryProject project;
  project.write("migcheck.yaml", "version: 1\npreset: saas\ntenancy:\n  column: team_id\n");
  std::string query = "SELECT 1 FROM t x0 WHERE team_id = $1";
  for (int n = 1; n < 100; ++n) {
    query += " AND EXISTS (SELECT 1 FROM t x" + std::to_string(n) + " WHERE x" + std::to_string(n) +
             ".team_id = x" + std::to_string(n - 1) + ".team_id";
  }
  query += std::string(99, ')') + ";\n";
  project.write(
      "migrations/0001_deep.sql",
      testing::repeated("CREATE TABLE t (id bigint PRIMARY KEY, team_id bigint NOT NULL);\n", query, 20));
  const BinaryRun run = run_binary({"lint", "-q", "-f", "compact", "migrations"}, {.folder = project.path()});
  EXPECT_EQ(run.signal, 0);
  EXPECT_LT(run.code, 2) << run.err;
  EXPECT_LT(run.cpu_seconds, kMostSeconds / 2);
}

// The whole sizes, which take a minute or more. CI runs them once: MIGCHECK_SLOW=yes migcheck_tests
// --gtest_filter='Slow*'. MIGCHECK_SLOW=scaling also compares how the cost grows, which a busy machine blurs.
bool is_asked_for(std::string_view what) {
  const char* asked = std::getenv("MIGCHECK_SLOW");
  return asked != nullptr && what == asked;
}

TEST(SlowHostileText, AStatementOf100MBIsRefusedAndTheRestIsRead) {
  if (!is_asked_for("yes")) GTEST_SKIP() << "slow: MIGCHECK_SLOW asks for it";
  const TemporaryProject project;
  const BinaryRun run =
      lint("SELECT '" + std::string(100'000'000, 'x') + "';\nCREATE INDEX i ON t (a);\n", project);
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.out, HasSubstr("larger than 64 MiB"));
  EXPECT_THAT(run.out, HasSubstr("index-not-concurrent"));
  EXPECT_LT(run.cpu_seconds, kMostSeconds);
  EXPECT_TRUE(testing::kSanitized || run.peak_mib < 400) << run.peak_mib;
}

TEST(SlowHostileText, AMillionStatements) {
  if (!is_asked_for("yes")) GTEST_SKIP() << "slow: MIGCHECK_SLOW asks for it";
  const TemporaryProject project;
  const BinaryRun run = lint(
      testing::repeated("CREATE TABLE t (a int);\n", "INSERT INTO t (a) VALUES (1);\n", 1'000'000), project);
  EXPECT_EQ(run.code, 0) << run.out.substr(0, 2000);
  EXPECT_LT(run.cpu_seconds, 20 * kMostSeconds);
  EXPECT_TRUE(testing::kSanitized || run.peak_mib < 2'000) << run.peak_mib;
}

TEST(SlowHostileText, AnInsertOfMillionsOfRows) {
  if (!is_asked_for("yes")) GTEST_SKIP() << "slow: MIGCHECK_SLOW asks for it";
  const TemporaryProject project;
  std::string text = "CREATE TABLE t (a int, b text);\nINSERT INTO t (a, b) VALUES (0, '')";
  for (int n = 0; n < 3'000'000; ++n) text += ",(1,'0123456789')";
  const BinaryRun run = lint(text, project);
  EXPECT_EQ(run.code, 0) << run.out.substr(0, 2000);
  EXPECT_LT(run.cpu_seconds, 10 * kMostSeconds);
  EXPECT_TRUE(testing::kSanitized || run.peak_mib < 3'000) << run.peak_mib;
}

TEST(SlowHostileText, AFileBeyondTheLimitIsNotReadAndTheRunFails) {
  if (!is_asked_for("yes")) GTEST_SKIP() << "slow: MIGCHECK_SLOW asks for it";
  const TemporaryProject project;
  const BinaryRun run = lint(std::string(257u << 20, ' '), project);
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.err, HasSubstr("larger than 256 MiB"));
  EXPECT_LT(run.peak_mib, 100);
}

// Twice the text costs about twice as much; what is quadratic costs four times.
TEST(SlowHostileText, TwiceTheTextCostsTwiceAsMuch) {
  if (!is_asked_for("scaling")) GTEST_SKIP() << "slow: MIGCHECK_SLOW asks for it";
  for (const HostileText& hostile : testing::hostile_texts()) {
    const TemporaryProject project;
    const double once = lint(hostile.make(hostile.repeats), project).cpu_seconds;
    const double twice = lint(hostile.make(2 * hostile.repeats), project).cpu_seconds;
    const double four = lint(hostile.make(4 * hostile.repeats), project).cpu_seconds;
    std::printf("%-30s %8.3f %8.3f %8.3f s\n", hostile.name.c_str(), once, twice, four);
    if (twice < 0.2 || hostile.grows_faster) continue;  // too little to measure
    EXPECT_LT(four, 3 * twice) << hostile.name << ": " << once << ", " << twice << ", " << four << " s";
  }
}

}  // namespace
}  // namespace migcheck
