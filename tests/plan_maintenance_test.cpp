// SPDX-License-Identifier: MIT
// Indexes, maintenance and data.
#include <gtest/gtest.h>

#include "support/planned_world.hpp"

namespace migcheck {
namespace {

using test::PlannedWorld;

constexpr std::string_view kTables =
    "CREATE TABLE p (id int PRIMARY KEY, n int);"
    "CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p, at timestamptz);"
    "CREATE VIEW v AS SELECT id FROM c;";

TEST(PlanIndexes, let_readers_in_and_writers_only_if_concurrent) {
  PlannedWorld world(kTables);
  EXPECT_EQ(world.work("CREATE INDEX i ON c (p)"), "c Share scan [i]");
  EXPECT_EQ(world.work("CREATE INDEX CONCURRENTLY i ON c (p)"), "c ShareUpdateExclusive scan [i]");
  EXPECT_EQ(world.plan("CREATE INDEX CONCURRENTLY i ON c (p)").not_in_transaction,
            "CREATE INDEX CONCURRENTLY");
  EXPECT_TRUE(world.plan("CREATE INDEX CONCURRENTLY i ON c (p)").waits.old_snapshots);
  EXPECT_EQ(world.work("CREATE INDEX IF NOT EXISTS c_pkey ON c (p)"), "c Share");
  EXPECT_EQ(world.work("CREATE INDEX c_pkey ON c (p)"), "error 42P07");
  EXPECT_EQ(world.work("REINDEX INDEX c_pkey"), "c Share scan [c_pkey]");
}

TEST(PlanIndexes, hold_only_what_never_changes) {
  PlannedWorld world(kTables);
  EXPECT_EQ(world.work("CREATE INDEX i ON c ((at::date))"), "error 42P17");
  EXPECT_EQ(world.work("CREATE INDEX i ON c (date_trunc('day', at))"), "error 42P17");
  EXPECT_EQ(world.work("CREATE INDEX i ON c (date_trunc('day', at AT TIME ZONE 'UTC'))"), "c Share scan [i]");
  EXPECT_EQ(world.work("CREATE INDEX i ON c (p) WHERE at > now()"), "error 42P17");
}

TEST(PlanMaintenance, follows_keys_and_views) {
  PlannedWorld world(kTables);
  EXPECT_EQ(world.work("TRUNCATE p"), "error 0A000");
  EXPECT_EQ(world.work("TRUNCATE p CASCADE"), "c AccessExclusive [c_pkey]; p AccessExclusive [p_pkey]");
  EXPECT_EQ(world.work("LOCK TABLE v IN SHARE MODE"), "c Share; v Share");
  EXPECT_EQ(world.work("VACUUM FULL c"), "c AccessExclusive rewrite scan [c_pkey]");
  EXPECT_EQ(world.work("VACUUM (FULL) c"), "c AccessExclusive rewrite scan [c_pkey]");
  EXPECT_EQ(world.work("ANALYZE c"), "c ShareUpdateExclusive");
}

TEST(PlanData, reads_by_index_where_one_helps) {
  PlannedWorld world(kTables);
  EXPECT_EQ(world.work("SELECT * FROM v"), "c AccessShare scan; v AccessShare");
  EXPECT_EQ(world.work("SELECT * FROM c WHERE id = 1 AND p = 2"), "c AccessShare");
  EXPECT_EQ(world.work("UPDATE c SET at = now() WHERE p = 1"), "c RowExclusive scan");
  EXPECT_EQ(world.work("SELECT * FROM c WHERE id = 1 FOR UPDATE"), "c RowShare");
}

TEST(PlanData, looks_into_the_other_side_of_foreign_keys) {
  PlannedWorld world(kTables);
  EXPECT_EQ(world.work("INSERT INTO c (id, p) VALUES (1, 1)"), "c RowExclusive; p RowShare");
  EXPECT_EQ(world.work("INSERT INTO c (id) VALUES (1)"), "c RowExclusive");
  EXPECT_EQ(world.work("DELETE FROM p WHERE id = 1"), "c RowShare scan; p RowExclusive");
  world.run("CREATE INDEX ON c (p)");
  EXPECT_EQ(world.work("DELETE FROM p WHERE id = 1"), "c RowShare; p RowExclusive");
  EXPECT_EQ(world.work("UPDATE p SET n = 1 WHERE id = 1"), "p RowExclusive");
}

}  // namespace
}  // namespace migcheck
