// SPDX-License-Identifier: MIT

// Projects that came from somebody else: links that lead out, names that are no names, journals that point
// elsewhere, a repository whose configuration names programs. Nothing outside is read, nothing is run.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "input/git.hpp"
#include "support/binary_run.hpp"
#include "support/hostile_texts.hpp"
#include "support/temporary_project.hpp"

namespace migcheck {
namespace {

namespace fs = std::filesystem;
using testing::BinaryRun;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::repeated;
using testing::run_binary;
using testing::TemporaryProject;

constexpr std::string_view kSecret = "xyzzy_is_the_password;\n";

BinaryRun lint(const TemporaryProject& project, std::vector<std::string> more = {"migrations"}) {
  std::vector<std::string> arguments = {"lint", "--no-config", "-v"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_binary(arguments, {.folder = project.path()});
}

void expect_secret_kept(const BinaryRun& run) {
  EXPECT_EQ(run.signal, 0);
  EXPECT_THAT(run.out, Not(HasSubstr("xyzzy")));
  EXPECT_THAT(run.err, Not(HasSubstr("xyzzy")));
}

// A project in a repository of its own, and a secret beside it.
struct Neighbours {
  const TemporaryProject outside;
  const TemporaryProject project;
  Neighbours() {
    outside.write("secret.sql", kSecret);
    outside.write("folder/secret.sql", kSecret);
    project.write(".git/HEAD", "ref: refs/heads/main\n");
    project.write("migrations/0001_init.sql", "CREATE TABLE t (a int);\n");
  }
};

TEST(HostileProject, ALinkOutOfTheProjectIsNotFollowedAndItIsSaid) {
  const Neighbours at;
  fs::create_symlink(at.outside.path("secret.sql"), at.project.path("migrations/0002_link.sql"));
  fs::create_directory_symlink(at.outside.path("folder"), at.project.path("migrations/more"));
  const BinaryRun run = lint(at.project);
  expect_secret_kept(run);
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.err, HasSubstr("migrations/0002_link.sql: A symbolic link that leads out of the project"));
  EXPECT_THAT(run.err, HasSubstr("migrations/more: A symbolic link that leads out of the project"));
}

TEST(HostileProject, ALinkInsideTheProjectIsFollowed) {
  const Neighbours at;
  at.project.write("shared/0002_more.sql", "CREATE TABLE u (a int;\n");
  fs::create_symlink("../shared/0002_more.sql", at.project.path("migrations/0002_link.sql"));
  const BinaryRun run = lint(at.project);
  EXPECT_EQ(run.code, 1) << run.err;
  EXPECT_THAT(run.out, HasSubstr("migrations/0002_link.sql"));
}

TEST(HostileProject, AProjectThatIsReachedThroughALinkIsRead) {
  const Neighbours at;
  fs::create_directory_symlink(at.project.path(), at.outside.path("link"));
  const BinaryRun run =
      run_binary({"lint", "--no-config", "-v", "link/migrations"}, {.folder = at.outside.path()});
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("1 file"));
}

TEST(HostileProject, AnIncludeOutOfTheProjectIsRefused) {
  const Neighbours at;
  const std::string beside = fs::path(at.outside.path()).filename();
  at.project.write("migrations/0002_include.sql",
                   "\\i ../../" + beside + "/secret.sql\n\\ir ../../" + beside + "/secret.sql\n\\i " +
                       at.outside.path("secret.sql") + "\n\\i link.sql\nSELECT 1;\n");
  fs::create_symlink(at.outside.path("secret.sql"), at.project.path("migrations/link.sql"));
  const BinaryRun run = lint(at.project);
  expect_secret_kept(run);
  EXPECT_THAT(run.err, HasSubstr("secret.sql` leads to no file of the project."));
}

TEST(HostileProject, AJournalThatPointsElsewhereReadsNothingThere) {
  const Neighbours at;
  const std::string away = "../../" + fs::path(at.outside.path()).filename().string() + "/secret";
  at.project.write("drizzle/0000_a.sql", "SELECT 1;");
  at.project.write(
      "drizzle/meta/_journal.json",
      R"({"version":"7","dialect":"postgresql","entries":[{"idx":0,"version":"7","when":1,"tag":")" + away +
          R"(","breakpoints":true},{"idx":1,"version":"7","when":2,"tag":"0000_a","breakpoints":true}]})");
  at.project.write("sq/sqitch.plan", "%syntax-version=1.0.0\n%project=x\n\n../" + away +
                                         " 2024-01-01T00:00:00Z A <a@b> # away\n");
  at.project.write("sq/sqitch.conf", "[core]\n\tengine = pg\n");
  at.project.write("sq/deploy/a.sql", "SELECT 1;");
  expect_secret_kept(lint(at.project, {"drizzle"}));
  expect_secret_kept(lint(at.project, {"sq"}));
}

