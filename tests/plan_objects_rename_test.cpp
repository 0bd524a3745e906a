// SPDX-License-Identifier: MIT
// Renames and moves: the object keeps its identity, and whoever mentions it follows.
#include <gmock/gmock.h>

#include "migcheck/reads.hpp"
#include "support/planned.hpp"

namespace migcheck {
namespace {

using test::Planned;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

TEST(PlanRename, swap_leaves_indexes_and_policies_with_the_table_object) {
  Planned world;
  world.run(
      "CREATE TABLE t (id int PRIMARY KEY); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t "
      "USING (true);"
      "CREATE TABLE t_new (id int); ALTER TABLE t RENAME TO t_old; ALTER TABLE t_new RENAME TO t;");
  EXPECT_FALSE(world.table("t")->row_security);
  EXPECT_THAT(world.table("t")->policies, testing::IsEmpty());
  EXPECT_TRUE(world.table("t_old")->row_security);
  EXPECT_THAT(world.table("t_old")->policies, testing::SizeIs(1));
  ASSERT_THAT(world.catalog.indexes_of(world.table("t_old")->id), testing::SizeIs(1));
  EXPECT_EQ(world.catalog.indexes_of(world.table("t_old")->id)[0]->name, "t_pkey");
}

TEST(PlanRename, index_is_light_by_its_own_command_only) {
  Planned world;
  world.run("CREATE TABLE t (n int); CREATE INDEX i ON t (n);");
  EXPECT_THAT(world.locks("ALTER INDEX i RENAME TO j"), ElementsAre("i ShareUpdateExclusiveLock"));
  EXPECT_THAT(world.locks("ALTER TABLE j RENAME TO k"), ElementsAre("j AccessExclusiveLock"));
}

TEST(PlanRename, index_and_its_constraint_share_a_name) {
  Planned world;
  world.run("CREATE TABLE t (id int PRIMARY KEY); ALTER INDEX t_pkey RENAME TO t_pk;");
  EXPECT_NE(world.table("t")->constraint("t_pk"), nullptr);
  EXPECT_THAT(world.locks("ALTER TABLE t RENAME CONSTRAINT t_pk TO pk2"),
              UnorderedElementsAre("t AccessExclusiveLock", "t_pk ShareUpdateExclusiveLock"));
  EXPECT_NE(world.relation<catalog::Index>("pk2"), nullptr);
}

TEST(PlanRename, name_that_is_taken_is_refused) {
  Planned world;
  world.run("CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT 1 AS one;");
  EXPECT_EQ(world.error("ALTER TABLE t RENAME TO v"), "42P07: relation \"v\" already exists");
  EXPECT_EQ(world.error("ALTER TABLE t RENAME COLUMN a TO b"),
            "42701: column \"b\" of relation \"t\" already exists");
  EXPECT_EQ(world.error("ALTER TABLE t RENAME COLUMN c TO d"), "42703: column \"c\" does not exist");
}

TEST(PlanRename, column_is_renamed_in_checks_policies_indexes_and_views) {
  Planned world;
  world.run(
      "CREATE TABLE t (team_id int, n int CHECK (n > team_id)); CREATE INDEX i ON t (n) WHERE team_id > 0;"
      "CREATE POLICY p ON t USING (team_id = 1); CREATE VIEW v AS SELECT team_id FROM t WHERE t.team_id > 5;"
      "ALTER TABLE t RENAME COLUMN team_id TO org_id;");
  const catalog::Table& table = *world.table("t");
  ASSERT_NE(table.column("org_id"), nullptr);
  const catalog::ColumnNumber number = table.column("org_id")->number;
  EXPECT_THAT(columns_of(table.policies.front().using_expression, table), ElementsAre(number));
  EXPECT_THAT(columns_of(table.constraints.front().expression, table), testing::SizeIs(2));
  EXPECT_THAT(columns_of(world.relation<catalog::Index>("i")->predicate, table), ElementsAre(number));
  // The view goes on reading the column; its own column keeps its name.
  const auto reads = reads_of(*world.view("v")->query, world.catalog, {});
  EXPECT_THAT(reads, testing::Contains(testing::Field(&ColumnRead::column, number)));
  EXPECT_EQ(world.view("v")->columns[0].name, "team_id");
  EXPECT_THAT(world.error("ALTER TABLE t DROP COLUMN org_id"), HasSubstr("2BP01"));
}

TEST(PlanRename, table_is_followed_by_views_and_foreign_keys) {
  Planned world;
  world.run(
      "CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE c (t_id int REFERENCES t); CREATE VIEW v AS SELECT "
      "t.id FROM t;"
      "ALTER TABLE t RENAME TO u;");
  EXPECT_EQ(world.table("c")->constraints.front().references_name, "public.u");
  const auto reads = reads_of(*world.view("v")->query, world.catalog, {});
  ASSERT_FALSE(reads.empty());
  EXPECT_EQ(reads[0].relation, world.table("u")->id);
}

TEST(PlanRename, type_is_followed_by_its_users) {
  Planned world;
  world.run("CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (m mood); ALTER TYPE mood RENAME TO feeling;");
  EXPECT_EQ(world.table("t")->column("m")->type.name, "feeling");
  EXPECT_EQ(world.catalog.type("public", "mood", {}), nullptr);
}

TEST(PlanRename, schema_takes_all_names_along) {
  Planned world;
  world.run(
      "CREATE SCHEMA a; CREATE TABLE a.t (id serial PRIMARY KEY); CREATE TYPE a.e AS ENUM ('x');"
      "CREATE FUNCTION a.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER SCHEMA a RENAME TO b;");
  EXPECT_EQ(world.table("t", "a"), nullptr);
  EXPECT_NE(world.table("t", "b"), nullptr);
  EXPECT_NE(world.catalog.relation("b", "t_pkey", {}), nullptr);
  EXPECT_NE(world.catalog.relation("b", "t_id_seq", {}), nullptr);
  EXPECT_NE(world.catalog.type("b", "e", {}), nullptr);
  EXPECT_NE(world.function("f", "b"), nullptr);
  EXPECT_EQ(world.error("CREATE TABLE b.t (id int)"), "42P07: relation \"t\" already exists");
}

TEST(PlanRename, set_schema_takes_indexes_and_owned_sequences_along) {
  Planned world;
  world.run("CREATE SCHEMA s; CREATE TABLE t (id serial PRIMARY KEY);");
  EXPECT_THAT(world.locks("ALTER TABLE t SET SCHEMA s"),
              UnorderedElementsAre("t AccessExclusiveLock", "t_id_seq AccessExclusiveLock"));
  EXPECT_NE(world.table("t", "s"), nullptr);
  EXPECT_NE(world.catalog.relation("s", "t_pkey", {}), nullptr);
  EXPECT_NE(world.catalog.relation("s", "t_id_seq", {}), nullptr);
  EXPECT_EQ(world.catalog.relation("public", "t_pkey", {}), nullptr);
}

TEST(PlanRename, trigger_policy_and_rule_lock_the_table) {
  Planned world;
  world.run("CREATE TABLE t (id int); CREATE POLICY p ON t USING (id = 1);");
  EXPECT_THAT(world.locks("ALTER POLICY p ON t RENAME TO q"), ElementsAre("t AccessExclusiveLock"));
  EXPECT_EQ(world.table("t")->policies.front().name, "q");
  // The dependency follows the name.
  EXPECT_THAT(world.error("ALTER TABLE t DROP COLUMN id"), HasSubstr("2BP01"));
}

}  // namespace
}  // namespace migcheck
