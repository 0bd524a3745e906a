// SPDX-License-Identifier: MIT
// A table that the history does not show is altered as one that it shows: the same locks, the same work. What
// the plan claims of the known one is measured on servers (tests/server/cases).
#include <gtest/gtest.h>

#include "support/planned_world.hpp"

namespace migcheck {
namespace {

using test::PlannedWorld;

constexpr std::string_view kKnown =
    "CREATE SCHEMA theirs; CREATE TABLE p (id int PRIMARY KEY);"
    "CREATE TABLE theirs.t (k int, v int, s int GENERATED ALWAYS AS (1) STORED);"
    "ALTER TABLE theirs.t ADD CONSTRAINT late CHECK (k > 0) NOT VALID; CREATE UNIQUE INDEX i ON theirs.t (k);"
    "CREATE TABLE theirs.parent (k int) PARTITION BY LIST (k);"
    "CREATE TABLE theirs.part PARTITION OF theirs.parent FOR VALUES IN (1); CREATE TABLE theirs.other (k "
    "int);"
    "CREATE TABLE theirs.base (k int); CREATE TABLE theirs.heir () INHERITS (theirs.base);";
constexpr std::string_view kUnknown = "CREATE TABLE p (id int PRIMARY KEY);";

// Which indexes are built nobody can tell.
std::string without_builds(std::string work) {
  for (std::size_t at = work.find(" ["); at != std::string::npos; at = work.find(" [")) {
    work.erase(at, work.find(']', at) + 1 - at);
  }
  return work;
}

class UnknownTable : public testing::TestWithParam<const char*> {};

TEST_P(UnknownTable, IsAlteredAsAKnownOne) {
  const std::string sql = std::string("ALTER TABLE theirs.") + GetParam();
  for (const int version : {15, 18}) {
    const std::string known = without_builds(PlannedWorld(kKnown, version).work(sql));
    EXPECT_EQ(without_builds(PlannedWorld(kUnknown, version).work(sql)), known) << sql << " on " << version;
    EXPECT_EQ(known.find("error"), std::string::npos) << known;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Columns, UnknownTable,
    testing::Values("t ADD x int", "t ADD x int DEFAULT 1", "t ADD x int DEFAULT 1 NOT NULL",
                    "t ADD x int NOT NULL", "t ADD x float8 DEFAULT random()", "t ADD x serial",
                    "t ADD x int GENERATED ALWAYS AS IDENTITY",
                    "t ADD x int GENERATED ALWAYS AS (k + 1) STORED", "t ADD x int CHECK (x > 0)",
                    "t ADD x int UNIQUE", "t ADD x int PRIMARY KEY", "t ADD x int REFERENCES p",
                    "t ADD x int DEFAULT 1 REFERENCES p", "t DROP v", "t ALTER v SET DEFAULT 1",
                    "t ALTER v SET STATISTICS 100", "t ALTER v SET NOT NULL", "t ALTER v TYPE text",
                    "t ALTER s DROP EXPRESSION", "t DROP v, ADD w int NOT NULL"));

INSTANTIATE_TEST_SUITE_P(Constraints, UnknownTable,
                         testing::Values("t ADD CHECK (k > 0)", "t ADD CHECK (k > 0) NOT VALID",
                                         "t ADD FOREIGN KEY (k) REFERENCES p",
                                         "t ADD FOREIGN KEY (k) REFERENCES p NOT VALID", "t ADD UNIQUE (k)",
                                         "t ADD PRIMARY KEY (k)", "t ADD UNIQUE USING INDEX i",
                                         "t ADD PRIMARY KEY USING INDEX i", "t ADD EXCLUDE (k WITH =)",
                                         "t VALIDATE CONSTRAINT late", "t DROP CONSTRAINT late"));

INSTANTIATE_TEST_SUITE_P(Properties, UnknownTable,
                         testing::Values("t SET UNLOGGED", "t SET TABLESPACE fast",
                                         "t SET ACCESS METHOD columnar", "t SET (fillfactor = 70)",
                                         "t ENABLE ROW LEVEL SECURITY", "t FORCE ROW LEVEL SECURITY",
                                         "t DISABLE TRIGGER ALL", "t REPLICA IDENTITY FULL",
                                         "t SET WITHOUT CLUSTER", "t OWNER TO app"));

INSTANTIATE_TEST_SUITE_P(Families, UnknownTable,
                         testing::Values("parent ATTACH PARTITION theirs.other FOR VALUES IN (2)",
                                         "parent DETACH PARTITION theirs.part",
                                         "parent DETACH PARTITION theirs.part CONCURRENTLY",
                                         "other INHERIT theirs.base", "heir NO INHERIT theirs.base"));

TEST(UnknownTableDetach, waits_for_writers_and_runs_in_no_transaction) {
  for (const std::string_view schema : {kKnown, kUnknown}) {
    const Plan plan =
        PlannedWorld(schema).plan("ALTER TABLE theirs.parent DETACH PARTITION theirs.part CONCURRENTLY");
    EXPECT_EQ(plan.not_in_transaction, "ALTER TABLE ... DETACH CONCURRENTLY");
    EXPECT_TRUE(plan.waits.writers);
  }
}

TEST(UnknownTableDetach, set_expression_rewrites_from_17_on) {
  EXPECT_EQ(PlannedWorld(kUnknown, 17).work("ALTER TABLE theirs.t ALTER s SET EXPRESSION AS (2)"),
            "t AccessExclusive rewrite scan");
  EXPECT_EQ(
      without_builds(PlannedWorld(kKnown, 17).work("ALTER TABLE theirs.t ALTER s SET EXPRESSION AS (2)")),
      "t AccessExclusive rewrite scan");
}

}  // namespace
}  // namespace migcheck