TEST(HostileProject, BrokenJournalsAndPlansAreAnsweredInBoundedTime) {
  const std::vector<std::string> journals = {
      "",
      "{",
      "[",
      std::string(200'000, '['),
      R"({"entries":[)" + repeated({}, R"({"tag":"x"},)", 20'000, "]}"),
      R"({"entries":)" + repeated({}, R"({"entries":)", 20'000),
      R"({"entries":[{"tag":")" + std::string(1'000'000, 'x'),
      std::string("{\"entries\":[{\"tag\":\"\0\"}]}", 26),
      "{\"entries\":[{\"tag\":\"\\ud800\"}]}",
      "\xFF\xFE{\0"};
  for (const std::string& journal : journals) {
    const TemporaryProject project;
    project.write("m/0000_x.sql", "SELECT 1;");
    project.write("m/meta/_journal.json", journal);
    project.write("s/sqitch.plan", journal);
    project.write("s/deploy/x.sql", "SELECT 1;");
    project.write("a/atlas.sum", journal);
    project.write("a/1_x.sql", "SELECT 1;");
    project.write("d/1_x/up.sql", "SELECT 1;");
    project.write("d/1_x/metadata.toml", journal);
    const BinaryRun run = lint(project, {"m", "s", "a", "d"});
    EXPECT_EQ(run.signal, 0) << journal.substr(0, 60);
    EXPECT_THAT(run.code, ::testing::AnyOf(0, 1, 2)) << journal.substr(0, 60);
    EXPECT_LT(run.cpu_seconds, testing::kSanitized ? 20 : 3) << journal.substr(0, 60);
  }
}

TEST(HostileProject, NamesThatAreNoNamesStayOnOneLineAndHarmless) {
  const TemporaryProject project;
  const std::vector<std::string> names = {"0002_a\n::error::x.sql",
                                          "0003_\x1b[31mred.sql",
                                          "0004_\xFF\xFE.sql",
                                          "0005_\xE2\x80\xAEx.sql",
                                          "0006_'; rm -rf x.sql",
                                          "-n.sql",
                                          "0007_\xC2\x9B"
                                          "2J.sql",
                                          "0008_$(id) `id`.sql"};
  for (const std::string& name : names) project.write("migrations/" + name, "SELEC 1;\n");
  for (const std::string format :
       {"text", "compact", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "markdown"}) {
    const BinaryRun run = lint(project, {"-f", format, "migrations"});
    EXPECT_EQ(run.code, 1) << format << run.err;
    for (const std::string* printed : {&run.out, &run.err}) {
      EXPECT_THAT(*printed, Not(HasSubstr("\x1b"))) << format;
      EXPECT_THAT(*printed, Not(HasSubstr("\n::error::x"))) << format;
      EXPECT_THAT(*printed, Not(HasSubstr("\xE2\x80\xAE"))) << format;
      EXPECT_THAT(*printed, Not(HasSubstr("\xC2\x9B"))) << format;
      EXPECT_THAT(*printed, Not(HasSubstr("\xFF"))) << format;
    }
  }
}

// What a terminal, a runner or a reader would act upon.
void expect_harmless(const std::string& printed, const std::string& what) {
  for (const char* acts : {"\x1b", "\xC2\x9B", "\xE2\x80\xAE", "\x07", "\n::error::x"})
    EXPECT_THAT(printed, Not(HasSubstr(acts))) << what;
}

TEST(HostileProject, NamesInSqlAndOfFoldersAreHarmlessInEveryCommand) {
  const TemporaryProject project;
  const std::string nasty = "n\x1b[2J\xC2\x9B\xE2\x80\xAE\x07\n::error::x";
  const std::string folder = nasty + "/migrations/";
  project.write(folder + "1_a.up.sql", "CREATE TABLE teams (id bigint PRIMARY KEY); CREATE TABLE \"" + nasty +
                                           "\" (id bigint PRIMARY KEY, team_id bigint REFERENCES teams, \"c" +
                                           nasty + "\" text);\n" + "CREATE VIEW \"v" + nasty +
                                           "\" AS SELECT * FROM \"" + nasty + "\";\nCREATE POLICY \"p" +
                                           nasty + "\" ON \"" + nasty + "\" USING (true);\nALTER TABLE \"" +
                                           nasty + "\" ENABLE ROW LEVEL SECURITY;\n");
  project.write(folder + "1_a.down.sql", "DROP TABLE \"" + nasty + "\";\n");
  project.write(folder + "2_b.up.sql",
                "ALTER TABLE \"" + nasty + "\" ADD CONSTRAINT \"x" + nasty +
                    "\" CHECK (id > 0); CREATE TABLE b (team_id bigint REFERENCES teams);\n");
  for (const std::vector<std::string>& command : {std::vector<std::string>{"lint", "-v"},
                                                  {"lint", "--diff"},
                                                  {"locks"},
                                                  {"locks", "-f", "json"},
                                                  {"catalog"},
                                                  {"tenancy"},
                                                  {"tenancy", "-f", "json"},
                                                  {"baseline", "--baseline", "b" + nasty + ".yaml"},
                                                  {"init"},
                                                  {"config"},
                                                  {"lint", "-v"},
                                                  {"locks", nasty}}) {
    const BinaryRun run = run_binary(command, {.folder = project.path()});
    EXPECT_EQ(run.signal, 0) << command[0];
    expect_harmless(run.out, command[0]);
    expect_harmless(run.err, command[0]);
  }
  std::ifstream written(project.path("migcheck.yaml"), std::ios::binary);
  const std::string configuration(std::istreambuf_iterator<char>(written), {});
  EXPECT_THAT(configuration, HasSubstr("\nmigrations: \""));
  expect_harmless(configuration, "migcheck.yaml");
}

TEST(HostileProject, TalkAboutSuchNamesIsHarmlessToo) {
  const TemporaryProject project;
  project.write("migrations/0001_a\n::error::x\x1b[2J\xC2\x9B\xE2\x80\xAE.sql",
                "CREATE TABLE `t` (id int AUTO_INCREMENT) ENGINE=InnoDB;\n");
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"migrations"},
                                                    {"migrations/0009\n::error::x\x1b[2J.sql"},
                                                    {"--since", "a\n::error::x", "migrations"}}) {
    const BinaryRun run = lint(project, arguments);
    EXPECT_THAT(run.err, Not(HasSubstr("\n::error::x")));
    EXPECT_THAT(run.err, Not(HasSubstr("\x1b")));
    EXPECT_THAT(run.err, Not(HasSubstr("\xE2\x80\xAE")));
    EXPECT_THAT(run.err, Not(HasSubstr("\xC2\x9B")));
  }
}

