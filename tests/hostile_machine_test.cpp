// SPDX-License-Identifier: MIT

// A machine that has little to give: memory, threads, streams; and files that are folders or never end.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "support/binary_run.hpp"
#include "support/temporary_project.hpp"

namespace migcheck {
namespace {

namespace fs = std::filesystem;
using testing::BinaryRun;
using ::testing::HasSubstr;
using testing::run_binary;
using testing::RunOptions;
using testing::TemporaryProject;

TEST(Memory, ThatIsNotThereIsAnErrorAndNoCrash) {
  if constexpr (testing::kSanitized) GTEST_SKIP() << "sanitizers need their own address space";
  const TemporaryProject project;
  std::string text = "SELECT 1";
  for (int n = 0; n < 200'000; ++n) text += " UNION ALL SELECT 1";
  project.write("migrations/0001_big.sql", text);
  const BinaryRun starved =
      run_binary({"lint", "--no-config", "migrations"}, {.folder = project.path(), .most_memory_mib = 220});
  EXPECT_EQ(starved.signal, 0);
  EXPECT_EQ(starved.code, 2) << starved.err;
  EXPECT_FALSE(starved.err.empty());
}

// Three histories of many files each: every kind of thread has something to do.
void write_histories(const TemporaryProject& project) {
  for (const std::string history : {"a/migrations", "b/migrations", "c/migrations"}) {
    project.write(history + "/0000_t.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a int);\n");
    for (int n = 1000; n < 1040; ++n) {
      project.write(history + "/" + std::to_string(n) + "_i.sql",
                    "CREATE INDEX i" + std::to_string(n) + " ON t (a);\n");
    }
  }
  ::chmod(project.path().c_str(), 0755);
}

BinaryRun lint_histories(const TemporaryProject& project, RunOptions options = {}) {
  options.folder = project.path();
  return run_binary({"lint", "--no-config", "--jobs", "8", "-q", "-f", "compact"}, options);
}

TEST(Memory, ThatRunsOutSomewhereIsAnErrorAndNoCrash) {
  if constexpr (testing::kSanitized) GTEST_SKIP() << "sanitizers need their own address space";
  const TemporaryProject project;
  write_histories(project);
  const BinaryRun whole = lint_histories(project);
  ASSERT_EQ(whole.code, 1) << whole.err;
  int starved = 0;
  for (unsigned long most = 30; most <= 400; most += most / 4) {
    const BinaryRun run = lint_histories(project, {.most_memory_mib = most});
    EXPECT_EQ(run.signal, 0) << most << " MiB: " << run.err;
    if (run.code == 1) {
      EXPECT_TRUE(run.out == whole.out) << most << " MiB: " << run.out.substr(0, 500);
    } else if (run.code != 127) {  // the loader's own answer: it had no room for the program
      EXPECT_EQ(run.code, 2) << most << " MiB: " << run.err;
      EXPECT_FALSE(run.err.empty()) << most << " MiB";
      ++starved;
    }
  }
  EXPECT_GT(starved, 0);
}

TEST(Helpers, ThatAreNotToBeHadAreDoneWithout) {
  if constexpr (testing::kSanitized) GTEST_SKIP() << "a sanitizer's runtime may want a thread of its own";
  const TemporaryProject project;
  write_histories(project);
  const BinaryRun whole = lint_histories(project);
  ASSERT_EQ(whole.code, 1) << whole.err;
  const BinaryRun alone = lint_histories(project, {.as_nobody = ::geteuid() == 0, .has_no_threads = true});
  if (alone.code >= 126) GTEST_SKIP() << "the program lies where others may not run it";
  EXPECT_EQ(alone.signal, 0) << alone.err;
  EXPECT_EQ(alone.code, 1) << alone.err;
  EXPECT_TRUE(alone.out == whole.out) << alone.out.substr(0, 500);
  EXPECT_EQ(alone.err, whole.err);
}

// What is opened next gets the number of a stream that is closed: what is meant for that stream must not end
// up there.
TEST(Streams, ThatAreClosedHarmNoFile) {
  const TemporaryProject project;
  project.write("migrations/0001_t.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a int);\n");
  project.git({"init", "--quiet"});
  project.commit("one");
  project.write("migrations/0002_i.sql", "CREATE INDEX i ON t (a);\n");
  const auto lint = [&](std::vector<int> closed) {
    fs::remove(project.path("report.txt"));
    const BinaryRun run = run_binary(
        {"lint", "--no-config", "-v", "--since", "HEAD", "-f", "compact", "-o", "report.txt", "migrations"},
        {.folder = project.path(), .closed_streams = std::move(closed)});
    EXPECT_EQ(run.signal, 0);
    EXPECT_EQ(run.code, 1) << run.err;
    std::ifstream in(project.path("report.txt"), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  const std::string report = lint({});
  ASSERT_THAT(report, HasSubstr("index-not-concurrent"));
  for (const std::vector<int>& closed : {std::vector<int>{0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}, {0, 1, 2}}) {
    EXPECT_EQ(lint(closed), report) << ::testing::PrintToString(closed);
  }
}

TEST(Streams, ThatAreClosedAreExitCodeTwoWhereTheyAreWanted) {
  const TemporaryProject project;
  project.write("migrations/0001_t.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a int);\n");
  const BinaryRun mute = run_binary({"lint", "--no-config", "-f", "json", "migrations"},
                                    {.folder = project.path(), .closed_streams = {1}});
  EXPECT_EQ(mute.code, 2);
  EXPECT_THAT(mute.err, HasSubstr("Standard output cannot be written"));
  const BinaryRun deaf = run_binary({"lint", "--no-config", "-"}, {.closed_streams = {0}});
  EXPECT_EQ(deaf.code, 2);
  EXPECT_THAT(deaf.err, HasSubstr("Standard input cannot be read"));
}

// A folder where a file is meant; a device that never ends; a pipe that nobody writes to.
TEST(Files, ThatAreNoneAreErrorsInBoundedTime) {
  const TemporaryProject project;
  project.write("migrations/0001_t.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a int);\n");
  for (const std::vector<std::string>& option : {std::vector<std::string>{"--config"},
                                                 {"--no-config", "--baseline"},
                                                 {"--no-config", "--changed-files"}}) {
    for (const std::string file : {"migrations", "/dev/zero"}) {
      std::vector<std::string> arguments = {"lint"};
      arguments.insert(arguments.end(), option.begin(), option.end());
      arguments.insert(arguments.end(), {file, "migrations"});
      const BinaryRun run = run_binary(arguments, {.folder = project.path()});
      EXPECT_EQ(run.code, 2) << option.back() << " " << file;
      EXPECT_THAT(run.err, HasSubstr(file == "migrations" ? "it is a folder" : "is larger than"))
          << option.back();
      EXPECT_THAT(run.err, HasSubstr(file + ": The ")) << option.back();
    }
  }
}

TEST(Files, ThatAreNoneAreNotWaitedForInAProject) {
  const TemporaryProject project;
  project.write("migrations/0001_t.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a int);\n");
  for (const std::string name : {"migrations/0002_pipe.sql", "migcheck.yaml", "docker-compose.yml",
                                 "sqlc.yaml", "migrations/atlas.sum", "migrations/sqitch.plan"}) {
    ASSERT_EQ(::mkfifo(project.path(name).c_str(), 0600), 0);
  }
  project.write("migrations/0003_folder.sql/x", "");
  fs::create_symlink("/dev/zero", project.path("migrations/0004_zero.sql"));
  const BinaryRun run = run_binary({"lint", "-q", "-f", "compact"}, {.folder = project.path()});
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.err, HasSubstr("migrations/0002_pipe.sql: Not a regular file."));
  EXPECT_THAT(run.err, HasSubstr("migrations/0004_zero.sql: "));
  EXPECT_LT(run.cpu_seconds, testing::kSanitized ? 20 : 2);
}

TEST(Files, StandardInputThatNeverEndsIsRefused) {
  const TemporaryProject project;
  const BinaryRun run = run_binary({"lint", "--no-config", "-"}, {.in = "/dev/zero"});
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.err, HasSubstr("The standard input is larger than 256 MiB"));
}

}  // namespace
}  // namespace migcheck
