// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "replay/open_transaction.hpp"

namespace migcheck::replay {
namespace {

Step locking(catalog::ObjectId id, LockMode mode) {
  RelationSummary relation;
  relation.relation.id = id;
  relation.relation.name = id == catalog::kNoObject ? "unknown" : "t" + std::to_string(id);
  relation.lock = mode;
  Step step;
  step.relations = {relation};
  return step;
}

struct LocksTest : ::testing::Test {
  SessionState session;
  catalog::Catalog catalog;
  OpenTransaction transaction{1, TransactionKind::Explicit, session.mark()};

  void step(catalog::ObjectId id, LockMode mode) { transaction.add_step(locking(id, mode)); }
  [[nodiscard]] const std::vector<HeldLock>& locks() const { return transaction.record.locks; }
};

TEST_F(LocksTest, ALockIsHeldToTheEnd) {
  step(7, LockMode::AccessExclusive);
  step(8, LockMode::RowExclusive);
  ASSERT_EQ(locks().size(), 2U);
  EXPECT_EQ(locks()[0].last, HeldLock::kStillHeld);
  transaction.end(true);
  EXPECT_EQ(locks()[0].first, 0U);
  EXPECT_EQ(locks()[0].last, 1U);
  EXPECT_EQ(locks()[1].first, 1U);
}

TEST_F(LocksTest, AStrongerLockIsAnEntryOfItsOwnAndAWeakerOneIsNone) {
  step(7, LockMode::RowExclusive);
  step(7, LockMode::AccessExclusive);
  step(7, LockMode::RowExclusive);
  transaction.end(true);
  ASSERT_EQ(locks().size(), 2U);
  EXPECT_EQ(locks()[1].mode, LockMode::AccessExclusive);
  EXPECT_EQ(locks()[1].first, 1U);
  EXPECT_EQ(locks()[0].last, 2U);
}

TEST_F(LocksTest, WhatTheTransactionMadeStaysNewInItsNextChange) {
  Step made = locking(7, LockMode::AccessExclusive);
  made.relations[0].new_here = true;
  transaction.add_step(made);
  step(7, LockMode::ShareRowExclusive);
  step(8, LockMode::ShareRowExclusive);
  const std::vector<Step>& steps = transaction.record.steps;
  EXPECT_TRUE(steps[1].relations[0].new_here);
  EXPECT_FALSE(steps[2].relations[0].new_here);
}

TEST_F(LocksTest, RollbackToGivesBackWhatWasTakenSince) {
  step(7, LockMode::RowExclusive);
  transaction.savepoint("s", session);
  step(7, LockMode::AccessExclusive);
  step(8, LockMode::Share);
  ASSERT_TRUE(transaction.rollback_to("s", catalog, session));
  EXPECT_EQ(locks()[0].last, HeldLock::kStillHeld);
  EXPECT_EQ(locks()[1].last, 2U);
  EXPECT_EQ(locks()[2].last, 2U);
  // What was given back has to be taken anew.
  step(8, LockMode::Share);
  transaction.end(true);
  ASSERT_EQ(locks().size(), 4U);
  EXPECT_EQ(locks()[3].first, 3U);
  EXPECT_EQ(locks()[0].last, 3U);
}

TEST_F(LocksTest, ReleaseKeepsTheLocksForTheOuterSavepoint) {
  transaction.savepoint("outer", session);
  transaction.savepoint("inner", session);
  step(7, LockMode::Share);
  EXPECT_TRUE(transaction.release("inner"));
  EXPECT_FALSE(transaction.rollback_to("inner", catalog, session));
  EXPECT_EQ(locks()[0].last, HeldLock::kStillHeld);
  EXPECT_TRUE(transaction.rollback_to("outer", catalog, session));
  EXPECT_EQ(locks()[0].last, 0U);
}

TEST_F(LocksTest, TheLatestSavepointOfANameCounts) {
  transaction.savepoint("s", session);
  step(7, LockMode::Share);
  transaction.savepoint("s", session);
  step(8, LockMode::Share);
  EXPECT_TRUE(transaction.rollback_to("s", catalog, session));
  EXPECT_EQ(locks()[0].last, HeldLock::kStillHeld);
  EXPECT_EQ(locks()[1].last, 1U);
  EXPECT_TRUE(transaction.release("s"));
  EXPECT_TRUE(transaction.rollback_to("s", catalog, session));
  EXPECT_EQ(locks()[0].last, 1U);
}

TEST_F(LocksTest, RelationsThatTheHistoryDoesNotShowGoByName) {
  step(catalog::kNoObject, LockMode::Share);
  step(catalog::kNoObject, LockMode::Share);
  EXPECT_EQ(locks().size(), 1U);
}

}  // namespace
}  // namespace migcheck::replay