TEST(HostileProject, DeepAndManyFoldersAreAnsweredInBoundedTime) {
  const TemporaryProject project;
  std::string deep = "migrations";
  for (int n = 0; n < 200; ++n) deep += "/d";
  project.write(deep + "/0001_x.sql", "SELECT 1;");
  for (int n = 0; n < 2'000; ++n)
    fs::create_directories(project.path("migrations/many/" + std::to_string(n)));
  project.write("migrations/0001_x.sql", "SELECT 1;");
  const BinaryRun run = lint(project);
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.err, HasSubstr("nested too deeply"));
  EXPECT_LT(run.cpu_seconds, testing::kSanitized ? 30 : 5);
}

TEST(HostileProject, LinksThatTurnInACircleEnd) {
  const TemporaryProject project;
  project.write("migrations/0001_x.sql", "SELECT 1;");
  for (const char* name : {"a", "b", "c", "d"})
    fs::create_directory_symlink("..", project.path("migrations/") + name);
  fs::create_symlink("0002_self.sql", project.path("migrations/0002_self.sql"));
  const BinaryRun run = lint(project);
  EXPECT_EQ(run.signal, 0);
  EXPECT_EQ(run.code, 2) << "a link to itself is a file that cannot be read";
  EXPECT_LT(run.cpu_seconds, testing::kSanitized ? 30 : 5);
}

