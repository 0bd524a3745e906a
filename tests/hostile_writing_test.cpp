// SPDX-License-Identifier: MIT

// The program is killed, the disk is full, the reader has gone, the folder is read-only: what it writes is
// there as a whole or not at all, and the exit code says which.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
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

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A project whose report is long enough that writing it takes a while.
void write_project(const TemporaryProject& project, int indexes) {
  std::string text;
  for (int n = 0; n < indexes; ++n) text += "CREATE INDEX i" + std::to_string(n) + " ON members (email);\n";
  project.write("migrations/0001_init.sql", "CREATE TABLE members (id bigint PRIMARY KEY, email text);\n");
  project.write("migrations/0002_index.sql", text);
}

bool knows_nameless_files() {
  const int file = ::open(fs::temp_directory_path().c_str(), O_WRONLY | O_TMPFILE, 0600);
  if (file >= 0) ::close(file);
  return file >= 0;
}

struct Writer {
  std::string name;
  std::vector<std::string> arguments;
  std::string file;  // what it writes
  int done = 0;      // its exit code when all is well
};

void PrintTo(const Writer& writer, std::ostream* out) {
  *out << writer.name;
}

std::vector<Writer> writers() {
  return {
      {"Output", {"lint", "--no-config", "-f", "json", "-o", "report.json", "migrations"}, "report.json", 1},
      {"Reports",
       {"lint", "--no-config", "--report", "sarif=report.sarif", "--report", "junit=report.xml",
        "migrations"},
       "report.sarif",
       1},
      {"Baseline",
       {"baseline", "--no-config", "--baseline", "accepted.yaml", "migrations"},
       "accepted.yaml",
       0},
      {"Init", {"init"}, "migcheck.yaml", 0},
  };
}

class Writing : public ::testing::TestWithParam<Writer> {
 protected:
  [[nodiscard]] BinaryRun run(RunOptions options = {}) const {
    options.folder = project_.path();
    return run_binary(GetParam().arguments, options);
  }
  // What lies beside the project's own files.
  [[nodiscard]] std::vector<std::string> left_behind() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(project_.path())) {
      const std::string name = entry.path().filename();
      if (name != "migrations" && name != GetParam().file && name != "report.xml") names.push_back(name);
    }
    return names;
  }
  const TemporaryProject project_;
};

TEST_P(Writing, IsWholeWhereverItIsKilled) {
  write_project(project_, 60);
  const std::string target = project_.path(GetParam().file);
  ASSERT_EQ(run().code, GetParam().done);
  const std::string whole = read(target);
  ASSERT_FALSE(whole.empty());
  int killed = 0;
  for (unsigned step = 0; step < 10; ++step) {
    fs::remove(target);
    const BinaryRun cut = run({.kill_after_microseconds = step * step * 1200});
    killed += cut.signal != 0 ? 1 : 0;
    EXPECT_TRUE(!fs::exists(target) || read(target) == whole)
        << "killed after " << step * step * 1200 << " us";
  }
  EXPECT_GT(killed, 0);
  // A draft has a name for a moment only, and not at all if the run is killed before. One that is left behind
  // all the same is in nobody's way.
  EXPECT_LE(left_behind().size(), knows_nameless_files() ? 1U : 10U);
  fs::remove(target);
  EXPECT_EQ(run().code, GetParam().done);
  EXPECT_EQ(read(target), whole);
}

TEST_P(Writing, TheOldFileStaysWhereTheNewOneCannotBeWritten) {
  write_project(project_, 3);
  const std::string old = GetParam().name == "Baseline" ? "version: 1\n" : "old";
  if (GetParam().name != "Init") project_.write(GetParam().file, old);
  ::chmod(project_.path().c_str(), 0555);
  const BinaryRun refused = run({.as_nobody = ::geteuid() == 0});
  ::chmod(project_.path().c_str(), 0755);
  if (refused.code >= 126) GTEST_SKIP() << "the program lies where others may not run it";
  EXPECT_EQ(refused.code, 2) << refused.err;
  EXPECT_EQ(read(project_.path(GetParam().file)), GetParam().name == "Init" ? "" : old);
  EXPECT_THAT(refused.err, HasSubstr("cannot be"));
  EXPECT_THAT(left_behind(), ::testing::IsEmpty());
}

// Takes all that is left of a file system but so many pages.
void fill(const std::string& path, std::uintmax_t pages) {
  constexpr std::uintmax_t kPage = 4096;
  std::ofstream filler(path, std::ios::binary);
  while (filler.write(std::string(kPage, 'x').data(), kPage).flush()) continue;
  filler.close();
  fs::resize_file(path, fs::file_size(path) / kPage * kPage - pages * kPage);
}

