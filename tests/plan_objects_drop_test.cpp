// SPDX-License-Identifier: MIT
// DROP: what it refuses, what it takes along, what it locks. The expectations are a PostgreSQL server's.
#include <gmock/gmock.h>

#include "support/planned.hpp"

namespace migcheck {
namespace {

using test::Planned;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

TEST(PlanDrop, table_with_a_view_is_refused_and_cascade_takes_the_view) {
  Planned world;
  world.run(
      "CREATE TABLE t (id int PRIMARY KEY, n int); CREATE VIEW v AS SELECT n FROM t; CREATE VIEW w AS SELECT "
      "* FROM v;");
  EXPECT_EQ(world.error("DROP TABLE t"), "2BP01: cannot drop table t because other objects depend on it");
  ASSERT_NE(world.table("t"), nullptr);
  const Plan plan = world.plan("DROP TABLE t CASCADE");
  EXPECT_THAT(plan.also_dropped, ElementsAre("view v", "view w"));
  EXPECT_EQ(world.table("t"), nullptr);
  EXPECT_EQ(world.view("v"), nullptr);
  EXPECT_EQ(world.view("w"), nullptr);
  EXPECT_EQ(world.catalog.relation("public", "t_pkey", {}), nullptr);
}

TEST(PlanDrop, child_locks_the_table_that_its_foreign_key_refers_to) {
  Planned world;
  world.run(
      "CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (id int PRIMARY KEY, p int REFERENCES "
      "parent);");
  EXPECT_THAT(world.locks("DROP TABLE child"),
              UnorderedElementsAre("child AccessExclusiveLock", "child_pkey AccessExclusiveLock",
                                   "parent AccessExclusiveLock"));
}

TEST(PlanDrop, parent_of_a_foreign_key_is_refused_and_cascade_drops_only_the_constraint) {
  Planned world;
  world.run("CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (p int REFERENCES parent);");
  EXPECT_THAT(world.error("DROP TABLE parent"), HasSubstr("2BP01"));
  const Plan plan = world.plan("DROP TABLE parent CASCADE");
  EXPECT_THAT(plan.also_dropped, ElementsAre("constraint child_p_fkey on table child"));
  ASSERT_NE(world.table("child"), nullptr);
  EXPECT_THAT(world.table("child")->constraints, IsEmpty());
  EXPECT_THAT(Planned::locks_of(plan), Contains("child AccessExclusiveLock"));
}

TEST(PlanDrop, both_ends_of_a_foreign_key_at_once_need_no_cascade) {
  Planned world;
  world.run("CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (p int REFERENCES parent);");
  EXPECT_EQ(world.error("DROP TABLE parent, child"), "");
  EXPECT_EQ(world.table("parent"), nullptr);
}

TEST(PlanDrop, partition_locks_its_parent_and_the_default_partition) {
  Planned world;
  world.run(
      "CREATE TABLE pt (k int) PARTITION BY RANGE (k); CREATE TABLE pt_1 PARTITION OF pt FOR VALUES FROM (0) "
      "TO (9);"
      "CREATE TABLE pt_d PARTITION OF pt DEFAULT;");
  EXPECT_THAT(
      world.locks("DROP TABLE pt_1"),
      UnorderedElementsAre("pt AccessExclusiveLock", "pt_1 AccessExclusiveLock", "pt_d AccessExclusiveLock"));
  EXPECT_THAT(world.plan("DROP TABLE pt").also_dropped, ElementsAre("table pt_d"));
}

TEST(PlanDrop, inheritance_parent_needs_cascade) {
  Planned world;
  world.run("CREATE TABLE p (id int); CREATE TABLE c () INHERITS (p);");
  EXPECT_THAT(world.error("DROP TABLE p"), HasSubstr("2BP01"));
  EXPECT_THAT(world.plan("DROP TABLE p CASCADE").also_dropped, ElementsAre("table c"));
}

TEST(PlanDrop, sequence_of_a_serial_goes_with_its_table_and_alone_is_refused) {
  Planned world;
  world.run("CREATE TABLE t (id serial)");
  EXPECT_EQ(world.error("DROP SEQUENCE t_id_seq"),
            "2BP01: cannot drop sequence t_id_seq because other objects depend on it");
  const Plan plan = world.plan("DROP SEQUENCE t_id_seq CASCADE");
  EXPECT_THAT(plan.also_dropped, ElementsAre("default value for column id of table t"));
  EXPECT_EQ(world.table("t")->column("id")->default_value, nullptr);
  world.run("CREATE TABLE u (id serial)");
  EXPECT_THAT(world.plan("DROP TABLE u").also_dropped, IsEmpty());
  EXPECT_EQ(world.catalog.relation("public", "u_id_seq", {}), nullptr);
}

TEST(PlanDrop, sequence_of_an_identity_column_is_part_of_it) {
  Planned world;
  world.run("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY)");
  EXPECT_EQ(world.error("DROP SEQUENCE t_id_seq CASCADE"),
            "2BP01: cannot drop sequence t_id_seq because column id of table t requires it");
}

TEST(PlanDrop, index_behind_a_constraint_is_refused_even_with_cascade) {
  Planned world;
  world.run("CREATE TABLE t (id int PRIMARY KEY)");
  EXPECT_EQ(world.error("DROP INDEX t_pkey CASCADE"),
            "2BP01: cannot drop index t_pkey because constraint t_pkey on table t requires it");
}

TEST(PlanDrop, index_locks_its_table_and_concurrently_does_not_block_it) {
  Planned world;
  world.run("CREATE TABLE t (n int); CREATE INDEX i ON t (n); CREATE INDEX j ON t (n);");
  EXPECT_THAT(world.locks("DROP INDEX i"),
              UnorderedElementsAre("i AccessExclusiveLock", "t AccessExclusiveLock"));
  const Plan plan = world.plan("DROP INDEX CONCURRENTLY j");
  EXPECT_EQ(plan.not_in_transaction, "DROP INDEX CONCURRENTLY");
  EXPECT_THAT(Planned::locks_of(plan),
              UnorderedElementsAre("j AccessExclusiveLock", "t ShareUpdateExclusiveLock"));
  EXPECT_THAT(world.catalog.indexes_of(world.table("t")->id), IsEmpty());
}

TEST(PlanDrop, type_with_cascade_drops_the_columns_that_use_it) {
  Planned world;
  world.run("CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (id int, m mood);");
  EXPECT_THAT(world.error("DROP TYPE mood"), HasSubstr("2BP01"));
  const Plan plan = world.plan("DROP TYPE mood CASCADE");
  EXPECT_THAT(plan.also_dropped, ElementsAre("column m of table t"));
  EXPECT_THAT(Planned::locks_of(plan), ElementsAre("t AccessExclusiveLock"));
  EXPECT_EQ(world.table("t")->column("m"), nullptr);
  EXPECT_NE(world.table("t")->column("id"), nullptr);
}

TEST(PlanDrop, column_takes_indexes_and_checks_silently_but_not_policies_or_views) {
  Planned world;
  world.run(
      "CREATE TABLE t (a int, b int, c int, CHECK (a > b), UNIQUE (a, c)); CREATE INDEX i ON t (c) WHERE b > "
      "0;"
      "CREATE POLICY p ON t USING (c = 1);");
  EXPECT_EQ(world.error("ALTER TABLE t DROP COLUMN b"), "");
  EXPECT_THAT(world.table("t")->constraints, testing::SizeIs(1));
  EXPECT_EQ(world.catalog.relation("public", "i", {}), nullptr);
  EXPECT_THAT(world.error("ALTER TABLE t DROP COLUMN c"), HasSubstr("2BP01"));
  const Plan plan = world.plan("ALTER TABLE t DROP COLUMN c CASCADE");
  EXPECT_THAT(plan.also_dropped, Contains("policy p on table t"));
  EXPECT_THAT(world.table("t")->policies, IsEmpty());
}

TEST(PlanDrop, function_of_a_trigger_needs_cascade_which_locks_the_table) {
  Planned world;
  world.run(
      "CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TABLE t (id "
      "int);"
      "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();");
  EXPECT_EQ(world.error("DROP FUNCTION tf()"),
            "2BP01: cannot drop function tf() because other objects depend on it");
  EXPECT_THAT(world.locks("DROP FUNCTION tf() CASCADE"), ElementsAre("t AccessExclusiveLock"));
  EXPECT_THAT(world.table("t")->triggers, IsEmpty());
}

TEST(PlanDrop, string_body_needs_nothing_and_an_atomic_one_what_it_names) {
  Planned world;
  world.run(
      "CREATE TABLE a (id int); CREATE TABLE b (id int);"
      "CREATE FUNCTION fa() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM a';"
      "CREATE FUNCTION fb() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM b; END;");
  EXPECT_EQ(world.error("DROP TABLE a"), "");
  EXPECT_THAT(world.error("DROP TABLE b"), HasSubstr("2BP01"));
  EXPECT_THAT(world.plan("DROP TABLE b CASCADE").also_dropped, ElementsAre("function fb()"));
}

TEST(PlanDrop, schema_with_cascade_takes_all_and_locks_what_it_refers_to) {
  Planned world;
  world.run(
      "CREATE TABLE parent (id int PRIMARY KEY); CREATE SCHEMA s; CREATE TABLE s.x (id int REFERENCES "
      "parent);");
  EXPECT_THAT(world.error("DROP SCHEMA s"), HasSubstr("2BP01"));
  const Plan plan = world.plan("DROP SCHEMA s CASCADE");
  EXPECT_THAT(plan.also_dropped, Contains("table s.x"));
  EXPECT_THAT(Planned::locks_of(plan),
              UnorderedElementsAre("s.x AccessExclusiveLock", "parent AccessExclusiveLock"));
  EXPECT_EQ(world.table("x", "s"), nullptr);
  EXPECT_EQ(world.catalog.global(catalog::ObjectKind::Schema, "s"), nullptr);
}

TEST(PlanDrop, extension_takes_its_types_and_they_alone_cannot_go) {
  Planned world;
  world.run("CREATE EXTENSION citext; CREATE TABLE t (id int, email citext);");
  EXPECT_EQ(world.error("DROP TYPE citext"),
            "2BP01: cannot drop type citext because extension citext requires it");
  EXPECT_THAT(world.error("DROP EXTENSION citext"), HasSubstr("2BP01"));
  const Plan plan = world.plan("DROP EXTENSION citext CASCADE");
  EXPECT_THAT(plan.also_dropped, ElementsAre("column email of table t"));
  EXPECT_EQ(world.catalog.type("public", "citext", {}), nullptr);
}

TEST(PlanDrop, what_is_gone_is_missing_and_what_was_never_seen_may_exist) {
  Planned world;
  world.run("CREATE TABLE t (id int); DROP TABLE t;");
  EXPECT_EQ(world.error("DROP TABLE t"), "42P01: table \"t\" does not exist");
  EXPECT_TRUE(world.plan("DROP TABLE IF EXISTS t").no_op);
  EXPECT_THAT(world.locks("DROP TABLE stranger"), ElementsAre("stranger AccessExclusiveLock"));
}

TEST(PlanDrop, wrong_kind_is_refused) {
  Planned world;
  world.run("CREATE TABLE t (id int); CREATE VIEW v AS SELECT 1 AS one;");
  EXPECT_EQ(world.error("DROP TABLE v"), "42809: \"v\" is not a table");
  EXPECT_EQ(world.error("DROP VIEW t"), "42809: \"t\" is not a view");
}

TEST(PlanDrop, drop_and_create_resets_row_security_and_constraints) {
  Planned world;
  world.run(
      "CREATE TABLE t (id int PRIMARY KEY); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t "
      "USING (true);"
      "DROP TABLE t; CREATE TABLE t (id int);");
  EXPECT_FALSE(world.table("t")->row_security);
  EXPECT_THAT(world.table("t")->policies, IsEmpty());
  EXPECT_THAT(world.table("t")->constraints, IsEmpty());
}

TEST(PlanDrop, owned_takes_what_the_role_owns_and_its_privileges) {
  Planned world;
  world.run(
      "CREATE TABLE a (id int); CREATE TABLE b (id int); ALTER TABLE a OWNER TO app; GRANT SELECT ON b TO "
      "app;");
  EXPECT_EQ(world.error("DROP OWNED BY app"), "");
  EXPECT_EQ(world.table("a"), nullptr);
  ASSERT_NE(world.table("b"), nullptr);
  EXPECT_THAT(world.table("b")->acl, IsEmpty());
}

TEST(PlanDrop, parts_of_tables) {
  Planned world;
  world.run("CREATE TABLE t (id int); CREATE POLICY p ON t USING (true);");
  EXPECT_EQ(world.error("DROP POLICY nope ON t"), "42704: policy \"nope\" for table \"t\" does not exist");
  EXPECT_THAT(world.locks("DROP POLICY IF EXISTS nope ON t"), IsEmpty());
  EXPECT_THAT(world.locks("DROP POLICY p ON t"), ElementsAre("t AccessExclusiveLock"));
  EXPECT_THAT(world.table("t")->policies, IsEmpty());
}

}  // namespace
}  // namespace migcheck
