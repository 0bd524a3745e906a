// SPDX-License-Identifier: MIT

// Text that was made to break its reader: bounded time and memory, a clear finding where one is due, the
// right exit code. The program runs as a process, so that the bounds are those of a user.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

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
