// SPDX-License-Identifier: MIT
// What random statements against servers of 12, 15 and 18 brought to light.
#include <gtest/gtest.h>

#include "support/planned_world.hpp"

namespace migcheck {
namespace {

using test::PlannedWorld;

constexpr std::string_view kFamily =
    "CREATE TABLE p (id int NOT NULL, n text[]); CREATE TABLE kid (extra int) INHERITS (p);"
    "CREATE VIEW v AS SELECT id FROM kid;";

TEST(PlanDifferences, a_plain_sql_function_counts_by_its_body) {
  PlannedWorld world(
      "CREATE TABLE t (a int);"
      "CREATE FUNCTION one() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1';"
      "CREATE FUNCTION dice() RETURNS int LANGUAGE sql AS 'SELECT (random() * 6)::int';"
      "CREATE FUNCTION late() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';");
  EXPECT_EQ(world.work("ALTER TABLE t ADD x int DEFAULT one()"), "t AccessExclusive");
  EXPECT_EQ(world.work("ALTER TABLE t ADD x int DEFAULT dice()"), "t AccessExclusive rewrite scan");
  EXPECT_EQ(world.work("ALTER TABLE t ADD x int DEFAULT late()"), "t AccessExclusive rewrite scan");
}

TEST(PlanDifferences, extract_is_older_than_its_function) {
  const std::string_view sql = "ALTER TABLE t ADD x bigint DEFAULT extract(epoch FROM now())::bigint";
  EXPECT_EQ(PlannedWorld("CREATE TABLE t (a int)", 12).work(sql), "t AccessExclusive");
  EXPECT_EQ(PlannedWorld("CREATE TABLE t (a int)", 18).work(sql), "t AccessExclusive");
}

TEST(PlanDifferences, children_are_locked_as_their_version_does) {
  EXPECT_EQ(PlannedWorld(kFamily, 15).work("ALTER TABLE p ADD PRIMARY KEY (id)"),
            "kid AccessExclusive; p AccessExclusive scan [p_pkey]");
  EXPECT_EQ(PlannedWorld(kFamily, 15).work("ALTER TABLE p ADD UNIQUE (id)"),
            "p AccessExclusive scan [p_id_key]");
  EXPECT_EQ(PlannedWorld(kFamily, 18).work("ALTER TABLE p ADD UNIQUE (id)"),
            "kid AccessExclusive; p AccessExclusive scan [p_id_key]");
  EXPECT_EQ(PlannedWorld(kFamily, 17).work("ANALYZE p"), "kid AccessShare; p ShareUpdateExclusive");
  EXPECT_EQ(PlannedWorld(kFamily, 18).work("ANALYZE p"), "kid ShareUpdateExclusive; p ShareUpdateExclusive");
}

TEST(PlanDifferences, a_childs_view_holds_the_parents_column_fast) {
  EXPECT_EQ(PlannedWorld(kFamily).work("ALTER TABLE p ALTER id TYPE bigint"), "error 0A000");
}

TEST(PlanDifferences, an_array_is_not_printed_alike_for_ever) {
  EXPECT_EQ(PlannedWorld(kFamily).work("CREATE INDEX i ON p (lower(n::text))"), "error 42P17");
}

TEST(PlanDifferences, a_type_must_fit_keys_and_comparisons) {
  PlannedWorld world(
      "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int REFERENCES p, n int CHECK (n > 0));");
  EXPECT_EQ(world.work("ALTER TABLE c ALTER p TYPE text"), "error 42804");
  EXPECT_EQ(world.work("ALTER TABLE c ALTER n TYPE text"), "error 42883");
  EXPECT_EQ(world.work("ALTER TABLE c ALTER n TYPE bigint"), "c AccessExclusive rewrite scan");
  EXPECT_EQ(world.work("ALTER TABLE c ALTER n TYPE bigint, ALTER n TYPE bigint"), "error 0A000");
}

TEST(PlanDifferences, a_composite_type_takes_its_tables_along) {
  PlannedWorld world("CREATE TYPE ct AS (a int); CREATE TABLE t OF ct;");
  EXPECT_EQ(world.work("ALTER TYPE ct ADD ATTRIBUTE b int CASCADE"), "ct AccessExclusive; t AccessExclusive");
  EXPECT_NE(world.run("ALTER TYPE ct ADD ATTRIBUTE b int CASCADE").table("t").column("b"), nullptr);
}

TEST(PlanDifferences, some_keys_have_no_order) {
  PlannedWorld world("CREATE TABLE t (j json, k int) PARTITION BY LIST (k); CREATE TABLE u (j json);");
  EXPECT_EQ(world.work("CREATE INDEX ON u (j)"), "error 42704");
  EXPECT_EQ(world.work("ALTER TABLE u ADD UNIQUE (j)"), "error 42704");
  EXPECT_EQ(world.work("CREATE TABLE x () INHERITS (t)"), "error 42809");
}

}  // namespace
}  // namespace migcheck
