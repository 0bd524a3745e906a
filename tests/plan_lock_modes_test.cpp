// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "migcheck/plan.hpp"

namespace migcheck {
namespace {

// As measured with LOCK TABLE against LOCK TABLE NOWAIT: for each mode held, who has to wait.
TEST(PlanLockModes, conflict_as_on_a_server) {
  const char* const kWaits[9] = {"", "8", "78", "5678", "45678", "34678", "345678", "2345678", "12345678"};
  for (int held = 0; held <= 8; ++held) {
    std::string waits;
    for (int wanted = 1; wanted <= 8; ++wanted) {
      if (conflicts(static_cast<LockMode>(held), static_cast<LockMode>(wanted)))
        waits += std::to_string(wanted);
    }
    EXPECT_EQ(waits, kWaits[held]) << pg_name(static_cast<LockMode>(held));
  }
}

TEST(PlanLockModes, have_both_of_their_names) {
  EXPECT_EQ(to_string(LockMode::ShareRowExclusive), "SHARE ROW EXCLUSIVE");
  EXPECT_EQ(pg_name(LockMode::ShareRowExclusive), "ShareRowExclusiveLock");
}

TEST(PlanSummary, adds_up_the_effects_on_a_relation) {
  Plan plan;
  plan.effects.resize(3);
  plan.effects[0] = {{7, "public", "t"}, LockMode::Share, false, true, {"a"}};
  plan.effects[1] = {{7, "public", "t"}, LockMode::RowShare, true, false, {"a", "b"}};
  plan.effects[2] = {{8, "public", "u"}, LockMode::AccessShare};
  const auto summaries = summarize(plan);
  ASSERT_EQ(summaries.size(), 2U);
  EXPECT_EQ(summaries[0].lock, LockMode::Share);
  EXPECT_TRUE(summaries[0].rewrite);
  EXPECT_TRUE(summaries[0].scan);
  EXPECT_EQ(summaries[0].builds, (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(summaries[1].scan);
}

}  // namespace
}  // namespace migcheck
