// SPDX-License-Identifier: MIT

#include "migcheck/catalog/parts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace migcheck::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Named {
  std::string name;
  int value = 0;
};

Parts<Named> counting(int count) {
  Parts<Named> parts;
  for (int n = 0; n < count; ++n) parts.push_back({"p" + std::to_string(n), n});
  return parts;
}

std::vector<int> values(const Parts<Named>& parts) {
  std::vector<int> found;
  for (const Named& part : parts) found.push_back(part.value);
  return found;
}

std::vector<int> up_to(int count) {
  std::vector<int> numbers;
  for (int n = 0; n < count; ++n) numbers.push_back(n);
  return numbers;
}

std::vector<int> with_key(const Parts<Named>& parts, std::string_view key) {
  std::vector<int> found;
  parts.visit(key, [&](const Named& part) { found.push_back(part.value); });
  return found;
}

// How many values of the one are in nodes that the other one does not have.
std::size_t unshared(const Parts<Named>& parts, const Parts<Named>& other) {
  std::size_t count = 0;
  parts.visit_unshared(other, [&](const Named&) { ++count; });
  return count;
}

TEST(Parts, AreListedInTheOrderInWhichTheyCame) {
  for (const int count : {0, 1, 31, 32, 33, 64, 65, 1000, 1024, 1025, 2100}) {
    const Parts<Named> parts = counting(count);
    EXPECT_EQ(values(parts), up_to(count));
    EXPECT_EQ(parts.size(), static_cast<std::size_t>(count));
    EXPECT_EQ(parts.empty(), count == 0);
    if (count == 0) continue;
    EXPECT_EQ(parts.front().value, 0);
    EXPECT_EQ(parts.back().value, count - 1);
  }
}

TEST(Parts, AreFoundByTheirKey) {
  for (const int count : {1, 32, 33, 3000}) {
    const Parts<Named> parts = counting(count);
    for (int n = 0; n < count; ++n) EXPECT_EQ(parts.find("p" + std::to_string(n))->value, n);
    EXPECT_EQ(parts.find("p" + std::to_string(count)), nullptr);
    EXPECT_EQ(parts.find("p0", [](const Named& part) { return part.value > 0; }), nullptr);
  }
}

TEST(Parts, MayHaveOneKeyOrNone) {
  Parts<Named> parts;
  for (int n = 0; n < 100; ++n) parts.push_back({n % 3 == 0 ? "" : n % 3 == 1 ? "one" : "two", n});
  EXPECT_EQ(with_key(parts, "").size(), 34U);
  EXPECT_EQ(with_key(parts, "one").front(), 1);
  EXPECT_EQ(with_key(parts, "two").back(), 98);
  EXPECT_EQ(parts.erase("one", [](const Named& part) { return part.value > 1; }), 32U);
  EXPECT_THAT(with_key(parts, "one"), ElementsAre(1));
  EXPECT_EQ(parts.erase(""), 34U);
  EXPECT_THAT(with_key(parts, ""), IsEmpty());
}

TEST(Parts, OfACopyAreItsOwnOnceTheyAreWrittenTo) {
  const Parts<Named> before = counting(70);
  Parts<Named> after = before;
  after.edit("p40", [](Named& part) { part.value = -1; });
  after.push_back({"p70", 70});
  EXPECT_EQ(values(before), up_to(70));
  EXPECT_EQ(after.size(), 71U);
  EXPECT_EQ(after.find("p40")->value, -1);
  EXPECT_EQ(after.back().value, 70);
  EXPECT_EQ(before.find("p70"), nullptr);
  // What was not written to is the same memory.
  EXPECT_EQ(after.find("p0"), before.find("p0"));
  EXPECT_NE(after.find("p40"), before.find("p40"));
}

