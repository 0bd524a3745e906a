// SPDX-License-Identifier: MIT

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "migcheck/input.hpp"
#include "support/temporary_project.hpp"

namespace migcheck {
namespace {
namespace fs = std::filesystem;

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::roles_and_paths;
using testing::TemporaryProject;

std::vector<std::string> found(const InputRequest& request) {
  const Result<InputSet> set = discover(request);
  return set ? roles_and_paths(*set) : std::vector<std::string>{set.error().to_string()};
}

TEST(Discover, PlainFilesRunInNaturalOrder) {
  const TemporaryProject project;
  for (const char* name : {"sql/10_c.sql", "sql/2_b.sql", "sql/1_a.sql", "sql/README.md"})
    project.write(name, "SELECT 1;");
  EXPECT_THAT(found(project.request({"sql"})),
              ElementsAre("target sql/1_a.sql", "target sql/2_b.sql", "target sql/10_c.sql"));
}

// A project as a whole: folders that are called migrations, whatever scripts lie around them.
TEST(Discover, AFolderOfMigrationsInsideOfOtherScriptsIsFound) {
  const TemporaryProject project;
  for (const char* name :
       {"db/cleanup.sql", "db/migration/add-index.sql", "db/migration/R2016/rename.sql", "db/zones/a.sql"})
    project.write(name, "SELECT 1;");
  EXPECT_THAT(found(project.request({})),
              ElementsAre("target db/migration/R2016/rename.sql", "target db/migration/add-index.sql"));
}

TEST(Discover, NumberedScriptsOfAProjectAreFound) {
  const TemporaryProject project;
  for (const char* name :
       {"packages/db/0001-init.sql", "packages/db/0002.sql", "packages/db/0003.sql", "sql/1_a.sql",
        "sql/reports.sql", "schema/versioned/v1.0/base.sql", "schema/versioned/v1.1/users.sql"})
    project.write(name, "SELECT 1;");
  EXPECT_THAT(found(project.request({})),
              ElementsAre("target packages/db/0001-init.sql", "target packages/db/0002.sql",
                          "target packages/db/0003.sql", "target schema/versioned/v1.0/base.sql",
                          "target schema/versioned/v1.1/users.sql"));
}

TEST(Discover, NumbersCountOnlyWhereNothingElseSaysWhatRuns) {
  const TemporaryProject project;
  for (const char* name : {"db/migrate/users.sql", "data/1_a.sql", "data/2_b.sql", "data/3_c.sql"})
    project.write(name, "SELECT 1;");
  EXPECT_THAT(found(project.request({})), ElementsAre("target db/migrate/users.sql"));
}

TEST(Discover, WhatAScriptIncludesRunsInItWhateverItsFolderIsCalled) {
  const TemporaryProject project;
  project.write("migrations/all.sql", "CREATE TABLE a (id int);\n\\ir tables/migrations/log.sql\n");
  project.write("migrations/tables/migrations/log.sql", "SELECT 1;");
  project.write("sql/init.sql", "CREATE TABLE a (id int);\n\\ir tables/migrations/log.sql\n");
  project.write("sql/tables/migrations/log.sql", "SELECT 1;");
  EXPECT_THAT(found(project.request({})),
              ElementsAre("target migrations/all.sql", "target migrations/tables/migrations/log.sql"));
}

TEST(Discover, ADriversFolderNamesItsDatabase) {
  const TemporaryProject project;
  project.write("riverpgx/migrations/001_a.up.sql", "CREATE TABLE a (id bigint);");
  project.write("riversqlite/migrations/001_a.up.sql",
                "CREATE TABLE a (id integer PRIMARY KEY AUTOINCREMENT);");
  project.write("riversqlite/migrations/002_b.up.sql", "SELECT jsonb('{}');");  // SQLite has it too
  EXPECT_THAT(found(project.request({})), ElementsAre("target riverpgx/migrations/001_a.up.sql"));
}

TEST(Discover, CockroachsFolderIsTakenAtItsName) {
  const TemporaryProject project;
  project.write("storage/crdb/migrations/001_a.up.sql",
                "CREATE TABLE a (id uuid, doc jsonb, at timestamptz);");
  project.write("storage/postgres/migrations/001_a.up.sql", "CREATE TABLE a (id uuid, doc jsonb);");
  EXPECT_THAT(found(project.request({})), ElementsAre("target storage/postgres/migrations/001_a.up.sql"));
}

TEST(Discover, OraclesFolderBesidePostgresqlsIsOracles) {
  const TemporaryProject project;
  for (const char* name :
       {"db/migration/oracle/V1__a.sql", "db/migration/postgresql/V1__a.sql",
        "db/migration/postgresql/rollback/1.0__a.sql", "prices/oracle/migrations/001_a.up.sql"})
    project.write(name, "CREATE TABLE a (id int);");
  EXPECT_THAT(found(project.request({})), ElementsAre("target db/migration/postgresql/V1__a.sql",
                                                      "target prices/oracle/migrations/001_a.up.sql"));
}

TEST(Discover, DumpsAloneAreNothingToCheck) {
  const TemporaryProject project;
  project.write("db/structure.sql",
                "--\n-- PostgreSQL database dump\n--\nSET statement_timeout = 0;\nCREATE TABLE public.a (id "
                "bigint);\n");
  const Result<InputSet> set = discover(project.request({}));
  ASSERT_FALSE(set);
  EXPECT_THAT(set.error().to_string(), HasSubstr("only dumps of a schema here (db/structure.sql)"));
  EXPECT_THAT(found(project.request({"db/structure.sql"})), ElementsAre("target db/structure.sql"));
}

TEST(Discover, WhatABuildCopiedAndWhatIsArchivedIsNoHistory) {
  const TemporaryProject project;
  for (const char* name :
       {"src/main/resources/db/migration/V1__a.sql", "target/classes/db/migration/V1__a.sql",
        "build/resources/main/db/migration/V1__a.sql", "archived/old/db/migration/V1__b.sql"})
    project.write(name, "CREATE TABLE a (id int);");
  EXPECT_THAT(found(project.request({})), ElementsAre("target src/main/resources/db/migration/V1__a.sql"));
}

TEST(Discover, HasurasProjectsMayCountTheirMigrations) {
  const TemporaryProject project;
  project.write("hasura/config.yaml", "version: 3\nmetadata_directory: metadata\n");
  project.write("hasura/migrations/main/2_b/up.sql", "SELECT 1;");
  project.write("hasura/migrations/main/10_c/up.sql", "SELECT 1;");
  const Result<InputSet> set = discover(project.request({}));
  ASSERT_TRUE(set) << set.error().to_string();
  EXPECT_EQ(set->histories.at(0).layout, "hasura");
  EXPECT_THAT(roles_and_paths(*set), ElementsAre("target hasura/migrations/main/2_b/up.sql",
                                                 "target hasura/migrations/main/10_c/up.sql"));
}

TEST(Discover, WholeSchemasAndWaysBackStandAsideOfUpgrades) {
  const TemporaryProject project;
  for (const char* name : {"sql/deploy/1/a.sql", "sql/deploy/2/a.sql", "sql/upgrade/1-2/a.sql",
                           "sql/upgrade/2-3/a.sql", "sql/downgrade/2-1/a.sql", "sql/downgrade/3-2/a.sql"})
    project.write(name, "SELECT 1;");
  EXPECT_THAT(found(project.request({})),
              ElementsAre("target sql/upgrade/1-2/a.sql", "target sql/upgrade/2-3/a.sql"));
}

// What runs in another environment only is no part of this history.
TEST(Discover, FlywaysLocationsAreThoseThatTheSettingsName) {
  const TemporaryProject project;
  project.write("src/main/resources/application.yml",
                "spring:\n  flyway:\n    locations: classpath:/migrations/common,migrations/prod\n");
  project.write("src/main/resources/migrations/common/V1__a.sql", "CREATE TABLE a (id int);");
  project.write("src/main/resources/migrations/dev/V2__b.sql", "CREATE ROLE reader;");
  project.write("src/main/resources/migrations/prod/V3__b.sql", "CREATE ROLE reader;");
  EXPECT_THAT(found(project.request({})), ElementsAre("target src/main/resources/migrations/common/V1__a.sql",
                                                      "target src/main/resources/migrations/prod/V3__b.sql"));
  const Result<InputSet> whole = discover(project.request({}));
  ASSERT_TRUE(whole) << whole.error().to_string();
  EXPECT_THAT(whole->remarks,
              ElementsAre(HasSubstr("src/main/resources/migrations/dev is none of the folders that Flyway")));
  const Result<InputSet> named = discover(project.request({"src/main/resources/migrations/dev"}));
  ASSERT_TRUE(named) << named.error().to_string();
  EXPECT_EQ(named->histories.at(0).layout, "flyway");
}

TEST(Discover, ASqitchProjectWithoutVerificationsHasNoFolderOfThem) {
  const TemporaryProject project;
  project.write("sqitch.plan",
                "%syntax-version=1.0.0\n%project=x\n\nusers 2024-01-01T00:00:00Z A <a@b.c> # u\n");
  project.write("deploy/users.sql", "CREATE TABLE users (id bigint PRIMARY KEY);");
  const Result<InputSet> set = discover(project.request({"."}));
  ASSERT_TRUE(set) << set.error().to_string();
  EXPECT_THAT(roles_and_paths(*set), ElementsAre("target deploy/users.sql"));
  EXPECT_THAT(set->unread, IsEmpty());
}

TEST(Discover, TheRestOfTheFolderIsHistory) {
  const TemporaryProject project;
  for (const char* name : {"sql/1.sql", "sql/2.sql", "sql/3.sql", "sql/notes.sql"})
    project.write(name, "SELECT 1;");
  EXPECT_THAT(found(project.request({"sql/2.sql"})),
              ElementsAre("history sql/1.sql", "target sql/2.sql", "history sql/3.sql"));
  EXPECT_THAT(found(project.request({"sql/notes.sql"})), ElementsAre("target sql/notes.sql"));
}

TEST(Discover, AFolderInsideAHistoryIsATargetInIt) {
  const TemporaryProject project;
  project.write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");
  project.write("prisma/migrations/20240101000000_a/migration.sql", "SELECT 1;");
  project.write("prisma/migrations/20240102000000_b/migration.sql", "SELECT 1;");
  EXPECT_THAT(found(project.request({"prisma/migrations/20240102000000_b"})),
              ElementsAre("history prisma/migrations/20240101000000_a/migration.sql",
                          "target prisma/migrations/20240102000000_b/migration.sql"));
}

TEST(Discover, GlobsAndExcludes) {
  const TemporaryProject project;
  for (const char* name : {"a/1_x.sql", "a/2_y.sql", "b/1_z.sql", "b/seed/1.sql"})
    project.write(name, "SELECT 1;");
  EXPECT_THAT(found(project.request({"*/1_*.sql"})),
              ElementsAre("target a/1_x.sql", "history a/2_y.sql", "target b/1_z.sql"));
  InputRequest request = project.request({"a", "b"});
  request.exclude = {"**/seed/**", "2_*"};
  EXPECT_THAT(found(request), ElementsAre("target a/1_x.sql", "target b/1_z.sql"));
}

TEST(Discover, WhatIsNotThereIsAnError) {
  const TemporaryProject project;
  const Result<InputSet> missing = discover(project.request({"nowhere"}));
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().what, HasSubstr("no such file"));
  project.write("empty/README.md", "");
  InputRequest request = project.request({"empty"});
  const Result<InputSet> empty = discover(request);
  ASSERT_FALSE(empty);
  EXPECT_THAT(empty.error().what, HasSubstr("no SQL files"));
  request.allow_empty = true;
  EXPECT_TRUE(discover(request));
  request = project.request();
  EXPECT_FALSE(discover(request));
  request.layout = "gooose";
  const Result<InputSet> layout = discover(request);
  ASSERT_FALSE(layout);
  EXPECT_THAT(layout.error().hint, HasSubstr("goose"));
}

TEST(Discover, TheWholeProjectIsSearchedWithoutArguments) {
  const TemporaryProject project;
  project.write("services/a/migrations/1_a.up.sql", "SELECT 1;");
  project.write("services/b/db/1__no_tool.sql", "SELECT 1;");
  project.write("services/b/migrations/1.sql", "SELECT 1;");
  project.write("services/b/testdata/migrations/1_a.up.sql", "SELECT 1;");
  const Result<InputSet> set = discover(project.request());
  ASSERT_TRUE(set) << set.error().to_string();
  EXPECT_THAT(roles_and_paths(*set),
              ElementsAre("target services/a/migrations/1_a.up.sql", "target services/b/migrations/1.sql"));
  ASSERT_EQ(set->histories.size(), 2u);
  EXPECT_EQ(set->histories[0].layout, "golang-migrate");
  EXPECT_EQ(set->histories[1].layout, "plain");
}

TEST(Discover, TheLayoutCanBeSaid) {
  const TemporaryProject project;
  project.write("m/1_a.sql", "SELECT 1;");
  InputRequest request = project.request({"m"});
  request.layout = "goose";
  const Result<InputSet> set = discover(request);
  ASSERT_TRUE(set);
  ASSERT_EQ(set->histories.size(), 1u);
  EXPECT_EQ(set->histories[0].layout, "goose");
  const Result<LoadedFile> file = load(*set, 0, request);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->sections.at(0).wrapping, Wrapping::Transaction);
  EXPECT_THAT(file->unread.at(0).reason, HasSubstr("+goose Up"));
}

