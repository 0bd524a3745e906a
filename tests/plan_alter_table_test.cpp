// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "support/planned_world.hpp"

namespace migcheck {
namespace {

using test::PlannedWorld;

constexpr std::string_view kTables =
    "CREATE TABLE p (id int PRIMARY KEY);"
    "CREATE TABLE t (id int PRIMARY KEY, a int, b text NOT NULL);";

TEST(PlanAddColumn, rewrites_for_what_differs_from_row_to_row) {
  PlannedWorld world(kTables);
  const std::string_view free = "t AccessExclusive";
  const std::string_view rewrite = "t AccessExclusive rewrite scan [t_pkey]";
  EXPECT_EQ(world.work("ALTER TABLE t ADD x int DEFAULT 1"), free);
  EXPECT_EQ(world.work("ALTER TABLE t ADD x timestamptz NOT NULL DEFAULT now()"), free);
  EXPECT_EQ(world.work("ALTER TABLE t ADD x float8 DEFAULT random()"), rewrite);
  EXPECT_EQ(world.work("ALTER TABLE t ADD x uuid DEFAULT gen_random_uuid()"), rewrite);
  EXPECT_EQ(world.work("ALTER TABLE t ADD x serial"), rewrite);
  EXPECT_EQ(world.work("ALTER TABLE t ADD x int GENERATED ALWAYS AS (a + 1) STORED"), rewrite);
  EXPECT_EQ(world.work("ALTER TABLE t ADD x int NOT NULL"), "t AccessExclusive scan");
  EXPECT_EQ(world.work("ALTER TABLE t ADD x int CHECK (x > 0)"), "t AccessExclusive scan");
}

TEST(PlanAddColumn, knows_the_functions_of_each_version) {
  EXPECT_EQ(PlannedWorld(kTables, 12).work("ALTER TABLE t ADD x uuid DEFAULT gen_random_uuid()"),
            "error 42883");
  EXPECT_EQ(PlannedWorld(kTables, 17).work("ALTER TABLE t ADD x uuid DEFAULT uuidv7()"), "error 42883");
  EXPECT_EQ(PlannedWorld(kTables, 18).work("ALTER TABLE t ADD x uuid DEFAULT uuidv7()"),
            "t AccessExclusive rewrite scan [t_pkey]");
}

TEST(PlanAddColumn, takes_an_unknown_function_for_volatile_and_says_so) {
  PlannedWorld world(kTables);
  const Plan plan = world.plan("ALTER TABLE t ADD x int DEFAULT theirs.number()");
  const auto found = std::find_if(plan.effects.begin(), plan.effects.end(),
                                  [](const Effect& effect) { return effect.rewrite; });
  ASSERT_NE(found, plan.effects.end());
  EXPECT_EQ(found->reason, WorkReason::UnknownDefault);
  EXPECT_TRUE(found->assumed);
}

TEST(PlanAddColumn, reads_no_rows_for_a_key_that_is_null_everywhere) {
  PlannedWorld world(kTables);
  EXPECT_EQ(world.work("ALTER TABLE t ADD x int REFERENCES p"), "p ShareRowExclusive; t AccessExclusive");
  EXPECT_EQ(world.work("ALTER TABLE t ADD x int DEFAULT NULL REFERENCES p"),
            "p ShareRowExclusive; t AccessExclusive scan");
  EXPECT_EQ(world.work("ALTER TABLE t ADD x int DEFAULT 1 REFERENCES p"),
            "p ShareRowExclusive scan; t AccessExclusive scan");
}

TEST(PlanGenerated, identity_wants_a_whole_number_that_is_never_null) {
  PlannedWorld world(std::string(kTables) + "ALTER TABLE t ADD n int GENERATED ALWAYS AS IDENTITY;");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER id ADD GENERATED ALWAYS AS IDENTITY"), "t AccessExclusive");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY"), "error 55000");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER b ADD GENERATED ALWAYS AS IDENTITY"), "error 22023");
  EXPECT_EQ(world.work("ALTER TABLE t ADD x numeric GENERATED ALWAYS AS IDENTITY"), "error 22023");
  EXPECT_EQ(world.work("CREATE TABLE u (x text GENERATED ALWAYS AS IDENTITY)"), "error 22023");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER n ADD GENERATED ALWAYS AS IDENTITY"), "error 55000");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER a SET GENERATED ALWAYS"), "error 55000");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER a DROP IDENTITY"), "error 55000");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER a DROP IDENTITY IF EXISTS"), "t AccessExclusive");
}

TEST(PlanGenerated, an_expression_goes_only_where_one_is) {
  PlannedWorld world(std::string(kTables) + "ALTER TABLE t ADD g int GENERATED ALWAYS AS (id + 1) STORED;");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER g DROP EXPRESSION"), "t AccessExclusive");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER a DROP EXPRESSION"), "error 55000");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER a DROP EXPRESSION IF EXISTS"), "t AccessExclusive");
}

TEST(PlanNotNull, is_proved_by_a_valid_check) {
  const auto with = [](std::string_view check) {
    PlannedWorld world(std::string(kTables) + "ALTER TABLE t ADD CONSTRAINT c CHECK " + std::string(check) +
                       ";");
    return world.work("ALTER TABLE t ALTER a SET NOT NULL");
  };
  EXPECT_EQ(with("(a IS NOT NULL)"), "t AccessExclusive");
  EXPECT_EQ(with("(a > 0 AND a IS NOT NULL)"), "t AccessExclusive");
  EXPECT_EQ(with("(NOT (a IS NULL OR b = ''))"), "t AccessExclusive");
  EXPECT_EQ(with("(a IS DISTINCT FROM NULL)"), "t AccessExclusive");
  EXPECT_EQ(with("(a IS NOT NULL) NOT VALID"), "t AccessExclusive scan");
  EXPECT_EQ(with("(a IS NOT NULL OR b = '')"), "t AccessExclusive scan");
  EXPECT_EQ(with("(a > 0)"), "t AccessExclusive scan");
}

