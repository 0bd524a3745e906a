// SPDX-License-Identifier: MIT
// What moves with a whole tablespace, and what goes with an extension.
#include <gmock/gmock.h>

#include "support/planned.hpp"

namespace migcheck {
namespace {

using test::Planned;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(PlanMoveAll, locks_and_rewrites_the_tables_of_that_tablespace) {
  Planned world;
  world.run(
      "CREATE TABLE a (id int); CREATE TABLE b (id int) TABLESPACE fast; CREATE VIEW v AS SELECT 1;"
      "CREATE TABLE p (id int) PARTITION BY LIST (id); CREATE TEMP TABLE mine (id int);");
  const Plan plan = world.plan("ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE slow");
  EXPECT_THAT(Planned::locks_of(plan), ElementsAre("a AccessExclusiveLock", "p AccessExclusiveLock"));
  EXPECT_TRUE(summarize(plan)[0].rewrite);
  EXPECT_FALSE(summarize(plan)[1].rewrite);
  EXPECT_EQ(world.table("a")->tablespace, "slow");
  EXPECT_EQ(world.table("b")->tablespace, "fast");
}

TEST(PlanMoveAll, leaves_what_others_own) {
  Planned world;
  world.run(
      "CREATE TABLE a (id int); CREATE TABLE b (id int); ALTER TABLE a OWNER TO bob;"
      "ALTER TABLE b OWNER TO eve;");
  EXPECT_THAT(world.locks("ALTER TABLE ALL IN TABLESPACE pg_default OWNED BY eve SET TABLESPACE slow"),
              ElementsAre("b AccessExclusiveLock"));
  EXPECT_TRUE(world.plan("ALTER TABLE ALL IN TABLESPACE slow SET TABLESPACE slow").no_op);
}

TEST(PlanDependsOnExtension, locks_little_and_drops_with_the_extension) {
  Planned world;
  world.run(
      "CREATE EXTENSION citext; CREATE TABLE t (id int); CREATE INDEX i ON t (id);"
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"
      "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();");
  EXPECT_THAT(world.locks("ALTER TRIGGER g ON t DEPENDS ON EXTENSION citext"),
              ElementsAre("t AccessShareLock"));
  EXPECT_THAT(world.locks("ALTER INDEX i DEPENDS ON EXTENSION citext"), ElementsAre("i AccessExclusiveLock"));
  EXPECT_THAT(world.locks("ALTER FUNCTION f() DEPENDS ON EXTENSION citext"), IsEmpty());
  world.run("ALTER FUNCTION f() NO DEPENDS ON EXTENSION citext; DROP EXTENSION citext;");
  EXPECT_THAT(world.table("t")->triggers, IsEmpty());
  EXPECT_EQ(world.relation<catalog::Index>("i"), nullptr);
  EXPECT_NE(world.function("f"), nullptr);
}

}  // namespace
}  // namespace migcheck
