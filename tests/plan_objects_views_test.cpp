// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "support/planned.hpp"

namespace migcheck {
namespace {

using test::Planned;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(PlanViews, columns_come_from_the_query_and_locks_from_what_it_names) {
  Planned world;
  world.run("CREATE TABLE t (id int, n numeric(10,2)); CREATE TABLE u (id int);");
  EXPECT_THAT(world.locks("CREATE VIEW v (a, b, c) AS SELECT t.*, (SELECT count(*) FROM u) FROM t"),
              UnorderedElementsAre("t AccessShareLock", "u AccessShareLock"));
  const catalog::View& view = *world.view("v");
  ASSERT_EQ(view.columns.size(), 3U);
  EXPECT_EQ(view.columns[1].name, "b");
  EXPECT_EQ(catalog::to_string(view.columns[1].type), "numeric(10,2)");
  EXPECT_EQ(catalog::to_string(view.columns[2].type), "bigint");
}

TEST(PlanViews, replace_may_only_add_columns_at_the_end) {
  Planned world;
  world.run("CREATE TABLE t (id int, n int, txt text, u int); CREATE VIEW v AS SELECT id, n, txt FROM t;");
  EXPECT_EQ(world.error("CREATE OR REPLACE VIEW v AS SELECT id, n FROM t"),
            "42P16: cannot drop columns from view");
  EXPECT_EQ(world.error("CREATE OR REPLACE VIEW v AS SELECT n, id, txt FROM t"),
            "42P16: cannot change name of view column \"id\" to \"n\"");
  EXPECT_EQ(world.error("CREATE OR REPLACE VIEW v AS SELECT id::bigint, n, txt FROM t"),
            "42P16: cannot change data type of view column \"id\" from integer to bigint");
  EXPECT_EQ(world.error("CREATE VIEW v AS SELECT 1"), "42P07: relation \"v\" already exists");
  EXPECT_EQ(world.error("CREATE OR REPLACE VIEW t AS SELECT 1"), "42809: \"t\" is not a view");
  EXPECT_THAT(world.locks("CREATE OR REPLACE VIEW v AS SELECT id, n, txt, u FROM t"),
              UnorderedElementsAre("t AccessShareLock", "v AccessExclusiveLock"));
  EXPECT_EQ(world.view("v")->columns.size(), 4U);
}

TEST(PlanViews, replace_keeps_the_object_and_loses_its_options) {
  Planned world;
  world.run(
      "CREATE TABLE t (id int); CREATE VIEW v WITH (security_invoker = true) AS SELECT id FROM t; GRANT "
      "SELECT ON v TO app;");
  const catalog::ObjectId id = world.view("v")->id;
  EXPECT_EQ(world.view("v")->options.at("security_invoker"), "true");
  world.run("CREATE OR REPLACE VIEW v AS SELECT id FROM t");
  EXPECT_EQ(world.view("v")->id, id);
  EXPECT_THAT(world.view("v")->options, IsEmpty());
  EXPECT_THAT(world.view("v")->acl, testing::SizeIs(1));
}

TEST(PlanViews, columns_are_needed_one_by_one) {
  Planned world;
  world.run("CREATE TABLE t (a int, b int, c int); CREATE VIEW v AS SELECT a FROM t WHERE b > 0;");
  EXPECT_EQ(world.error("ALTER TABLE t DROP COLUMN c"), "");
  EXPECT_THAT(world.error("ALTER TABLE t DROP COLUMN b"), HasSubstr("2BP01"));
  world.run("CREATE OR REPLACE VIEW v AS SELECT a FROM t");
  EXPECT_EQ(world.error("ALTER TABLE t DROP COLUMN b"), "");
}

TEST(PlanViews, missing_table_is_an_error_once_it_was_there) {
  Planned world;
  world.run("CREATE TABLE t (a int); DROP TABLE t;");
  EXPECT_EQ(world.error("CREATE VIEW v AS SELECT a FROM t"), "42P01: relation \"t\" does not exist");
  EXPECT_THAT(world.locks("CREATE VIEW w AS SELECT * FROM stranger"),
              ElementsAre("stranger AccessShareLock"));
  EXPECT_THAT(world.view("w")->columns, IsEmpty());
}

TEST(PlanViews, refresh_rewrites_or_compares) {
  Planned world;
  world.run(
      "CREATE TABLE t (id int); CREATE VIEW v AS SELECT id FROM t; CREATE MATERIALIZED VIEW mv AS SELECT id "
      "FROM v;");
  EXPECT_EQ(world.error("REFRESH MATERIALIZED VIEW CONCURRENTLY mv"),
            "55000: cannot refresh materialized view \"public.mv\" concurrently");
  world.run("CREATE UNIQUE INDEX mv_id ON mv (id)");
  EXPECT_THAT(world.locks("REFRESH MATERIALIZED VIEW CONCURRENTLY mv"),
              UnorderedElementsAre("mv ExclusiveLock", "v AccessShareLock", "t AccessShareLock"));
  const Plan plan = world.plan("REFRESH MATERIALIZED VIEW mv WITH NO DATA");
  EXPECT_THAT(Planned::locks_of(plan),
              UnorderedElementsAre("mv AccessExclusiveLock", "mv_id AccessExclusiveLock"));
  EXPECT_TRUE(plan.effects[0].rewrite);
  EXPECT_THAT(plan.effects[0].builds, ElementsAre("mv_id"));
  EXPECT_EQ(world.error("REFRESH MATERIALIZED VIEW CONCURRENTLY mv"),
            "0A000: CONCURRENTLY cannot be used when the materialized view is not populated");
}

}  // namespace
}  // namespace migcheck