TEST(PlanNotNull, is_not_proved_by_a_check_that_the_same_command_drops) {
  PlannedWorld world(std::string(kTables) + "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL);");
  EXPECT_EQ(world.work("ALTER TABLE t ALTER a SET NOT NULL, DROP CONSTRAINT c"), "t AccessExclusive scan");
}

TEST(PlanAlterTable, takes_the_strongest_lock_and_tags_each_effect) {
  PlannedWorld world(kTables);
  const Plan plan =
      world.plan("ALTER TABLE t ALTER a SET STATISTICS 5, ADD FOREIGN KEY (a) REFERENCES p NOT VALID");
  EXPECT_EQ(plan.effects[0].lock, LockMode::ShareUpdateExclusive);
  EXPECT_EQ(plan.effects[0].action, 0);
  EXPECT_EQ(plan.effects[1].lock, LockMode::ShareRowExclusive);
  EXPECT_EQ(plan.effects[1].action, 1);
  EXPECT_EQ(world.work("ALTER TABLE t ALTER a SET STATISTICS 5, ADD FOREIGN KEY (a) REFERENCES p NOT VALID"),
            "p ShareRowExclusive; t ShareRowExclusive");
}

TEST(PlanAlterTable, runs_drops_first_and_indexes_late) {
  PlannedWorld world(kTables);
  // The old key goes before the new one of the same name comes, whatever the order of writing.
  EXPECT_EQ(world.work("ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (a), DROP CONSTRAINT t_pkey"),
            "t AccessExclusive scan [t_pkey]");
}

TEST(PlanAlterTable, locks_even_if_there_is_nothing_to_do) {
  PlannedWorld world(kTables);
  EXPECT_EQ(world.work("ALTER TABLE t ADD COLUMN IF NOT EXISTS a int"), "t AccessExclusive");
  EXPECT_TRUE(world.plan("ALTER TABLE t ADD COLUMN IF NOT EXISTS a int").no_op);
  EXPECT_EQ(world.work("ALTER TABLE t DROP COLUMN IF EXISTS zzz"), "t AccessExclusive");
  EXPECT_TRUE(world.plan("ALTER TABLE t DROP COLUMN IF EXISTS zzz").no_op);
  EXPECT_EQ(world.work("ALTER TABLE t DROP COLUMN zzz"), "error 42703");
}

TEST(PlanAlterTable, assumes_the_worst_of_a_table_that_it_does_not_know) {
  PlannedWorld world("");
  world.session.search_path = {"elsewhere"};
  const Plan plan = world.plan("ALTER TABLE stranger ALTER a TYPE bigint");
  ASSERT_FALSE(plan.effects.empty());
  EXPECT_TRUE(plan.errors.empty());
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_TRUE(plan.effects.back().rewrite);
  EXPECT_TRUE(plan.effects.back().assumed);
  EXPECT_EQ(plan.effects.back().reason, WorkReason::UnknownTypeChange);
}

TEST(PlanAlterTable, refuses_words_that_the_server_does_not_know) {
  EXPECT_EQ(PlannedWorld(kTables, 13).work("ALTER TABLE t ALTER b SET COMPRESSION pglz"), "error 42601");
  EXPECT_EQ(PlannedWorld(kTables, 14).work("ALTER TABLE t ALTER b SET COMPRESSION pglz"),
            "t AccessExclusive");
}

TEST(PlanConstraints, keep_readers_or_writers_out_by_their_kind) {
  PlannedWorld world(kTables);
  EXPECT_EQ(world.work("ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p"),
            "p ShareRowExclusive scan; t ShareRowExclusive scan");
  EXPECT_EQ(world.work("ALTER TABLE t ADD CHECK (a > 0) NOT VALID"), "t AccessExclusive");
  EXPECT_EQ(world.work("ALTER TABLE t ADD UNIQUE (a, b)"), "t AccessExclusive scan [t_a_b_key]");
  EXPECT_EQ(world.work("ALTER TABLE t ADD PRIMARY KEY (a)"), "error 42P16");
  EXPECT_EQ(world.work("ALTER TABLE t ADD FOREIGN KEY (b) REFERENCES p"), "error 42804");
  EXPECT_EQ(world.work("ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES t (a)"), "error 42830");
}

TEST(PlanConstraints, are_proved_later_under_a_weaker_lock) {
  PlannedWorld world(std::string(kTables) +
                     "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p NOT VALID;");
  EXPECT_EQ(world.work("ALTER TABLE t VALIDATE CONSTRAINT f"),
            "p RowShare scan; t ShareUpdateExclusive scan");
  world.run("ALTER TABLE t VALIDATE CONSTRAINT f");
  EXPECT_TRUE(world.table("t").constraint("f")->valid);
  EXPECT_EQ(world.work("ALTER TABLE t VALIDATE CONSTRAINT f"), "t ShareUpdateExclusive");
}

TEST(PlanConstraints, lock_the_referenced_table_when_they_go) {
  PlannedWorld world(std::string(kTables) + "CREATE TABLE c (p int CONSTRAINT f REFERENCES p);");
  EXPECT_EQ(world.work("ALTER TABLE c DROP CONSTRAINT f"), "c AccessExclusive; p AccessExclusive");
  EXPECT_EQ(world.work("ALTER TABLE c DROP COLUMN p"), "c AccessExclusive; p AccessExclusive");
}

}  // namespace
}  // namespace migcheck