TEST(Parts, AreFoundByTheKeyThatTheyGot) {
  Parts<Named> parts = counting(100);
  parts.edit("p40", [](Named& part) { part.name = "other"; });
  EXPECT_EQ(parts.find("p40"), nullptr);
  EXPECT_EQ(parts.find("other")->value, 40);
  parts.edit_if([](const Named& part) { return part.value == 41; }, [](Named& part) { part.name = "other"; });
  EXPECT_THAT(with_key(parts, "other"), ElementsAre(40, 41));
  parts.edit_all([](Named& part) { part.name = std::to_string(part.value); });
  EXPECT_THAT(with_key(parts, "other"), IsEmpty());
  EXPECT_EQ(parts.find("41")->value, 41);
}

TEST(Parts, AreErasedWhereverTheyStand) {
  for (const int count : {1, 31, 32, 33, 100, 1100}) {
    for (int step = 1; step < 5; ++step) {
      const Parts<Named> before = counting(count);
      Parts<Named> after = before;
      std::vector<int> wanted = values(before);
      EXPECT_EQ(erase_if(after, [&](const Named& part) { return part.value % step == 0; }),
                std::erase_if(wanted, [&](int value) { return value % step == 0; }));
      EXPECT_EQ(values(after), wanted);
      EXPECT_EQ(values(before), up_to(count));
      for (const int value : wanted) EXPECT_EQ(after.find("p" + std::to_string(value))->value, value);
      EXPECT_EQ(after.find("p0"), nullptr);
    }
  }
}

TEST(Parts, ThatComeAndGoTakeNoMoreRoomThanThoseThatStay) {
  Parts<Named> parts = counting(10);
  for (int n = 10; n < 5000; ++n) {
    parts.push_back({"p" + std::to_string(n), n});
    EXPECT_EQ(parts.erase("p" + std::to_string(n - 10)), 1U);
  }
  EXPECT_EQ(values(parts).front(), 4990);
  EXPECT_EQ(parts.size(), 10U);
  // All of them are in one node.
  const Parts<Named> before = parts;
  parts.edit("p4995", [](Named& part) { part.value = 0; });
  EXPECT_EQ(unshared(parts, before), 10U);
}

// Of thousands a statement changes one: it must not matter how many there are.
TEST(Parts, ThatAreNotWrittenToAreNotVisited) {
  const Parts<Named> before = counting(5000);
  Parts<Named> after = before;
  EXPECT_EQ(unshared(after, before), 0U);
  after.edit("p40", [](Named& part) { part.value = -1; });
  EXPECT_EQ(unshared(after, before), 32U);
  EXPECT_EQ(unshared(before, after), 32U);
  EXPECT_EQ(after.erase("p4000"), 1U);
  EXPECT_EQ(unshared(after, before), 63U);
  EXPECT_EQ(unshared(before, {}), 5000U);
  EXPECT_EQ(erase_if(after, [](const Named& part) { return part.value < -1; }), 0U);
  EXPECT_EQ(unshared(after, before), 63U);
}

// A tree that has grown higher holds the lower one as its first part.
TEST(Parts, AreSharedWithWhatWasSmaller) {
  for (const int count : {32, 1024}) {
    const Parts<Named> before = counting(count);
    Parts<Named> after = before;
    after.push_back({"new", count});
    EXPECT_EQ(unshared(after, before), 1U);
    EXPECT_EQ(unshared(before, after), 0U);
  }
}

TEST(Parts, ThatWereMovedAwayAreEmptyAndCanBeFilledAgain) {
  for (const int count : {5, 40}) {
    Parts<Named> from = counting(count);
    const Parts<Named> to = std::move(from);
    EXPECT_EQ(to.size(), static_cast<std::size_t>(count));
    from.clear();
    EXPECT_TRUE(from.empty());
    from.push_back({"seven", 7});
    EXPECT_THAT(values(from), ElementsAre(7));
    EXPECT_EQ(from.find("seven")->value, 7);
  }
}

}  // namespace
}  // namespace migcheck::catalog