// In a file system of a few pages, which only this test sees: a child with its own mounts runs the program.
TEST_P(Writing, NothingHalfIsLeftOnAFullDisk) {
  write_project(project_, 300);
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string place = project_.path("small");
    ::mkdir(place.c_str(), 0755);
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
      ::_exit(77);
    if (::mount("tmpfs", place.c_str(), "tmpfs", 0, "size=512k") != 0) ::_exit(77);
    fs::copy(project_.path("migrations"), place + "/migrations", fs::copy_options::recursive);
    fill(place + "/filler", GetParam().name == "Init" ? 0 : 1);
    const BinaryRun full = run_binary(GetParam().arguments, {.folder = place});
    const bool named = full.err.find("No space left on device") != std::string::npos;
    int files = 0;
    for (const auto& entry : fs::directory_iterator(place)) {
      const std::string name = entry.path().filename();
      files += name != "migrations" && name != "filler" && name != "report.xml" ? 1 : 0;
    }
    std::fprintf(stderr, "%s", full.code == 2 && named && files == 0 ? "" : full.err.c_str());
    ::_exit(full.code != 2 ? 1 : !named ? 2 : files != 0 ? 3 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "this user may not mount";
  EXPECT_EQ(WEXITSTATUS(status), 0) << "1: exit code, 2: message, 3: something is left";
}

INSTANTIATE_TEST_SUITE_P(All, Writing, ::testing::ValuesIn(writers()),
                         [](const auto& named) { return named.param.name; });

// What -o and a baseline say for a name that is a link.
struct Links {
  const TemporaryProject outside;
  const TemporaryProject project;
  Links() {
    write_project(project, 3);
    project.write(".git/HEAD", "ref: refs/heads/main\n");
    outside.write("precious", "keep");
  }
  [[nodiscard]] BinaryRun report_to(const std::string& name, const std::string& folder = {}) const {
    return run_binary({"lint", "--no-config", "-q", "-f", "json", "-o", name, project.path("migrations")},
                      {.folder = folder.empty() ? project.path() : folder});
  }
};

TEST(WritingThroughALink, WritesWhatItLeadsToInTheSameProject) {
  const Links at;
  at.project.write("out/report.json", "old");
  fs::create_symlink("out/report.json", at.project.path("report.json"));
  fs::create_directory(at.project.path("sub"));
  fs::create_symlink("../out/new.json", at.project.path("sub/dangling.json"));
  EXPECT_EQ(at.report_to("report.json").code, 1);
  EXPECT_TRUE(fs::is_symlink(at.project.path("report.json")));
  EXPECT_THAT(read(at.project.path("out/report.json")), HasSubstr("index-not-concurrent"));
  EXPECT_EQ(at.report_to("dangling.json", at.project.path("sub")).code, 1);
  EXPECT_THAT(read(at.project.path("out/new.json")), HasSubstr("index-not-concurrent"));
}

TEST(WritingThroughALink, RefusesOneThatLeadsOutOfTheProject) {
  const Links at;
  fs::create_symlink(at.outside.path("precious"), at.project.path("out.json"));
  fs::create_symlink(at.outside.path("missing"), at.project.path("dangling.json"));
  fs::create_symlink("circle.json", at.project.path("circle.json"));
  for (const std::string name : {"out.json", "dangling.json", "circle.json"}) {
    const BinaryRun run = at.report_to(name);
    EXPECT_EQ(run.code, 2) << name;
    EXPECT_THAT(run.err, HasSubstr("A symbolic link that leads out of the project")) << name;
    EXPECT_TRUE(fs::is_symlink(at.project.path(name))) << name;
  }
  EXPECT_EQ(read(at.outside.path("precious")), "keep");
  EXPECT_FALSE(fs::exists(at.outside.path("missing")));
  const BinaryRun baseline =
      run_binary({"baseline", "--no-config", "--baseline", "dangling.json", "migrations"},
                 {.folder = at.project.path()});
  EXPECT_EQ(baseline.code, 2);
  EXPECT_FALSE(fs::exists(at.outside.path("missing")));
}

TEST(WritingThroughALink, TakesStandardOutputForAStreamWhereverItLeads) {
  const Links at;
  const std::string redirected = at.outside.path("redirected");
  const BinaryRun run =
      run_binary({"lint", "--no-config", "-q", "-f", "json", "-o", "/dev/stdout", "migrations"},
                 {.folder = at.project.path(), .out = redirected});
  EXPECT_EQ(run.code, 1) << run.err;
  EXPECT_THAT(read(redirected), HasSubstr("index-not-concurrent"));
  EXPECT_TRUE(fs::is_symlink("/dev/stdout"));
}

TEST(WritingFixes, IsWholeWhereverItIsKilled) {
  const TemporaryProject project;
  const std::string path = project.path("migrations/0002_fix.sql");
  std::string before;
  for (int n = 0; n < 60; ++n) before += "-- migcheck:ignore table-dropped -- not needed\nSELECT 1;\n";
  project.write("migrations/0002_fix.sql", before);
  const std::vector<std::string> arguments = {"lint", "--no-config", "--fix", "migrations/0002_fix.sql"};
  ASSERT_EQ(run_binary(arguments, {.folder = project.path()}).code, 0);
  const std::string after = read(path);
  ASSERT_NE(after, before);
  for (unsigned step = 0; step < 8; ++step) {
    project.write("migrations/0002_fix.sql", before);
    run_binary(arguments, {.folder = project.path(), .kill_after_microseconds = step * step * 2000});
    const std::string text = read(path);
    EXPECT_TRUE(text == before || text == after) << text.size();
  }
}

TEST(WritingFixes, NothingIsChangedWhereTheFolderIsReadOnly) {
  const TemporaryProject project;
  const std::string before = "-- migcheck:ignore table-dropped -- not needed\nSELECT 1;\n";
  project.write("migrations/0001_fix.sql", before);
  ::chmod(project.path().c_str(), 0755);
  ::chmod(project.path("migrations").c_str(), 0555);
  const BinaryRun refused = run_binary({"lint", "--no-config", "--fix", "migrations/0001_fix.sql"},
                                       {.folder = project.path(), .as_nobody = ::geteuid() == 0});
  ::chmod(project.path("migrations").c_str(), 0755);
  if (refused.code >= 126) GTEST_SKIP() << "the program lies where others may not run it";
  EXPECT_EQ(refused.code, 2) << refused.err;
  EXPECT_THAT(refused.err, HasSubstr("0001_fix.sql: The file cannot be"));
  EXPECT_EQ(read(project.path("migrations/0001_fix.sql")), before);
  EXPECT_EQ(std::distance(fs::directory_iterator(project.path("migrations")), fs::directory_iterator()), 1);
}

TEST(WritingABaselineAnew, LeavesTheOldOneOrTheNewOneWhereverItIsKilled) {
  const TemporaryProject project;
  write_project(project, 60);
  const std::vector<std::string> arguments = {"baseline", "--no-config", "--baseline", "accepted.yaml",
                                              "migrations"};
  ASSERT_EQ(run_binary(arguments, {.folder = project.path()}).code, 0);
  const std::string before = read(project.path("accepted.yaml"));
  project.write("migrations/0003_more.sql", "DROP TABLE members;\n");
  ASSERT_EQ(run_binary(arguments, {.folder = project.path()}).code, 0);
  const std::string after = read(project.path("accepted.yaml"));
  ASSERT_NE(after, before);
  for (unsigned step = 0; step < 8; ++step) {
    project.write("accepted.yaml", before);
    run_binary(arguments, {.folder = project.path(), .kill_after_microseconds = step * step * 2000});
    const std::string text = read(project.path("accepted.yaml"));
    EXPECT_TRUE(text == before || text == after) << text.size();
  }
}

TEST(WritingPastTheLimitOfAFile, IsExitCodeTwoAndLeavesTheOldOne) {
  const TemporaryProject project;
  write_project(project, 60);
  project.write("report.json", "old");
  const BinaryRun run =
      run_binary({"lint", "--no-config", "-q", "-f", "json", "-o", "report.json", "migrations"},
                 {.folder = project.path(), .most_file_bytes = 4096});
  EXPECT_EQ(run.signal, 0);
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.err, HasSubstr("report.json: The file cannot be written: File too large."));
  EXPECT_EQ(read(project.path("report.json")), "old");
}