TEST(Discover, StandardInputTakesItsPlaceInTheHistory) {
  const TemporaryProject project;
  project.write("db/1_a.sql", "SELECT 1;");
  project.write("db/3_c.sql", "SELECT 3;");
  InputRequest request = project.request();
  request.paths = {"-"};
  request.stdin_text = "SELECT 2;";
  EXPECT_THAT(found(request), ElementsAre("target <stdin>"));
  request.stdin_filename = project.path("db/2_b.sql");
  const Result<InputSet> set = discover(request);
  ASSERT_TRUE(set) << set.error().to_string();
  EXPECT_THAT(roles_and_paths(*set),
              ElementsAre("history db/1_a.sql", "target db/2_b.sql", "history db/3_c.sql"));
  const Result<LoadedFile> file = load(*set, 1, request);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->source.text, "SELECT 2;");
}

TEST(Discover, PipesAreReadOnceAndHaveNoNeighbours) {
  const TemporaryProject project;
  project.write("1_a.sql", "SELECT 1;");
  ASSERT_EQ(::mkfifo(project.path("pipe").c_str(), 0600), 0);
  std::thread writer([&] { project.write("pipe", "SELECT 2;"); });
  const InputRequest request = project.request({"pipe"});
  const Result<InputSet> set = discover(request);
  const Result<LoadedFile> file = set ? load(*set, 0, request) : Result<LoadedFile>(set.error());
  writer.join();
  ASSERT_TRUE(file) << file.error().to_string();
  EXPECT_EQ(set->files.size(), 1u);
  EXPECT_EQ(file->source.text, "SELECT 2;");
}

