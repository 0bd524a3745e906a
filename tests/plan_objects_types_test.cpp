// SPDX-License-Identifier: MIT
// Enum, domain, composite types and sequences.
#include <gmock/gmock.h>

#include "support/planned.hpp"

namespace migcheck {
namespace {

using test::Planned;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> labels(const catalog::Type& type) {
  std::vector<std::string> labels;
  for (const catalog::EnumValue& value : type.values) labels.push_back(value.label);
  return labels;
}

TEST(PlanTypes, enum_values_keep_their_order) {
  Planned world;
  world.run(
      "CREATE TYPE mood AS ENUM ('sad', 'happy'); ALTER TYPE mood ADD VALUE 'ok' BEFORE 'happy';"
      "ALTER TYPE mood ADD VALUE 'wild' AFTER 'happy'; ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok';"
      "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';");
  EXPECT_THAT(labels(*world.catalog.type("public", "mood", {})), ElementsAre("blue", "ok", "happy", "wild"));
  EXPECT_EQ(world.error("ALTER TYPE mood ADD VALUE 'ok'"), "42710: enum label \"ok\" already exists");
  EXPECT_EQ(world.error("ALTER TYPE mood ADD VALUE 'x' AFTER 'nope'"),
            "22023: \"nope\" is not an existing enum label");
  EXPECT_EQ(world.error("CREATE TYPE mood AS ENUM ('a')"), "42710: type \"mood\" already exists");
}

TEST(PlanTypes, enums_may_have_many_values) {
  Planned world;
  world.run("CREATE TYPE y AS ENUM ('v_0');");
  std::vector<std::string> expected = {"v_0"};
  for (int n = 1; n < 100; ++n) {
    expected.push_back("v_" + std::to_string(n));
    world.run("ALTER TYPE y ADD VALUE '" + expected.back() + "'" +
              (n % 2 == 0 ? ";" : " AFTER '" + expected[static_cast<std::size_t>(n - 1)] + "';"));
  }
  world.run(
      "ALTER TYPE y ADD VALUE 'first' BEFORE 'v_0'; ALTER TYPE y ADD VALUE 'x' AFTER 'v_50';"
      "ALTER TYPE y RENAME VALUE 'v_70' TO 'w'; ALTER TYPE y ADD VALUE 'v_70' BEFORE 'w';");
  expected.insert(expected.begin() + 70, "v_70");
  expected[71] = "w";
  expected.insert(expected.begin() + 51, "x");
  expected.insert(expected.begin(), "first");
  EXPECT_EQ(labels(*world.catalog.type("public", "y", {})), expected);
  EXPECT_EQ(world.error("ALTER TYPE y ADD VALUE 'v_99'"), "42710: enum label \"v_99\" already exists");
}

class NewEnumValue : public testing::TestWithParam<std::string> {};

TEST_P(NewEnumValue, may_not_be_used_in_its_transaction) {
  for (const int version : {12, 15, 18}) {
    Planned world(version);
    world.run("CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (id int, m mood);");
    EXPECT_EQ(world.error("ALTER TYPE mood ADD VALUE 'new'"), "");
    EXPECT_EQ(world.error(GetParam()), "55P04: unsafe use of new value \"new\" of enum type mood") << version;
    ++world.transaction;
    EXPECT_EQ(world.error(GetParam()), "");
  }
}
INSTANTIATE_TEST_SUITE_P(Uses, NewEnumValue,
                         testing::Values("SELECT 'new'::mood", "UPDATE t SET m = 'new'",
                                         "SELECT 1 FROM t WHERE m IN ('ok', 'new')",
                                         "ALTER TABLE t ADD CONSTRAINT c CHECK (m <> 'new') NOT VALID",
                                         "CREATE INDEX ON t (id) WHERE m = 'new'",
                                         "ALTER TABLE t ALTER COLUMN m SET DEFAULT 'new'",
                                         "ALTER TABLE t ADD COLUMN m2 mood DEFAULT 'new'"));

TEST(PlanTypes, new_enum_value_is_only_text_elsewhere) {
  Planned world;
  world.run("CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (id int, m mood);");
  EXPECT_EQ(world.error("ALTER TYPE mood ADD VALUE 'new'"), "");
  EXPECT_EQ(world.error("SELECT count(*) FROM t WHERE m::text = 'new'"), "");
  EXPECT_EQ(world.error("CREATE FUNCTION f() RETURNS mood LANGUAGE plpgsql AS $$ BEGIN RETURN 'new'; END $$"),
            "");
  EXPECT_EQ(world.error("ALTER TABLE t ALTER COLUMN m SET DEFAULT 'ok'"), "");
}

TEST(PlanTypes, value_added_to_a_type_of_the_same_transaction_is_allowed_from_17) {
  for (const auto& [version, error] :
       {std::pair(16, "55P04: unsafe use of new value \"b\" of enum type e"), std::pair(17, "")}) {
    Planned world(version);
    EXPECT_EQ(world.error("CREATE TYPE e AS ENUM ('a')"), "");
    EXPECT_EQ(world.error("SELECT 'a'::e"), "");
    EXPECT_EQ(world.error("ALTER TYPE e ADD VALUE 'b'"), "");
    EXPECT_EQ(world.error("SELECT 'b'::e"), error);
  }
}

TEST(PlanTypes, domain_constraint_scans_the_tables_that_use_it) {
  Planned world;
  world.run(
      "CREATE DOMAIN posint AS int CHECK (VALUE > 0); CREATE TABLE t (d posint); CREATE TABLE p (k int, d "
      "posint) PARTITION BY RANGE (k);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9); CREATE TABLE other (n int);");
  const Plan plan = world.plan("ALTER DOMAIN posint ADD CONSTRAINT small CHECK (VALUE < 100)");
  EXPECT_THAT(Planned::locks_of(plan), UnorderedElementsAre("t ShareLock", "p1 ShareLock"));
  EXPECT_TRUE(plan.effects[0].scan);
  EXPECT_THAT(world.locks("ALTER DOMAIN posint ADD CONSTRAINT odd CHECK (VALUE % 2 = 1) NOT VALID"),
              IsEmpty());
  EXPECT_THAT(world.locks("ALTER DOMAIN posint VALIDATE CONSTRAINT odd"),
              UnorderedElementsAre("t ShareLock", "p1 ShareLock"));
  EXPECT_THAT(world.locks("ALTER DOMAIN posint VALIDATE CONSTRAINT odd"), IsEmpty());
  EXPECT_THAT(world.locks("ALTER DOMAIN posint SET NOT NULL"),
              UnorderedElementsAre("t ShareLock", "p1 ShareLock"));
  EXPECT_THAT(world.locks("ALTER DOMAIN posint DROP CONSTRAINT posint_check"), IsEmpty());
  EXPECT_EQ(world.error("ALTER DOMAIN posint DROP CONSTRAINT posint_check"),
            "42704: constraint \"posint_check\" of domain \"posint\" does not exist");
  EXPECT_THAT(world.catalog.type("public", "posint", {})->constraints, testing::SizeIs(2));
}

TEST(PlanTypes, composite_type_is_a_relation_and_a_type) {
  Planned world;
  world.run("CREATE TYPE comp AS (a int, b text); CREATE TABLE t (c comp);");
  ASSERT_NE(world.table("comp"), nullptr);
  EXPECT_EQ(world.table("comp")->kind, catalog::TableKind::Composite);
  EXPECT_THAT(world.locks("ALTER TYPE comp RENAME TO comp2"), ElementsAre("comp AccessExclusiveLock"));
  EXPECT_EQ(world.table("t")->column("c")->type.name, "comp2");
  EXPECT_THAT(world.plan("DROP TYPE comp2 CASCADE").also_dropped, ElementsAre("column c of table t"));
  EXPECT_EQ(world.table("comp2"), nullptr);
}

TEST(PlanTypes, sequence_owned_by_a_column_goes_with_it) {
  Planned world;
  world.run("CREATE TABLE t (n int, m int); CREATE SEQUENCE s OWNED BY t.n;");
  EXPECT_THAT(world.locks("ALTER SEQUENCE s OWNED BY t.m"),
              UnorderedElementsAre("s ShareRowExclusiveLock", "t AccessShareLock"));
  world.run("ALTER TABLE t DROP COLUMN n");
  ASSERT_NE(world.relation<catalog::Sequence>("s"), nullptr);
  world.run("ALTER TABLE t DROP COLUMN m");
  EXPECT_EQ(world.relation<catalog::Sequence>("s"), nullptr);
}

TEST(PlanTypes, default_that_counts_by_a_sequence_holds_it) {
  Planned world;
  world.run("CREATE SEQUENCE s; CREATE TABLE t (n bigint DEFAULT nextval('s'));");
  EXPECT_THAT(world.error("DROP SEQUENCE s"), HasSubstr("2BP01"));
  EXPECT_THAT(world.plan("DROP SEQUENCE s CASCADE").also_dropped,
              ElementsAre("default value for column n of table t"));
}

}  // namespace
}  // namespace migcheck
