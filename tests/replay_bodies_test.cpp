// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "replay_history.hpp"

namespace migcheck {
namespace {

using ::migcheck::testing::History;

TEST(ReplayBodies, TheStatementsOfADoBlockRunOneByOne) {
  History history;
  history.run("DO $$ BEGIN CREATE TABLE a (x int); CREATE TABLE b (x int); END $$;");
  EXPECT_TRUE(history.has("a"));
  EXPECT_TRUE(history.has("b"));
  ASSERT_EQ(history.seen.size(), 3U);
  EXPECT_FALSE(history.seen[0].inner);
  EXPECT_TRUE(history.seen[1].inner);
  EXPECT_EQ(history.seen[1].text, "CREATE TABLE a (x int)");
  EXPECT_EQ(history.seen[2].tables, 1U);
  ASSERT_EQ(history.ended.size(), 1U);
  EXPECT_EQ(history.ended[0].kind, TransactionKind::Autocommit);
}

using catalog::TablePart;

TEST(ReplayBodies, WhatMayNotRunIsAppliedAndUncertain) {
  History history;
  history.run(
      "CREATE TABLE a (x int); DO $$ BEGIN IF now() > '2020-01-01' THEN ALTER TABLE a ADD COLUMN y int; END "
      "IF; END $$;");
  ASSERT_TRUE(history.has("a"));
  EXPECT_NE(history.table("a")->column("y"), nullptr);
  EXPECT_TRUE(history.table("a")->is_doubtful(TablePart::Column, "y"));
  EXPECT_FALSE(history.table("a")->is_doubtful(TablePart::Column, "x"));
  EXPECT_FALSE(history.table("a")->is_doubtful(TablePart::RowSecurity));
  EXPECT_FALSE(history.table("a")->uncertain);
  EXPECT_TRUE(history.seen.back().maybe);
}

// Each part that a statement under IF touches, and nothing beside it.
TEST(ReplayBodies, ExactlyTheTouchedPartIsUncertain) {
  struct Case {
    const char* statement;
    TablePart part;
    const char* name;
  };
  for (const Case& one : {Case{"ALTER TABLE a DROP COLUMN z", TablePart::Column, "z"},
                          Case{"ALTER TABLE a ALTER x TYPE bigint", TablePart::Column, "x"},
                          Case{"ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0)", TablePart::Constraint, "c"},
                          Case{"ALTER TABLE a VALIDATE CONSTRAINT old", TablePart::Constraint, "old"},
                          Case{"ALTER TABLE a DROP CONSTRAINT old", TablePart::Constraint, "old"},
                          Case{"DROP POLICY p ON a", TablePart::Policy, "p"},
                          Case{"CREATE POLICY q ON a USING (true)", TablePart::Policy, "q"},
                          Case{"ALTER TABLE a ENABLE ROW LEVEL SECURITY", TablePart::RowSecurity, ""},
                          Case{"ALTER TABLE a SET (fillfactor = 70)", TablePart::Other, ""}}) {
    History history;
    history.run(
        "CREATE TABLE a (x int, z int, CONSTRAINT unmoved CHECK (x < 9));"
        "ALTER TABLE a ADD CONSTRAINT old CHECK (x <> 5) NOT VALID; CREATE POLICY p ON a USING (true);"
        "DO $$ BEGIN IF now() > '2020-01-01' THEN " +
        std::string(one.statement) + "; END IF; END $$;");
    ASSERT_TRUE(history.has("a")) << one.statement;
    const std::vector<catalog::Doubt> expected = {{one.part, one.name}};
    EXPECT_EQ(history.table("a")->doubts, expected) << one.statement;
    EXPECT_FALSE(history.table("a")->uncertain) << one.statement;
  }
}

// What runs for sure afterwards says how it is.
TEST(ReplayBodies, ACertainStatementEndsTheDoubt) {
  History history;
  history.run(
      "CREATE TABLE a (x int);"
      "DO $$ BEGIN IF now() > '2020-01-01' THEN ALTER TABLE a ENABLE ROW LEVEL SECURITY, ADD COLUMN y int, "
      "ADD CONSTRAINT c CHECK (x > 0); CREATE POLICY p ON a USING (true); END IF; END $$;");
  EXPECT_EQ(history.table("a")->doubts.size(), 4U);
  history.run("ALTER TABLE a ENABLE ROW LEVEL SECURITY;");
  EXPECT_FALSE(history.table("a")->is_doubtful(TablePart::RowSecurity));
  history.run("ALTER TABLE a DROP COLUMN IF EXISTS y; ALTER TABLE a DROP CONSTRAINT IF EXISTS c;");
  EXPECT_EQ(history.table("a")->doubts, (std::vector<catalog::Doubt>{{TablePart::Policy, "p"}}));
  history.run("DROP POLICY IF EXISTS p ON a;");
  EXPECT_TRUE(history.table("a")->is_certain());
  // It may have been dropped; the next one drops it for sure.
  history.run(
      "CREATE POLICY p ON a USING (true);"
      "DO $$ BEGIN IF now() > '2020-01-01' THEN DROP POLICY p ON a; END IF; END $$;");
  EXPECT_TRUE(history.table("a")->is_doubtful(TablePart::Policy, "p"));
  history.run("DROP POLICY IF EXISTS p ON a; CREATE POLICY p ON a USING (false);");
  EXPECT_TRUE(history.table("a")->is_certain());
  EXPECT_EQ(history.table("a")->policies.size(), 1U);
}

TEST(ReplayBodies, WhatMayHaveBeenDroppedIsUnknownAndNotMissing) {
  const std::vector<std::string> path = {"public"};
  History history;
  history.run(
      "CREATE TABLE a (x int); CREATE TABLE b (x int); DROP TABLE b;"
      " DO $$ BEGIN IF now() > '2020-01-01' THEN DROP TABLE a; END IF; END $$;");
  EXPECT_FALSE(history.has("a"));
  EXPECT_FALSE(history.catalog().was_known("", "a", path));
  EXPECT_TRUE(history.catalog().was_known("", "b", path));
}

TEST(ReplayBodies, ABodyMayCommitOutsideATransactionBlock) {
  History history;
  history.run(
      "DO $$ BEGIN CREATE TABLE a (x int); COMMIT; CREATE TABLE b (x int); ROLLBACK;"
      " CREATE TABLE c (x int); END $$;");
  EXPECT_TRUE(history.has("a"));
  EXPECT_FALSE(history.has("b"));
  EXPECT_TRUE(history.has("c"));
  EXPECT_EQ(history.ended.size(), 3U);
}

TEST(ReplayBodies, RollbackTakesBackADoBlock) {
  History history;
  history.run("BEGIN; DO $$ BEGIN CREATE TABLE a (x int); END $$; ROLLBACK;");
  EXPECT_FALSE(history.has("a"));
}

TEST(ReplayBodies, SettingsOfADoBlock) {
  History history;
  history.run("DO $$ BEGIN SET LOCAL lock_timeout = '1s'; CREATE TABLE a (x int); END $$; SELECT 1;");
  ASSERT_EQ(history.seen.size(), 4U);
  EXPECT_EQ(history.seen[2].lock_timeout_ms, 1'000);
  EXPECT_EQ(history.seen[3].lock_timeout_ms, -1);
}

TEST(ReplayBodies, ExecuteRunsThePreparedStatement) {
  History history;
  history.run("CREATE TABLE a (x int); PREPARE p AS DELETE FROM a; EXECUTE p;");
  ASSERT_EQ(history.seen.size(), 4U);
  EXPECT_TRUE(history.seen[3].inner);
  EXPECT_EQ(history.ended.back().locks.size(), 1U);
}

TEST(ReplayBodies, ADroppedSerialColumnTakesItsSequence) {
  History history;
  history.run("CREATE TABLE a (id serial, b int); ALTER TABLE a DROP COLUMN id;");
  ASSERT_TRUE(history.has("a"));
  EXPECT_EQ(history.table("a")->columns.size(), 1U);
  EXPECT_TRUE(history.catalog().objects(catalog::ObjectKind::Sequence).empty());
}

TEST(ReplaySession, SettingsFollowTheTransaction) {
  History history;
  history.run(
      "SET lock_timeout = '5s'; BEGIN; SET LOCAL lock_timeout = '1s'; SELECT 1; COMMIT; SELECT 2;"
      " BEGIN; SET lock_timeout = '9s'; ROLLBACK; SELECT 3; SET LOCAL lock_timeout = '7s'; SELECT 4;");
  std::vector<std::int64_t> timeouts;
  for (const auto& seen : history.seen) {
    if (seen.text.substr(0, 6) == "SELECT") timeouts.push_back(seen.lock_timeout_ms);
  }
  EXPECT_THAT(timeouts, ::testing::ElementsAre(1'000, 5'000, 5'000, 5'000));
}

TEST(ReplaySession, TheSearchPathDecidesWhereTablesGo) {
  History history;
  history.run(
      "CREATE SCHEMA app; SET search_path = app, public; CREATE TABLE a (x int);"
      " SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE public.b (x int);");
  EXPECT_NE(history.catalog().relation("app", "a", {}), nullptr);
  EXPECT_NE(history.catalog().relation("public", "b", {}), nullptr);
  EXPECT_TRUE(history.session().search_path.empty());
}

TEST(ReplaySession, LastsIntoTheNextFileWhereTheToolKeepsIt) {
  TransactionModel keeps, forgets;
  keeps.keeps_session = true;
  forgets.keeps_session = false;
  History kept(keeps), forgotten(forgets);
  kept.run("SET lock_timeout = '1s';").run("SELECT 1;");
  forgotten.run("SET lock_timeout = '1s';").run("SELECT 1;");
  EXPECT_EQ(kept.seen.back().lock_timeout_ms, 1'000);
  EXPECT_EQ(forgotten.seen.back().lock_timeout_ms, -1);
}

TEST(ReplaySession, ConnectStartsANewOne) {
  const std::string text = "SET lock_timeout = '1s'; SELECT 1;\n\\connect other\nSELECT 2;";
  const std::vector<std::uint32_t> places = {static_cast<std::uint32_t>(text.find('\\'))};
  History history;
  history.run(text, {History::section({0, static_cast<std::uint32_t>(text.size())}, Wrapping::None)},
              &places);
  ASSERT_EQ(history.seen.size(), 3U);
  EXPECT_EQ(history.seen[1].lock_timeout_ms, 1'000);
  EXPECT_EQ(history.seen[2].lock_timeout_ms, -1);
}

TEST(ReplaySession, DiscardAllForgetsSettingsAndPreparedStatements) {
  History history;
  history.run("SET lock_timeout = '1s'; PREPARE p AS SELECT 1; DISCARD ALL; SELECT 2; EXECUTE p;");
  EXPECT_EQ(history.seen[3].lock_timeout_ms, -1);
  EXPECT_FALSE(history.seen.back().inner);
}

}  // namespace
}  // namespace migcheck