TEST(Discover, LoopsAndDeadLinksAreSaid) {
  const TemporaryProject project;
  project.write("m/1.sql", "SELECT 1;");
  fs::create_directory_symlink(project.path("m"), project.path("m/loop"));
  fs::create_symlink(project.path("gone"), project.path("m/2.sql"));
  const Result<InputSet> set = discover(project.request({"m"}));
  ASSERT_TRUE(set);
  EXPECT_THAT(roles_and_paths(*set), ElementsAre("target m/1.sql"));
  ASSERT_EQ(set->unread.size(), 2u);
  EXPECT_TRUE(set->unread[0].failed != set->unread[1].failed);
}

TEST(Discover, UnreadableFoldersFailTheRun) {
  if (::geteuid() == 0) GTEST_SKIP() << "root reads everything";
  const TemporaryProject project;
  project.write("m/1.sql", "SELECT 1;");
  project.write("m/closed/2.sql", "SELECT 1;");
  fs::permissions(project.path("m/closed"), fs::perms::none);
  const Result<InputSet> set = discover(project.request({"m"}));
  fs::permissions(project.path("m/closed"), fs::perms::owner_all);
  ASSERT_TRUE(set);
  ASSERT_EQ(set->unread.size(), 1u);
  EXPECT_TRUE(set->unread[0].failed);
}

