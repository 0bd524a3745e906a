// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "replay_history.hpp"

// What PostgreSQL does here was tried on PostgreSQL 15 with the same texts.

namespace migcheck {
namespace {

using ::migcheck::testing::History;

TransactionModel model(bool spans_files, bool keeps_session) {
  TransactionModel made;
  made.spans_files = spans_files;
  made.keeps_session = keeps_session;
  return made;
}

TEST(ReplayTransactions, WithoutWrappingEachStatementStandsAlone) {
  History history;
  history.run("CREATE TABLE a (x int); CREATE TABLE b (x int);");
  ASSERT_EQ(history.seen.size(), 2U);
  EXPECT_EQ(history.seen[0].kind, TransactionKind::Autocommit);
  EXPECT_FALSE(history.seen[0].in_block);
  EXPECT_NE(history.seen[0].transaction, history.seen[1].transaction);
  EXPECT_EQ(history.ended.size(), 2U);
  EXPECT_TRUE(history.has("a"));
}

TEST(ReplayTransactions, TheObserverSeesTheCatalogAsItIsBefore) {
  History history;
  history.run("CREATE TABLE a (x int); CREATE TABLE b (x int);");
  EXPECT_EQ(history.seen[0].tables, 0U);
  EXPECT_EQ(history.seen[1].tables, 1U);
}

TEST(ReplayTransactions, RollbackUndoes) {
  History history;
  history.run("CREATE TABLE a (x int); BEGIN; CREATE TABLE b (x int); DROP TABLE a; ROLLBACK;");
  EXPECT_TRUE(history.has("a"));
  EXPECT_FALSE(history.has("b"));
  ASSERT_EQ(history.ended.size(), 2U);
  EXPECT_FALSE(history.ended[1].committed);
  EXPECT_EQ(history.ended[1].kind, TransactionKind::Explicit);
}

TEST(ReplayTransactions, ANestedBeginOpensNothingAndASecondCommitEndsNothing) {
  History history;
  history.run("BEGIN; CREATE TABLE a (x int); BEGIN; CREATE TABLE b (x int); COMMIT; ROLLBACK;");
  EXPECT_TRUE(history.has("a"));
  EXPECT_TRUE(history.has("b"));
  EXPECT_EQ(history.ended.size(), 1U);
  ASSERT_EQ(history.seen.size(), 6U);
  EXPECT_FALSE(history.seen[0].in_block);
  EXPECT_TRUE(history.seen[2].in_block);
  EXPECT_FALSE(history.seen[5].in_block);
}

TEST(ReplayTransactions, SavepointsTakeBackWhatCameSince) {
  History history;
  history.run(
      "BEGIN; SAVEPOINT s; CREATE TABLE a (x int); SAVEPOINT s; CREATE TABLE b (x int); ROLLBACK TO s;"
      " CREATE TABLE c (x int); RELEASE s; ROLLBACK TO s; CREATE TABLE d (x int); COMMIT;");
  EXPECT_FALSE(history.has("a"));
  EXPECT_FALSE(history.has("b"));
  EXPECT_FALSE(history.has("c"));
  EXPECT_TRUE(history.has("d"));
}

TEST(ReplayTransactions, ChainBeginsTheNext) {
  History history;
  history.run("BEGIN; CREATE TABLE a (x int); COMMIT AND CHAIN; CREATE TABLE b (x int); ROLLBACK;");
  EXPECT_TRUE(history.has("a"));
  EXPECT_FALSE(history.has("b"));
}

TEST(ReplayTransactions, ASimpleQueryIsATransactionIfItHoldsTwoStatements) {
  History history;
  history.run("CREATE TABLE a (x int);", Wrapping::SimpleQuery);
  history.run("CREATE TABLE b (x int); CREATE TABLE c (x int);", Wrapping::SimpleQuery);
  ASSERT_EQ(history.ended.size(), 2U);
  EXPECT_EQ(history.ended[0].kind, TransactionKind::Autocommit);
  EXPECT_EQ(history.ended[1].kind, TransactionKind::Implicit);
  EXPECT_EQ(history.ended[1].steps.size(), 2U);
  EXPECT_TRUE(history.ended[1].committed);
}

TEST(ReplayTransactions, BeginInASimpleQueryTakesInWhatCameBefore) {
  History history;
  history.run("CREATE TABLE a (x int); BEGIN; CREATE TABLE b (x int); ROLLBACK; CREATE TABLE c (x int);",
              Wrapping::SimpleQuery);
  EXPECT_FALSE(history.has("a"));
  EXPECT_FALSE(history.has("b"));
  EXPECT_TRUE(history.has("c"));
  ASSERT_EQ(history.ended.size(), 2U);
  EXPECT_EQ(history.ended[0].kind, TransactionKind::Explicit);
  EXPECT_EQ(history.ended[1].kind, TransactionKind::Implicit);
}

TEST(ReplayTransactions, AfterItsOwnCommitASimpleQueryIsStillOneBlock) {
  History history;
  history.run("BEGIN; SELECT 1; COMMIT; CREATE TABLE a (x int);", Wrapping::SimpleQuery);
  EXPECT_TRUE(history.seen[3].in_block);
}

TEST(ReplayTransactions, RollbackEndsTheImplicitTransaction) {
  History history;
  history.run("CREATE TABLE a (x int); ROLLBACK; CREATE TABLE b (x int);", Wrapping::SimpleQuery);
  EXPECT_FALSE(history.has("a"));
  EXPECT_TRUE(history.has("b"));
}

TEST(ReplayTransactions, TheToolsTransactionHoldsTheFile) {
  History history;
  history.run("CREATE TABLE a (x int); CREATE TABLE b (x int);", Wrapping::Transaction);
  ASSERT_EQ(history.ended.size(), 1U);
  EXPECT_EQ(history.ended[0].kind, TransactionKind::Tool);
  EXPECT_EQ(history.ended[0].steps.size(), 2U);
}

TEST(ReplayTransactions, ACommitInTheFileLeavesTheToolsTransaction) {
  History history;
  history.run("CREATE TABLE a (x int); COMMIT; CREATE TABLE b (x int);", Wrapping::Transaction);
  ASSERT_EQ(history.seen.size(), 3U);
  EXPECT_TRUE(history.seen[1].in_block);
  EXPECT_FALSE(history.seen[2].in_block);
  EXPECT_EQ(history.ended.size(), 2U);
}

TEST(ReplayTransactions, TheToolCommitsWhatTheFileBeganAnew) {
  History history;
  history.run("COMMIT; BEGIN; CREATE TABLE a (x int);", Wrapping::Transaction);
  EXPECT_TRUE(history.has("a"));
  EXPECT_TRUE(history.ended.back().committed);
}

TEST(ReplayTransactions, SectionsOfOneUnitShareTheTransaction) {
  const std::string text = "CREATE TABLE a (x int);\nCREATE TABLE b (x int);\nCREATE TABLE c (x int);\n";
  History history;
  history.run(text, {History::section({0, 24}, Wrapping::Transaction, 1),
                     History::section({24, 48}, Wrapping::Transaction, 1),
                     History::section({48, 72}, Wrapping::Transaction, 2)});
  ASSERT_EQ(history.ended.size(), 2U);
  EXPECT_EQ(history.ended[0].steps.size(), 2U);
}

TEST(ReplayTransactions, DownSectionsAndTextOutsideSectionsDoNotRun) {
  const std::string text = "CREATE TABLE a (x int);\nCREATE TABLE b (x int);\nCREATE TABLE c (x int);\n";
  std::vector<Section> sections = {History::section({0, 24}, Wrapping::None),
                                   History::section({24, 48}, Wrapping::None)};
  sections[1].direction = Direction::Down;
  History history;
  history.run(text, sections);
  EXPECT_TRUE(history.has("a"));
  EXPECT_FALSE(history.has("b"));
  EXPECT_FALSE(history.has("c"));
}

TEST(ReplayTransactions, TheTargetsOfAChangeAreOneBatch) {
  History history(model(true, true));
  history.change(1, false).run("CREATE TABLE a (x int);", Wrapping::Transaction);
  history.change(2, false).run("CREATE TABLE b (x int);", Wrapping::Transaction);
  EXPECT_EQ(history.ended.size(), 2U);
  history.change(3, true).run("CREATE TABLE c (x int);", Wrapping::Transaction);
  history.run("CREATE TABLE d (x int);", Wrapping::Transaction);
  EXPECT_EQ(history.ended.size(), 2U);
  history.finish();
  ASSERT_EQ(history.ended.size(), 3U);
  EXPECT_EQ(history.ended[2].steps.size(), 2U);
  EXPECT_TRUE(history.ended[2].committed);
}

TEST(ReplayTransactions, ACommitInABatchEndsItForTheFilesAfter) {
  History history(model(true, true));
  history.change(1).run("CREATE TABLE a (x int); COMMIT;", Wrapping::Transaction);
  history.run("CREATE TABLE b (x int);", Wrapping::Transaction);
  EXPECT_FALSE(history.seen.back().in_block);
}

TEST(ReplayTransactions, AnOpenTransactionLastsAsLongAsTheSession) {
  History kept(model(false, true));
  kept.run("BEGIN; CREATE TABLE a (x int);").run("CREATE TABLE b (x int); COMMIT;");
  EXPECT_TRUE(kept.has("a"));
  EXPECT_TRUE(kept.seen.back().in_block);
  History dropped(model(false, false));
  dropped.run("BEGIN; CREATE TABLE a (x int);").run("CREATE TABLE b (x int);");
  EXPECT_FALSE(dropped.has("a"));
  EXPECT_TRUE(dropped.has("b"));
}

TEST(ReplayTransactions, FinishRollsBackWhatNobodyCommitted) {
  History history;
  history.run("BEGIN; CREATE TABLE a (x int);").finish();
  EXPECT_FALSE(history.has("a"));
  ASSERT_EQ(history.ended.size(), 1U);
  EXPECT_FALSE(history.ended[0].committed);
}

TEST(ReplayTransactions, PreparedTransactionsCountAsCommittedUntilTakenBack) {
  History history;
  history.run(
      "BEGIN; CREATE TABLE a (x int); PREPARE TRANSACTION 'p'; ROLLBACK PREPARED 'p';"
      " BEGIN; CREATE TABLE b (x int); PREPARE TRANSACTION 'q'; COMMIT PREPARED 'q';");
  EXPECT_FALSE(history.has("a"));
  EXPECT_TRUE(history.has("b"));
}

TEST(ReplayTransactions, TemporaryTablesGoWithTheirTransactionOrSession) {
  History history(model(false, false));
  history.run(
      "BEGIN; CREATE TEMP TABLE a (x int) ON COMMIT DROP; SELECT 1; COMMIT; CREATE TEMP TABLE b (x int);"
      " SELECT 2;");
  EXPECT_EQ(history.seen[2].tables, 1U);
  EXPECT_EQ(history.seen.back().tables, 1U);
  EXPECT_FALSE(history.has("b"));
}

TEST(ReplayTransactions, AFailingStatementChangesNothingAndTheOthersGoOn) {
  History history;
  history.run("BEGIN; CREATE TABLE a (x int); CREATE TABLE a (y int); CREATE TABLE b (x int); COMMIT;");
  ASSERT_TRUE(history.has("a"));
  EXPECT_EQ(history.table("a")->columns[0].name, "x");
  EXPECT_TRUE(history.has("b"));
  EXPECT_TRUE(history.ended[0].failed);
}

TEST(ReplayTransactions, LocksOfATransactionAreInItsRecord) {
  History history;
  history.run("CREATE TABLE a (x int);");
  history.run("BEGIN; CREATE TABLE b (x int); ALTER TABLE a ADD COLUMN y int; SELECT 1; COMMIT;");
  const TransactionRecord& record = history.ended.back();
  ASSERT_EQ(record.steps.size(), 3U);
  bool found = false;
  for (const HeldLock& lock : record.locks) {
    if (lock.relation.name == "b") {
      EXPECT_TRUE(lock.new_here);
    }
    if (lock.relation.name != "a") continue;
    found = true;
    EXPECT_FALSE(lock.new_here);
    EXPECT_EQ(lock.mode, LockMode::AccessExclusive);
    EXPECT_EQ(lock.first, 1U);
    EXPECT_EQ(lock.last, 2U);
  }
  EXPECT_TRUE(found);
}

TEST(ReplayTransactions, WhatNothingMadeLeavesTheSchemaIncomplete) {
  History history;
  history.run("CREATE TABLE a (x int); DROP TABLE a; SELECT * FROM pg_class;");
  EXPECT_TRUE(history.catalog().is_complete("public"));
  history.run("ALTER TABLE elsewhere ADD COLUMN y int;");
  EXPECT_FALSE(history.catalog().is_complete("public"));
}

}  // namespace
}  // namespace migcheck
