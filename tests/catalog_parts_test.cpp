// SPDX-License-Identifier: MIT

#include "migcheck/catalog/parts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <string>

namespace migcheck::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Parts<int> counting(int count) {
  Parts<int> parts;
  for (int n = 0; n < count; ++n) parts.push_back(n);
  return parts;
}

std::vector<int> values(const Parts<int>& parts) {
  return {parts.begin(), parts.end()};
}

TEST(Parts, AreWhatAVectorWouldBe) {
  for (const int count : {0, 1, 31, 32, 33, 64, 65, 1000}) {
    const Parts<int> parts = counting(count);
    std::vector<int> wanted(static_cast<std::size_t>(count));
    std::iota(wanted.begin(), wanted.end(), 0);
    EXPECT_EQ(values(parts), wanted);
    EXPECT_EQ(parts.size(), wanted.size());
    EXPECT_EQ(parts.empty(), wanted.empty());
  }
  EXPECT_THAT((Parts<std::string>{"a", "b"}), ElementsAre("a", "b"));
  EXPECT_THAT(Parts<std::string>(std::vector<std::string>{"a", "b"}), ElementsAre("a", "b"));
}

TEST(Parts, OfACopyAreItsOwnOnceTheyAreWrittenTo) {
  const Parts<int> before = counting(70);
  Parts<int> after = before;
  after[40] = -1;
  after.push_back(70);
  EXPECT_EQ(values(before), values(counting(70)));
  EXPECT_EQ(after.size(), 71U);
  EXPECT_EQ(std::as_const(after)[40], -1);
  EXPECT_EQ(after.back(), 70);
  // What was not written to is the same memory.
  EXPECT_EQ(&std::as_const(after)[0], &before[0]);
  EXPECT_NE(&std::as_const(after)[40], &before[40]);
}

TEST(Parts, AreErasedWhereverTheyStand) {
  for (const int count : {1, 31, 32, 33, 100}) {
    for (int step = 1; step < 5; ++step) {
      const Parts<int> before = counting(count);
      Parts<int> after = before;
      std::vector<int> wanted = values(before);
      const auto goes = [&](int value) { return value % step == 0; };
      EXPECT_EQ(erase_if(after, goes), std::erase_if(wanted, goes));
      EXPECT_EQ(values(after), wanted);
      EXPECT_EQ(values(before), values(counting(count)));
    }
  }
}

TEST(Parts, ThatNothingIsErasedFromStayShared) {
  const Parts<int> before = counting(40);
  Parts<int> after = before;
  EXPECT_EQ(erase_if(after, [](int value) { return value < 0; }), 0U);
  EXPECT_EQ(&std::as_const(after)[39], &before[39]);
}

TEST(Parts, ThatAreNotMeantStayShared) {
  const Parts<int> before = counting(100);
  Parts<int> after = before;
  after.edit_if([](int value) { return value == 40; }, [](int& value) { value = -1; });
  EXPECT_EQ(std::as_const(after)[40], -1);
  EXPECT_EQ(&std::as_const(after)[0], &before[0]);
  EXPECT_EQ(&std::as_const(after)[99], &before[99]);
  std::vector<int> unshared;
  after.visit_unshared(before, [&](int value) { unshared.push_back(value); });
  EXPECT_EQ(unshared.size(), 32U);
  EXPECT_EQ(unshared[8], -1);
  before.visit_unshared({}, [&](int value) { unshared.push_back(value); });
  EXPECT_EQ(unshared.size(), 132U);
}

TEST(Parts, ThatWereMovedAwayAreEmptyAndCanBeFilledAgain) {
  Parts<int> from = counting(40);
  const Parts<int> to = std::move(from);
  EXPECT_EQ(to.size(), 40U);
  from.clear();
  EXPECT_THAT(from, IsEmpty());
  from.push_back(7);
  EXPECT_THAT(from, ElementsAre(7));
}

TEST(Parts, CanBeWalkedAndWrittenLikeAnyList) {
  Parts<int> parts = counting(65);
  for (int& value : parts) value *= 2;
  EXPECT_EQ(parts.end() - parts.begin(), 65);
  EXPECT_EQ(*(parts.begin() + 33), 66);
  EXPECT_EQ(std::find(parts.begin(), parts.end(), 66) - parts.begin(), 33);
  std::reverse(parts.begin(), parts.end());
  EXPECT_EQ(std::as_const(parts).front(), 128);
}

}  // namespace
}  // namespace migcheck::catalog