TEST(Discover, CodeThatHoldsMigrationsIsNamed) {
  const TemporaryProject project;
  project.write("migrations/1_a.sql", "-- +goose Up\nSELECT 1;");
  project.write("migrations/2_b.go", "package m\nfunc init() { goose.AddMigration(up, down) }");
  project.write("src/migrations/1700000000000-Users.ts",
                "export class Users implements MigrationInterface {}");
  project.write("src/index.ts", "export const a = 1");
  const Result<InputSet> set = discover(project.request({"."}));
  ASSERT_TRUE(set);
  ASSERT_EQ(set->unread.size(), 2u);
  EXPECT_EQ(set->unread[0].path, "migrations/2_b.go");
  EXPECT_THAT(set->unread[0].reason, HasSubstr("goose"));
  EXPECT_THAT(set->unread[1].reason, HasSubstr("TypeORM"));
  EXPECT_FALSE(set->unread[1].failed);
}

TEST(Discover, DumpsSeedsAndQueriesHaveTheirPlaces) {
  const TemporaryProject project;
  project.write("db/migrations/1_a.up.sql", "CREATE TABLE t (id int);");
  project.write("db/structure.sql", "CREATE TABLE t (id int);");
  project.write("db/seeds/users.sql", "INSERT INTO t VALUES (1);");
  project.write("db/queries/users.sql", "-- name: GetUser :one\nSELECT * FROM t WHERE id = @id;");
  const Result<InputSet> set = discover(project.request({"db"}));
  ASSERT_TRUE(set);
  EXPECT_THAT(roles_and_paths(*set), ElementsAre("target db/migrations/1_a.up.sql", "seed db/seeds/users.sql",
                                                 "query db/queries/users.sql", "baseline db/structure.sql"));
  EXPECT_EQ(set->histories.size(), 2u);
  EXPECT_THAT(found(project.request({"db/structure.sql"})), ElementsAre("target db/structure.sql"));
}

