// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "support/planned_world.hpp"

namespace migcheck {
namespace {

using test::PlannedWorld;

constexpr std::string_view kPartitioned =
    "CREATE TABLE p (k int NOT NULL, v int) PARTITION BY RANGE (k);"
    "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);"
    "CREATE TABLE rest PARTITION OF p DEFAULT;"
    "CREATE TABLE c (k int NOT NULL, v int);";

TEST(PlanPartitions, are_read_unless_a_check_proves_the_bound) {
  PlannedWorld world(kPartitioned);
  const std::string_view attach = "ALTER TABLE p ATTACH PARTITION c FOR VALUES FROM (10) TO (20)";
  EXPECT_EQ(world.work(attach), "c AccessExclusive scan; p ShareUpdateExclusive; rest AccessExclusive scan");
  world.run("ALTER TABLE c ADD CHECK (k BETWEEN 10 AND 19)");
  EXPECT_EQ(world.work(attach), "c AccessExclusive scan; p ShareUpdateExclusive; rest AccessExclusive scan");
  world.run("ALTER TABLE c ADD CHECK (k >= 10 AND k < 15)");
  EXPECT_EQ(world.work(attach), "c AccessExclusive; p ShareUpdateExclusive; rest AccessExclusive scan");
  world.run("ALTER TABLE rest ADD CHECK (k < 10 OR k >= 20)");
  EXPECT_EQ(world.work(attach), "c AccessExclusive; p ShareUpdateExclusive; rest AccessExclusive");
}

// In the order in which the partitions were made, the first that has one of the values is named.
TEST(PlanPartitions, of_lists_share_no_value) {
  PlannedWorld world(
      "CREATE TABLE p (k text) PARTITION BY LIST (k); CREATE TABLE q (k text) PARTITION BY LIST (k);"
      "CREATE TABLE a PARTITION OF p FOR VALUES IN ('x', 'y', NULL);"
      "CREATE TABLE b PARTITION OF p FOR VALUES IN ('z', '1');"
      "CREATE TABLE other PARTITION OF q FOR VALUES IN ('free');"
      "CREATE TABLE c (k text);");
  const auto error = [&](std::string_view values) {
    const Plan plan = world.plan("CREATE TABLE n PARTITION OF p FOR VALUES IN (" + std::string(values) + ")");
    return plan.errors.empty() ? std::string() : plan.errors.front().message;
  };
  EXPECT_EQ(error("'free', ''"), "");
  EXPECT_EQ(error("'z'::text, 'y'"), "partition \"n\" would overlap partition \"a\"");
  EXPECT_EQ(error("NULL"), "partition \"n\" would overlap partition \"a\"");
  EXPECT_EQ(error("'free', '1'"), "partition \"n\" would overlap partition \"b\"");
  world.run("ALTER TABLE p DETACH PARTITION a; ALTER TABLE p ATTACH PARTITION c FOR VALUES IN ('y');");
  EXPECT_EQ(error("'x', NULL"), "");
  EXPECT_EQ(error("'y'"), "partition \"n\" would overlap partition \"c\"");
  world.run("DROP TABLE c");
  EXPECT_EQ(error("'y'"), "");
}

TEST(PlanPartitions, take_the_indexes_of_their_parent) {
  PlannedWorld world(std::string(kPartitioned) + "CREATE INDEX pv ON p (v); CREATE INDEX cv ON c (v);");
  EXPECT_TRUE(world.has_relation("p1_v_idx"));
  EXPECT_EQ(world.work("ALTER TABLE p ATTACH PARTITION c FOR VALUES FROM (10) TO (20)"),
            "c AccessExclusive scan; p ShareUpdateExclusive; rest AccessExclusive scan");
  world.run("DROP INDEX cv");
  EXPECT_EQ(world.work("ALTER TABLE p ATTACH PARTITION c FOR VALUES FROM (10) TO (20)"),
            "c AccessExclusive scan [c_v_idx]; p ShareUpdateExclusive; rest AccessExclusive scan");
}

TEST(PlanPartitions, come_and_go_under_the_locks_of_their_version) {
  EXPECT_EQ(PlannedWorld(kPartitioned, 13).work("ALTER TABLE p DETACH PARTITION p1"),
            "p AccessExclusive; p1 ShareUpdateExclusive; rest AccessExclusive");
  EXPECT_EQ(PlannedWorld(kPartitioned, 14).work("ALTER TABLE p DETACH PARTITION p1"),
            "p AccessExclusive; p1 AccessExclusive; rest AccessExclusive");
  PlannedWorld world(kPartitioned);
  EXPECT_EQ(world.work("ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY"), "error 55000");
  EXPECT_EQ(world.work("CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20)"),
            "p AccessExclusive; rest AccessExclusive scan");
}

TEST(PlanPartitions, follow_their_parent) {
  PlannedWorld world(kPartitioned);
  EXPECT_EQ(world.work("ALTER TABLE p ADD x int DEFAULT 1"),
            "p AccessExclusive; p1 AccessExclusive; rest AccessExclusive");
  EXPECT_EQ(world.work("ALTER TABLE p1 ADD x int"), "error 42809");
  EXPECT_EQ(world.work("ALTER TABLE p ADD UNIQUE (v)"), "error 0A000");
  EXPECT_EQ(world.work("CREATE INDEX ON p (v)"),
            "p Share; p1 Share scan [p1_v_idx]; rest Share scan [rest_v_idx]");
  EXPECT_EQ(world.work("CREATE INDEX CONCURRENTLY i ON p (v)"), "error 0A000");
  world.run("ALTER TABLE p ADD x int");
  EXPECT_NE(world.table("p1").column("x"), nullptr);
}

}  // namespace
}  // namespace migcheck
