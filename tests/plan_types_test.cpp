// SPDX-License-Identifier: MIT
// Which type changes write the rows anew. Each line was tried on servers of 12 to 18.
#include <gtest/gtest.h>

#include "support/planned_world.hpp"

namespace migcheck {
namespace {

using test::PlannedWorld;

constexpr std::string_view kSchema = R"(
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN plain AS int;
CREATE DOMAIN short AS varchar(50);
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TABLE t (i int, v varchar(50), vu varchar, x text, c char(10), n numeric(10,2), nu numeric, ts timestamp,
  ts3 timestamp(3), tz timestamptz, b bit(8), vb varbit(8), ci cidr, j json, m mood, av varchar(10)[], p positive,
  d short, iv interval(2), o oid, xm xml);
)";

struct Change {
  std::string_view column;
  std::string_view to;
  std::string_view work;
};

class PlanTypeChange : public ::testing::TestWithParam<Change> {};

TEST_P(PlanTypeChange, rewrites_only_where_bytes_change) {
  PlannedWorld world(kSchema);
  world.session.time_zone = "UTC";
  const Change& change = GetParam();
  const std::string sql =
      "ALTER TABLE t ALTER COLUMN " + std::string(change.column) + " TYPE " + std::string(change.to);
  EXPECT_EQ(world.work(sql), change.work) << sql;
}

constexpr std::string_view kFree = "t AccessExclusive";
constexpr std::string_view kRewrite = "t AccessExclusive rewrite scan";

INSTANTIATE_TEST_SUITE_P(
    Conversions, PlanTypeChange,
    ::testing::Values(
        Change{"v", "varchar(100)", kFree}, Change{"v", "text", kFree}, Change{"v", "varchar(49)", kRewrite},
        Change{"vu", "varchar(100)", kRewrite}, Change{"x", "varchar", kFree},
        Change{"c", "char(12)", kRewrite}, Change{"c", "text", kRewrite}, Change{"i", "bigint", kRewrite},
        Change{"i", "oid", kFree}, Change{"o", "int", kFree}, Change{"n", "numeric(12,2)", kFree},
        Change{"n", "numeric(12,3)", kRewrite}, Change{"n", "numeric", kFree},
        Change{"nu", "numeric(10,2)", kRewrite}, Change{"ts", "timestamptz", kFree},
        Change{"ts", "timestamptz(3)", kRewrite}, Change{"ts3", "timestamp(4)", kFree},
        Change{"ts", "timestamp(3)", kRewrite}, Change{"ts", "timestamp(6)", kFree},
        Change{"b", "varbit", kFree}, Change{"b", "varbit(8)", kRewrite}, Change{"vb", "varbit(9)", kFree},
        Change{"ci", "inet", kFree}, Change{"j", "jsonb", kRewrite}, Change{"m", "text", kRewrite},
        Change{"av", "varchar[]", kFree}, Change{"av", "varchar(20)[]", kRewrite},
        Change{"av", "text[]", kRewrite}, Change{"p", "int", kFree}, Change{"i", "plain", kFree},
        Change{"i", "positive", kRewrite}, Change{"d", "text", kFree}, Change{"d", "varchar(50)", kRewrite},
        Change{"iv", "interval(3)", kFree}, Change{"iv", "interval(1)", kRewrite},
        Change{"xm", "text", kFree}, Change{"x", "int", "error 42804"}, Change{"j", "mood", "error 42804"},
        Change{"v", "text USING v::text", kFree}, Change{"v", "text USING lower(v)", kRewrite},
        Change{"ts", "timestamptz USING ts AT TIME ZONE 'UTC'", kRewrite},
        Change{"x", "int USING x::int", kRewrite}, Change{"i", "unheard_of", kRewrite}));

TEST(PlanTypeChange, rewrites_timestamps_outside_utc) {
  PlannedWorld world(kSchema);
  world.session.time_zone = "Europe/Paris";
  EXPECT_EQ(world.work("ALTER TABLE t ALTER ts TYPE timestamptz"), kRewrite);
}

TEST(PlanTypeChange, rebuilds_indexes_that_another_operator_class_orders) {
  PlannedWorld world(
      "CREATE TABLE t (a varchar(5), b timestamp, c varchar(5));"
      "CREATE INDEX ia ON t (a); CREATE INDEX ib ON t (b); CREATE INDEX ic ON t (lower(c));");
  world.session.time_zone = "UTC";
  EXPECT_EQ(world.work("ALTER TABLE t ALTER a TYPE text"), kFree);
  EXPECT_EQ(world.work("ALTER TABLE t ALTER b TYPE timestamptz"), "t AccessExclusive scan [ib]");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER c TYPE text"), "t AccessExclusive scan [ic]");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER a TYPE text COLLATE \"C\""), "t AccessExclusive scan [ia]");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER a TYPE varchar(2)"),
            "t AccessExclusive rewrite scan [ia, ib, ic]");
}

TEST(PlanTypeChange, proves_checks_again_and_locks_the_other_side_of_keys) {
  PlannedWorld world(
      "CREATE TABLE p (id varchar(5) PRIMARY KEY, n int UNIQUE);"
      "CREATE TABLE c (p varchar(5) REFERENCES p CHECK (p <> ''), n int REFERENCES p (n));");
  EXPECT_EQ(world.work("ALTER TABLE c ALTER p TYPE text"), "c AccessExclusive scan; p AccessExclusive");
  EXPECT_EQ(world.work("ALTER TABLE c ALTER n TYPE bigint"),
            "c AccessExclusive rewrite scan; p AccessExclusive scan");
}

TEST(PlanTypeChange, is_refused_while_somebody_reads_the_column) {
  PlannedWorld world(
      "CREATE TABLE t (a int, b int, c int GENERATED ALWAYS AS (b + 1) STORED);"
      "CREATE VIEW v AS SELECT a FROM t;");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER a TYPE bigint"), "error 0A000");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER b TYPE bigint"), "error 0A000");
}

}  // namespace
}  // namespace migcheck