TEST(Discover, ConfiguredSeedsAreSeedsWhateverTheirName) {
  const TemporaryProject project;
  project.write("db/migrations/1_a.up.sql", "CREATE TABLE t (id int);");
  project.write("db/fill/plans.sql", "INSERT INTO t VALUES (1);");
  project.write("db/demo.sql", "INSERT INTO t VALUES (2);");
  InputRequest request = project.request();
  request.default_paths = {"db/migrations"};
  request.seeds = {"db/fill", "db/demo.sql"};
  const Result<InputSet> set = discover(request);
  ASSERT_TRUE(set) << set.error().to_string();
  EXPECT_THAT(roles_and_paths(*set),
              ElementsAre("target db/migrations/1_a.up.sql", "seed db/fill/plans.sql", "seed db/demo.sql"));
}

TEST(Discover, AConfiguredBaselineStandsFirst) {
  const TemporaryProject project;
  project.write("db/migrations/1_a.up.sql", "SELECT 1;");
  project.write("db/base.sql", "SELECT 1;");
  InputRequest request = project.request({"db"});
  request.baselines = {"db/base.sql"};
  EXPECT_THAT(found(request), ElementsAre("baseline db/base.sql", "target db/migrations/1_a.up.sql"));
  request.baselines = {"db/gone.sql"};
  EXPECT_FALSE(discover(request));
}

// The squashed history of a Rails project: the dump holds what the removed migrations made.
TEST(Discover, ADumpThatTheMigrationsNeedStandsBeforeThem) {
  const TemporaryProject project;
  project.write(
      "db/structure.sql",
      "--\n-- PostgreSQL database dump\n--\nCREATE TABLE public.users (\n    id bigint NOT NULL\n);\n"
      "INSERT INTO schema_migrations (version) VALUES ('20230101000000');\n");
  project.write("db/migrations/20240101000000_name.up.sql", "ALTER TABLE users ADD COLUMN name text;");
  project.write("db/migrations/20240102000000_posts.up.sql",
                "CREATE TABLE posts (id bigint PRIMARY KEY, author bigint REFERENCES users (id));");
  const auto expected =
      ElementsAre("baseline db/structure.sql", "target db/migrations/20240101000000_name.up.sql",
                  "target db/migrations/20240102000000_posts.up.sql");
  const Result<InputSet> set = discover(project.request({"db"}));
  ASSERT_TRUE(set);
  EXPECT_THAT(roles_and_paths(*set), expected);
  EXPECT_THAT(set->histories[0].why,
              HasSubstr("db/structure.sql stands before it: the migrations refer to users, which it makes"));
  // Whether or not the folder of the dump was named.
  EXPECT_THAT(found(project.request({"db/migrations"})), expected);
}

