// SPDX-License-Identifier: MIT
// What PostgreSQL 15 says of ALTER TABLE where the table cannot become, or do, what is asked: the words are
// the server's own.
#include <gtest/gtest.h>

#include "support/planned.hpp"

namespace migcheck {
namespace {

using test::Planned;

constexpr const char* kTables =
    "CREATE TABLE p (k int NOT NULL, v int) PARTITION BY RANGE (k);"
    "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);"
    "CREATE TABLE c (k int NOT NULL, v int);"
    "CREATE TABLE plain (k int, v int);"
    "CREATE TABLE short (k int NOT NULL);"
    "CREATE TABLE wide (k int NOT NULL, v int, w int);"
    "CREATE TABLE typed (k int NOT NULL, v text);"
    "CREATE TABLE nullable (k int, v int);"
    "CREATE TABLE q (k int NOT NULL, v int, CONSTRAINT positive CHECK (v > 0)) PARTITION BY RANGE (k);"
    "CREATE TABLE base (k int NOT NULL, v int); CREATE TABLE kid () INHERITS (base);"
    "CREATE TABLE loose (k int NOT NULL, v int);"
    "CREATE TYPE pair AS (k int, v int);"
    "CREATE TABLE logged (id int PRIMARY KEY); CREATE TABLE follows (id int PRIMARY KEY, l int REFERENCES "
    "logged);"
    "CREATE UNLOGGED TABLE un (id int PRIMARY KEY); CREATE UNLOGGED TABLE un2 (id int PRIMARY KEY, u int "
    "REFERENCES un);"
    "CREATE UNIQUE INDEX loose_k ON loose (k); CREATE INDEX loose_v ON loose (v);"
    "CREATE UNIQUE INDEX loose_part ON loose (k) WHERE k > 0; CREATE UNIQUE INDEX loose_null ON loose (v);"
    "CREATE RULE r AS ON INSERT TO loose DO ALSO NOTHING;";

struct Refusal {
  const char* sql;
  const char* error;
};
class Refused : public testing::TestWithParam<Refusal> {};

TEST_P(Refused, InPostgreSQLsWords) {
  Planned world;
  world.run(kTables);
  EXPECT_EQ(world.error(std::string("ALTER TABLE ") + GetParam().sql), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Attach, Refused,
    testing::Values(Refusal{"p ATTACH PARTITION short FOR VALUES FROM (10) TO (20)",
                            "42804: child table is missing column \"v\""},
                    Refusal{"p ATTACH PARTITION wide FOR VALUES FROM (10) TO (20)",
                            "42804: table \"wide\" contains column \"w\" not found in parent \"p\""},
                    Refusal{"p ATTACH PARTITION typed FOR VALUES FROM (10) TO (20)",
                            "42804: child table \"typed\" has different type for column \"v\""},
                    Refusal{"p ATTACH PARTITION nullable FOR VALUES FROM (10) TO (20)",
                            "42804: column \"k\" in child table must be marked NOT NULL"},
                    Refusal{"q ATTACH PARTITION c FOR VALUES FROM (10) TO (20)",
                            "42804: child table is missing constraint \"positive\""},
                    Refusal{"plain ATTACH PARTITION c FOR VALUES FROM (10) TO (20)",
                            "42P17: table \"plain\" is not partitioned"},
                    Refusal{"p ATTACH PARTITION p1 FOR VALUES FROM (10) TO (20)",
                            "42809: \"p1\" is already a partition"},
                    Refusal{"p ATTACH PARTITION p FOR VALUES FROM (10) TO (20)",
                            "42P07: circular inheritance not allowed"},
                    Refusal{"p ATTACH PARTITION base FOR VALUES FROM (10) TO (20)",
                            "42809: cannot attach inheritance parent as partition"},
                    Refusal{"p ATTACH PARTITION kid FOR VALUES FROM (10) TO (20)",
                            "42809: cannot attach inheritance child as partition"},
                    Refusal{"p ATTACH PARTITION c FOR VALUES FROM (5) TO (20)",
                            "42P17: partition \"c\" would overlap partition \"p1\""}));

INSTANTIATE_TEST_SUITE_P(
    Inherit, Refused,
    testing::Values(
        Refusal{"c INHERIT p", "42809: cannot inherit from partitioned table \"p\""},
        Refusal{"c INHERIT p1", "42809: cannot inherit from a partition"},
        Refusal{"kid INHERIT base", "42P07: relation \"base\" would be inherited from more than once"},
        Refusal{"base INHERIT kid", "42P07: circular inheritance not allowed"},
        Refusal{"base INHERIT base", "42P07: circular inheritance not allowed"},
        Refusal{"p1 INHERIT base", "42809: cannot change inheritance of a partition"},
        Refusal{"p INHERIT base", "42809: cannot change inheritance of partitioned table"},
        Refusal{"short INHERIT base", "42804: child table is missing column \"v\""},
        Refusal{"typed INHERIT base", "42804: child table \"typed\" has different type for column \"v\""},
        Refusal{"nullable INHERIT base", "42804: column \"k\" in child table must be marked NOT NULL"},
        Refusal{"c NO INHERIT base", "42P01: relation \"base\" is not a parent of relation \"c\""},
        Refusal{"p1 NO INHERIT p", "42809: cannot change inheritance of a partition"}));

INSTANTIATE_TEST_SUITE_P(
    Detach, Refused,
    testing::Values(
        Refusal{"plain DETACH PARTITION c", "42P17: table \"plain\" is not partitioned"},
        Refusal{"p DETACH PARTITION c", "42P01: relation \"c\" is not a partition of relation \"p\""},
        Refusal{"p DETACH PARTITION p1 FINALIZE", "55000: cannot complete detaching partition \"p1\""}));

INSTANTIATE_TEST_SUITE_P(
    Properties, Refused,
    testing::Values(
        Refusal{"logged SET UNLOGGED",
                "42P16: could not change table \"logged\" to unlogged because it references logged table "
                "\"follows\""},
        Refusal{
            "un2 SET LOGGED",
            "42P16: could not change table \"un2\" to logged because it references unlogged table \"un\""},
        Refusal{"loose CLUSTER ON loose_part", "0A000: cannot cluster on partial index \"loose_part\""},
        Refusal{"loose CLUSTER ON nowhere", "42704: index \"nowhere\" for table \"loose\" does not exist"},
        Refusal{"loose REPLICA IDENTITY USING INDEX loose_v",
                "42809: cannot use non-unique index \"loose_v\" as replica identity"},
        Refusal{"loose REPLICA IDENTITY USING INDEX loose_part",
                "0A000: cannot use partial index \"loose_part\" as replica identity"},
        Refusal{"loose REPLICA IDENTITY USING INDEX loose_null",
                "42809: index \"loose_null\" cannot be used as replica identity because column \"v\" is "
                "nullable"},
        Refusal{"loose REPLICA IDENTITY USING INDEX nowhere",
                "42704: index \"nowhere\" for table \"loose\" does not exist"},
        Refusal{"loose DISABLE RULE nowhere",
                "42704: rule \"nowhere\" for relation \"loose\" does not exist"},
        Refusal{"loose DISABLE TRIGGER nowhere",
                "42704: trigger \"nowhere\" for table \"loose\" does not exist"},
        Refusal{"typed OF pair", "42804: table \"typed\" has different type for column \"v\""},
        Refusal{"wide OF pair", "42804: table has extra column \"w\""},
        Refusal{"short OF pair", "42804: table is missing column \"v\""},
        Refusal{"follows OF pair", "42804: table has column \"id\" where type requires \"k\""},
        Refusal{"kid OF pair", "42809: typed tables cannot inherit"},
        Refusal{"plain NOT OF", "42809: \"plain\" is not a typed table"},
        Refusal{"p SET ACCESS METHOD heap", "42809: cannot change access method of a partitioned table"}));

TEST(RefusedReplicaIdentity, that_is_checked_late_or_computed) {
  Planned world;
  world.run("CREATE TABLE t (k int NOT NULL, UNIQUE (k) DEFERRABLE); CREATE UNIQUE INDEX e ON t ((k + 1));");
  EXPECT_EQ(world.error("ALTER TABLE t REPLICA IDENTITY USING INDEX t_k_key"),
            "0A000: cannot use non-immediate index \"t_k_key\" as replica identity");
  EXPECT_EQ(world.error("ALTER TABLE t REPLICA IDENTITY USING INDEX e"),
            "0A000: cannot use expression index \"e\" as replica identity");
}

TEST(RefusedAlterations, are_told_in_the_words_of_18_there) {
  Planned world(18);
  world.run(kTables);
  EXPECT_EQ(world.error("ALTER TABLE plain ATTACH PARTITION c FOR VALUES FROM (10) TO (20)"),
            "42809: ALTER action ATTACH PARTITION cannot be performed on relation \"plain\"");
  EXPECT_EQ(world.error("ALTER TABLE plain DETACH PARTITION c"),
            "42809: ALTER action DETACH PARTITION cannot be performed on relation \"plain\"");
}

TEST(RefusedAlterations, want_to_be_certain) {
  Planned world;
  world.run("CREATE TABLE t (k int, v int); ALTER TABLE t OF elsewhere.pair; ALTER TABLE t NOT OF;");
}

TEST(AlterationsThatRun, take_these_locks_and_leave_this) {
  Planned world;
  world.run(kTables);
  using Locks = std::vector<std::string>;
  EXPECT_EQ(world.locks("ALTER TABLE loose INHERIT base"),
            (Locks{"loose AccessExclusiveLock", "base ShareUpdateExclusiveLock"}));
  EXPECT_EQ(world.table("loose")->inherits, std::vector<catalog::ObjectId>{world.table("base")->id});
  EXPECT_EQ(world.locks("ALTER TABLE loose NO INHERIT base"),
            (Locks{"loose AccessExclusiveLock", "base AccessShareLock"}));
  EXPECT_TRUE(world.table("loose")->inherits.empty());
  EXPECT_EQ(world.locks("ALTER TABLE loose DISABLE RULE r"), Locks{"loose AccessExclusiveLock"});
  EXPECT_FALSE(world.table("loose")->rules.front().enabled);
  EXPECT_EQ(world.locks("ALTER TABLE loose CLUSTER ON loose_k"),
            (Locks{"loose ShareUpdateExclusiveLock", "loose_k ShareUpdateExclusiveLock"}));
  EXPECT_EQ(world.locks("ALTER TABLE loose SET WITHOUT CLUSTER"), Locks{"loose ShareUpdateExclusiveLock"});
  EXPECT_EQ(world.locks("ALTER TABLE loose REPLICA IDENTITY USING INDEX loose_k"),
            (Locks{"loose AccessExclusiveLock", "loose_k ShareLock"}));
  EXPECT_EQ(world.table("loose")->replica_identity, "index");
  EXPECT_EQ(world.locks("ALTER TABLE loose OF pair"),
            (Locks{"loose AccessExclusiveLock", "pair AccessShareLock"}));
  EXPECT_EQ(world.table("loose")->of_type, world.catalog.type("public", "pair", {})->id);
  world.run("ALTER TABLE loose NOT OF");
  EXPECT_EQ(world.table("loose")->of_type, catalog::kNoObject);
}

}  // namespace
}  // namespace migcheck
