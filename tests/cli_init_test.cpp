// SPDX-License-Identifier: MIT

// `migcheck init`: what it sees in a project, and what it writes.

#include <gmock/gmock.h>

#include "cli/files.hpp"
#include "cli/survey.hpp"
#include "support/command_line.hpp"

namespace migcheck {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Outcome;

using Init = testing::CommandLine;

TEST_F(Init, WritesWhatItSeesAndTheConfigurationReadsBack) {
  write("docker-compose.yml", "services:\n  db:\n    image: postgres:14-alpine\n");
  const Outcome outcome = run({"init", folder_.string()});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("migrations  migrations ("), HasSubstr("14 (docker-compose.yml:3)"),
                    HasSubstr("`migcheck lint` says today: "), HasSubstr("`migcheck baseline`")));
  const std::string written = read("migcheck.yaml");
  EXPECT_THAT(written, AllOf(HasSubstr("version: 1\n"), HasSubstr("\nmigrations: migrations\n"),
                             HasSubstr("docker-compose.yml:3 names it.\npostgres: 14\n")));
  const Outcome shown = run({"config", path("migrations")});
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("postgres: 14 "));
  EXPECT_EQ(run({"lint", path("migrations")}).code, 1);
}

TEST_F(Init, FindsTheTenants) {
  write("migrations/0003_teams.sql",
        "CREATE TABLE teams (id bigint PRIMARY KEY);\n"
        "CREATE TABLE projects (id bigint PRIMARY KEY, team_id bigint NOT NULL REFERENCES teams (id));\n"
        "CREATE TABLE tasks (id bigint PRIMARY KEY, team_id bigint NOT NULL REFERENCES teams (id));\n"
        "CREATE TABLE notes (id bigint PRIMARY KEY, team_id bigint NOT NULL REFERENCES teams (id));\n");
  const Outcome outcome = run({"init", folder_.string()});
  EXPECT_THAT(outcome.out, HasSubstr("tenants     team_id, of the table teams\n"));
  EXPECT_THAT(read("migcheck.yaml"), HasSubstr("tenancy:\n  column: team_id\n  root: teams\n"));
  EXPECT_EQ(run({"config", folder_.string()}).code, 0);
}

TEST_F(Init, NamesEveryHistory) {
  write("services/billing/migrations/0001.sql", "CREATE TABLE bills (id bigint PRIMARY KEY);\n");
  ASSERT_EQ(run({"init", folder_.string()}).code, 0);
  EXPECT_THAT(read("migcheck.yaml"),
              HasSubstr("migrations:\n  - migrations\n  - services/billing/migrations\n"));
}

TEST_F(Init, LeavesOutWhatNoToolRunsWhereOneRunsTheRest) {
  write("db/1_init.sql", "-- +goose Up\nCREATE TABLE bills (id bigint PRIMARY KEY);\n");
  const Outcome outcome = run({"init", folder_.string()});
  EXPECT_THAT(outcome.out, HasSubstr("(plain, left out)"));
  EXPECT_THAT(read("migcheck.yaml"), HasSubstr("migrations:\n  - db\n#  - migrations\n"));
  EXPECT_THAT(run({"config", folder_.string()}).out, HasSubstr("migrations: [db] "));
}

TEST_F(Init, ConfigShowsWhatARunFindsByItself) {
  write("docker-compose.yml", "services:\n  db:\n    image: postgres:13\n");
  const Outcome outcome = run({"config", "--no-config", folder_.string()});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, ::testing::ContainsRegex("\npostgres: 13 +# docker-compose.yml:3\n"));
  EXPECT_THAT(outcome.out, ::testing::ContainsRegex("\nmigrations: \\[migrations\\] +# found: plain: "));
  EXPECT_THAT(run({"config", "--no-config", "--pg-version", "17", folder_.string()}).out,
              ::testing::ContainsRegex("\npostgres: 17 +# --pg-version\n"));
}

TEST_F(Init, SaysWhatLintWillSay) {
  const Outcome outcome = run({"init", folder_.string()});
  EXPECT_THAT(outcome.out, HasSubstr("`migcheck lint` says today: 1 error in 1 of 2 files.\n"));
  EXPECT_THAT(run({"lint", folder_.string()}).err, HasSubstr("1 error in 1 of 2 files\n"));
}

TEST_F(Init, NeverOverwrites) {
  write(".migcheck.yml", "version: 1\n");
  const Outcome outcome = run({"init", folder_.string()});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err,
              HasSubstr(".migcheck.yml: There is a configuration already, and it stays as it is."));
  EXPECT_FALSE(std::filesystem::exists(path("migcheck.yaml")));
  EXPECT_EQ(run({"init", path("migrations")}).code, 2) << "the one above is the project's";
}

TEST_F(Init, WritesNothingWhereThereIsNothing) {
  std::filesystem::create_directories(path("empty/.git"));
  EXPECT_EQ(run({"init", path("empty")}).code, 2);
  EXPECT_THAT(run({"init", path("nowhere")}).err, HasSubstr("This is no folder."));
  EXPECT_FALSE(std::filesystem::exists(path("empty/migcheck.yaml")));
}

TEST_F(Init, ANewFileTakesNobodysPlace) {
  write("taken", "mine");
  const auto refused = cli::write_new_file(path("taken"), "other");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().to_string(), HasSubstr("The file cannot be created: File exists."));
  EXPECT_EQ(read("taken"), "mine");
  EXPECT_TRUE(cli::write_new_file(path("free"), "text"));
  EXPECT_EQ(read("free"), "text");
}

TEST(ServerHints, AreReadFromImagesAndSettings) {
  const auto majors = [](std::string_view text) {
    std::vector<int> found;
    for (const cli::ServerHint& hint : cli::server_hints(text, "f")) found.push_back(hint.major);
    return found;
  };
  EXPECT_THAT(majors("image: postgres:15.3-alpine\n"), ElementsAre(15));
  EXPECT_THAT(majors("image: 'postgis/postgis:13-3.4'\nimage: pgvector/pgvector:pg16\n"),
              ElementsAre(13, 16));
  EXPECT_THAT(majors("image: timescale/timescaledb:2.11.0-pg14\n"), ElementsAre(14));
  EXPECT_THAT(majors("image: timescale/timescaledb:2.11.0\n"), IsEmpty())
      << "that is no PostgreSQL's version";
  EXPECT_THAT(majors("image: supabase/postgres:15.1.0.55\n"), ElementsAre(15));
  EXPECT_THAT(majors("major_version = 15\n"), ElementsAre(15));
  EXPECT_THAT(majors("postgres 12.4\n"), ElementsAre(12));
  EXPECT_THAT(majors("image: postgres:latest\nurl: postgres://postgres:5432/x\npostgres:\n"), IsEmpty());
}

}  // namespace
}  // namespace migcheck