// What the migrations lead to must not be there before they make it.
TEST(Discover, ADumpOfTheEndStandsBeforeNothing) {
  struct Case {
    const char* dump;
    const char* migration;
    const char* reason;
  };
  const char* made = "CREATE TABLE users (id int, name text); CREATE TABLE posts (id int);";
  const Case cases[] = {
      {made, "CREATE TABLE posts (id int); ALTER TABLE users ADD COLUMN x int;",
       "makes posts, which is in it"},
      {made, "ALTER TABLE users ADD COLUMN name text;", "adds users.name, which is in it"},
      {made, "ALTER TABLE users ADD x int; ALTER TABLE old_posts RENAME TO posts;", "gives posts that name"},
      {"CREATE TABLE users (id int); INSERT INTO \"schema_migrations\" (version) VALUES\n('1'),\n('2');",
       "ALTER TABLE users ADD COLUMN name text;", "it says that db/migrations/1_a.up.sql has run"},
      {made, "CREATE TABLE IF NOT EXISTS users (id int); INSERT INTO users VALUES (1);", "refer to nothing"},
      {made, "-- ALTER TABLE users ADD COLUMN x int\nSELECT 'INSERT INTO users';", "refer to nothing"}};
  for (const Case& one : cases) {
    const TemporaryProject project;
    project.write("db/structure.sql", one.dump);
    project.write("db/migrations/1_a.up.sql", one.migration);
    const Result<InputSet> set = discover(project.request({"db"}));
    ASSERT_TRUE(set);
    EXPECT_THAT(roles_and_paths(*set),
                ElementsAre("target db/migrations/1_a.up.sql", "baseline db/structure.sql"))
        << one.migration;
    EXPECT_EQ(set->files[1].history, 1u) << "a history of its own";
    EXPECT_THAT(set->histories[1].why, HasSubstr(one.reason));
    EXPECT_THAT(found(project.request({"db/migrations"})), ElementsAre("target db/migrations/1_a.up.sql"));
  }
}

TEST(Discover, ATableThatAMigrationDropsAndMakesAnewContradictsNoDump) {
  const TemporaryProject project;
  project.write("dump.sql", "-- Dumped from database version 15.4\nCREATE TABLE users (id int, name text);");
  project.write("migrations/1_a.up.sql", "DROP TABLE users; CREATE TABLE users (id bigint);");
  EXPECT_THAT(found(project.request({"migrations"})),
              ElementsAre("baseline dump.sql", "target migrations/1_a.up.sql"));
}

TEST(Discover, OtherDatabasesAreNamed) {
  const TemporaryProject project;
  project.write("migrations/postgres/1_a.up.sql", "SELECT 1;");
  project.write("migrations/mysql/1_a.up.sql", "SELECT 1;");
  const Result<InputSet> set = discover(project.request({"migrations"}));
  ASSERT_TRUE(set);
  EXPECT_THAT(roles_and_paths(*set), ElementsAre("target migrations/postgres/1_a.up.sql"));
  ASSERT_EQ(set->unread.size(), 1u);
  EXPECT_THAT(set->unread[0].reason, HasSubstr("MySQL"));
  EXPECT_THAT(found(project.request({"migrations/mysql/1_a.up.sql"})),
              ElementsAre("target migrations/mysql/1_a.up.sql"));
}

TEST(Discover, IncludedScriptsRunWhereTheyAreIncluded) {
  const TemporaryProject project;
  project.write("sql/all.sql",
                "\\set ON_ERROR_STOP on\nBEGIN;\n\\i sql/types.sql\n\\ir tables/users.sql\nCOMMIT;\n");
  project.write("sql/tables/users.sql", "CREATE TABLE users (id int);");
  project.write("sql/types.sql", "CREATE TYPE t AS ENUM ('a');");
  const Result<InputSet> set = discover(project.request({"sql"}));
  ASSERT_TRUE(set);
  EXPECT_THAT(roles_and_paths(*set), ElementsAre("target sql/all.sql", "target sql/types.sql",
                                                 "target sql/tables/users.sql", "target sql/all.sql"));
  EXPECT_FALSE(set->files[0].part.continues);
  for (std::size_t n = 1; n < 4; ++n) EXPECT_TRUE(set->files[n].part.continues) << n;
  EXPECT_THAT(set->unread, IsEmpty());
  project.write("sql/all.sql", "CREATE SCHEMA s;\n\\i gone.sql\n");
  const Result<InputSet> lost = discover(project.request({"sql"}));
  ASSERT_TRUE(lost);
  ASSERT_EQ(lost->unread.size(), 1u);
  EXPECT_EQ(lost->unread[0].line, 2u);
}

}  // namespace
}  // namespace migcheck