TEST(WritingToStandardOutput, AFullDiskIsExitCodeTwo) {
  const TemporaryProject project;
  write_project(project, 3);
  for (const std::string format : {"text", "json", "sarif", "github"}) {
    const BinaryRun full = run_binary({"lint", "--no-config", "-f", format, "migrations"},
                                      {.folder = project.path(), .out = "/dev/full"});
    EXPECT_EQ(full.code, 2) << format;
    EXPECT_THAT(full.err, HasSubstr("Standard output cannot be written: No space left on device."));
  }
}

TEST(WritingToStandardOutput, AReaderThatHasGoneEndsItQuietlyWithTheCodeOfTheFindings) {
  const TemporaryProject project;
  write_project(project, 300);
  const BinaryRun gone = run_binary({"lint", "--no-config", "-q", "-f", "json", "migrations"},
                                    {.folder = project.path(), .out_is_closed_pipe = true});
  EXPECT_EQ(gone.signal, 0);
  EXPECT_EQ(gone.code, 1);
  EXPECT_EQ(gone.err, "");
}

TEST(WritingDrafts, ALinkThatSomebodyLaidIsNotFollowed) {
  // The draft's name holds the number of the process; whoever guesses it gains nothing.
  const TemporaryProject project;
  write_project(project, 3);
  project.write("precious", "keep");
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string draft = project.path("report.json." + std::to_string(::getpid()) + ".tmp");
    if (::symlink("precious", draft.c_str()) != 0 || ::chdir(project.path().c_str()) != 0) ::_exit(126);
    ::execl(MIGCHECK_BINARY, MIGCHECK_BINARY, "lint", "--no-config", "-q", "-o", "report.json", "migrations",
            static_cast<char*>(nullptr));
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 1);
  EXPECT_EQ(read(project.path("precious")), "keep");
  EXPECT_FALSE(fs::is_symlink(project.path("report.json")));
}

}  // namespace
}  // namespace migcheck
