// SPDX-License-Identifier: MIT

#include "input/git.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "migcheck/input.hpp"
#include "support/temporary_project.hpp"

namespace migcheck {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::roles_and_paths;
using testing::TemporaryProject;

// main has 1 and 2; the branch has 3 committed, 2 changed and 4 not yet added.
void make_branch(const TemporaryProject& project) {
  project.git({"init", "--quiet"});
  project.write("m/1_a.up.sql", "SELECT 1;");
  project.write("m/2_b.up.sql", "SELECT 2;");
  project.commit("main");
  project.git({"branch", "--force", "base"});
  project.write("m/3 \xC3\xA9.up.sql", "SELECT 3;");
  project.write("m/3_c.up.sql", "SELECT 3;");
  project.commit("branch");
  project.write("m/2_b.up.sql", "SELECT 22;");
  project.write("m/4_d.up.sql", "SELECT 4;");
}

TEST(Git, SinceMakesTheChangedFilesTheTargets) {
  const TemporaryProject project;
  make_branch(project);
  InputRequest request = project.request({"m"});
  request.since = "base";
  const Result<InputSet> set = discover(request);
  ASSERT_TRUE(set) << set.error().to_string();
  EXPECT_TRUE(set->one_change);
  EXPECT_THAT(roles_and_paths(*set),
              ElementsAre("history m/1_a.up.sql", "target m/2_b.up.sql", "target m/3_c.up.sql",
                          "target m/4_d.up.sql", "target m/3 \xC3\xA9.up.sql"));
}

TEST(Git, SinceSaysWhatWasDoneToEachFile) {
  const TemporaryProject project;
  make_branch(project);
  project.write("m/1_a.up.sql", "-- said again\nSELECT\n  1;");
  InputRequest request = project.request({"m"});
  request.since = "base";
  const Result<InputSet> set = discover(request);
  ASSERT_TRUE(set) << set.error().to_string();
  ASSERT_EQ(set->files.size(), 5u);
  EXPECT_EQ(set->files[0].change, FileChange::Reworded);
  EXPECT_EQ(set->files[1].change, FileChange::Edited);
  EXPECT_EQ(set->files[2].change, FileChange::Added);
  EXPECT_EQ(set->files[3].change, FileChange::Added);
  request.since.reset();
  EXPECT_EQ(discover(request)->files[1].change, FileChange::Unknown);
}

TEST(Git, AnUnknownReferenceIsAnError) {
  const TemporaryProject project;
  make_branch(project);
  InputRequest request = project.request({"m"});
  request.since = "--upload-pack=x";
  const Result<InputSet> set = discover(request);
  ASSERT_FALSE(set);
  EXPECT_THAT(set.error().what, HasSubstr("no commit"));
}

TEST(Git, AShallowCloneIsSaidInOneSentence) {
  const TemporaryProject project;
  make_branch(project);
  const TemporaryProject clone;
  clone.git({"clone", "--quiet", "--depth", "1", "file://" + project.path(), "copy"});
  InputRequest request;
  request.root = clone.path("copy");
  request.paths = {clone.path("copy/m")};
  request.since = "base";
  const Result<InputSet> set = discover(request);
  ASSERT_FALSE(set);
  EXPECT_THAT(set.error().to_string(), HasSubstr("--unshallow"));
}

TEST(Git, WithoutARepositorySinceIsAnError) {
  const TemporaryProject project;
  project.write("m/1.sql", "SELECT 1;");
  InputRequest request = project.request({"m"});
  request.since = "main";
  const Result<InputSet> set = discover(request);
  ASSERT_FALSE(set);
  EXPECT_THAT(set.error().hint, HasSubstr("--changed-files"));
}

TEST(Git, ChangedFilesAreTakenFromTheList) {
  const TemporaryProject project;
  project.write("m/1_a.up.sql", "SELECT 1;");
  project.write("m/2_b.up.sql", "SELECT 1;");
  InputRequest request = project.request();
  request.changed_files = {"m/2_b.up.sql", "m/gone.sql", "README.md"};
  const Result<InputSet> set = discover(request);
  ASSERT_TRUE(set);
  EXPECT_TRUE(set->one_change);
  EXPECT_THAT(roles_and_paths(*set), ElementsAre("history m/1_a.up.sql", "target m/2_b.up.sql"));
}

TEST(Git, IgnoredFilesAreLeftOutUnlessNamed) {
  const TemporaryProject project;
  project.git({"init", "--quiet"});
  project.write(".gitignore", "build/\n*.tmp.sql\n");
  project.write("m/1.sql", "SELECT 1;");
  project.write("m/1.tmp.sql", "SELECT 1;");
  project.write("m/build/2.sql", "SELECT 1;");
  const auto paths = [&](const std::vector<std::string>& named) {
    const Result<InputSet> set = discover(project.request(named));
    return set ? roles_and_paths(*set) : std::vector<std::string>{set.error().to_string()};
  };
  EXPECT_THAT(paths({"m"}), ElementsAre("target m/1.sql"));
  EXPECT_THAT(paths({"m/build"}), ElementsAre("target m/build/2.sql"));
}

TEST(Program, OutputAndStatusComeBack) {
  const input::ProgramOutput output = input::run_program({"sh", "-c", "echo out; echo err >&2; exit 3"});
  EXPECT_EQ(output.out, "out\n");
  EXPECT_EQ(output.err, "err\n");
  EXPECT_EQ(output.status, 3);
  EXPECT_EQ(input::run_program({"no-such-program-here"}).status, -1);
}

}  // namespace
}  // namespace migcheck