TEST(HostileProject, APathTooLongIsAnError) {
  const TemporaryProject project;
  for (const std::string& path : {std::string(5'000, 'x'), repeated("", "x/", 5'000)}) {
    const BinaryRun run = lint(project, {path});
    EXPECT_EQ(run.signal, 0);
    EXPECT_EQ(run.code, 2) << path.substr(0, 20);
  }
}

// What each program of the repository's own would leave behind, if it ran.
void make_trap(const TemporaryProject& project) {
  const std::string trap = project.path("trap");
  project.write("trap", "#!/bin/sh\ntouch '" + project.path("sprung") + "'\ncat\n");
  fs::permissions(trap, fs::perms::owner_all);
  project.write("m/1_a.up.sql", "SELECT 1;");
  project.git({"init", "--quiet"});
  project.commit("one");
  project.git({"branch", "--force", "base"});
  project.write("m/1_a.up.sql", "SELECT 22;");
  project.write("m/2_b.up.sql", "SELECT 2;");
  project.write(".gitattributes", "*.sql diff=evil filter=evil merge=evil\n");
  for (const std::string key :
       {"core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "diff.external",
        "diff.evil.command", "diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge",
        "filter.evil.process", "gpg.program", "uploadpack.packObjectsHook", "core.alternateRefsCommand",
        "pager.diff", "alias.diff", "alias.show"}) {
    project.git({"config", key, key.starts_with("alias.") ? "!" + trap : trap});
  }
  project.git({"config", "core.hooksPath", project.path("hooks")});
  project.git({"config", "filter.evil.required", "true"});
  for (const std::string hook :
       {"post-index-change", "post-checkout", "pre-auto-gc", "reference-transaction"}) {
    project.write("hooks/" + hook, "#!/bin/sh\ntouch '" + project.path("sprung") + "'\n");
    fs::permissions(project.path("hooks/" + hook), fs::perms::owner_all);
  }
  fs::remove(project.path("sprung"));  // a trap may go off while it is laid
}

TEST(HostileProject, NoProgramThatTheRepositoryNamesIsRun) {
  const TemporaryProject project;
  make_trap(project);
  const BinaryRun since = lint(project, {"--since", "base", "m"});
  EXPECT_LT(since.code, 2) << since.err;
  EXPECT_THAT(since.err, HasSubstr("2 files"));
  EXPECT_FALSE(fs::exists(project.path("sprung"))) << "--since";
  lint(project, {"m"});
  EXPECT_FALSE(fs::exists(project.path("sprung")));
}

TEST(HostileProject, ATrapWouldBeSeen) {
  // The test above is worth something only if an ordinary git falls into it.
  const TemporaryProject project;
  make_trap(project);
  input::run_program({"git", "-C", project.path(), "diff", "base", "--"});
  EXPECT_TRUE(fs::exists(project.path("sprung")));
}

TEST(HostileProject, AReferenceIsNeverAnOption) {
  const TemporaryProject project;
  project.write("m/1_a.up.sql", "SELECT 1;");
  project.git({"init", "--quiet"});
  project.commit("one");
  for (const std::string& reference :
       {"--output=" + project.path("sprung"), std::string("--help"), std::string("-x"),
        std::string("HEAD..HEAD"), std::string(":/x"), std::string("")}) {
    const BinaryRun run = lint(project, {"--since=" + reference, "m"});
    EXPECT_EQ(run.code, 2) << reference;
    EXPECT_FALSE(fs::exists(project.path("sprung"))) << reference;
  }
}

}  // namespace
}  // namespace migcheck
