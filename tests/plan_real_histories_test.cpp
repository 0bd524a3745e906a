// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "replay_history.hpp"

// Turns that real histories take, and where PostgreSQL 15 ends up with them.

namespace migcheck {
namespace {

using ::migcheck::testing::History;

TEST(PlanRealHistories, AFunctionInSqlMayStandInAnIndexWithoutBeingImmutable) {
  History history;
  history.run(
      "CREATE TABLE t (name text);"
      "CREATE FUNCTION canon(text) RETURNS text AS $$ SELECT lower($1) $$ LANGUAGE sql;"
      "CREATE INDEX i ON t (canon(name));");
  EXPECT_EQ(history.catalog().objects(catalog::ObjectKind::Index).size(), 1U);
  EXPECT_FALSE(history.ended.back().failed);
}

TEST(PlanRealHistories, AnEnumThatBecameTextStillHoldsTheDefault) {
  History history;
  history.run(
      "CREATE TYPE currency AS ENUM ('EUR', 'USD');"
      "CREATE TABLE t (c currency DEFAULT 'USD', other currency);"
      "ALTER TABLE t ALTER c TYPE text; ALTER TABLE t ALTER other TYPE text;"
      "DROP TYPE currency CASCADE;");
  ASSERT_TRUE(history.has("t"));
  ASSERT_EQ(history.table("t")->columns.size(), 2U);
  EXPECT_EQ(history.table("t")->columns[0].default_value, nullptr);
  EXPECT_TRUE(history.catalog().objects(catalog::ObjectKind::Type).empty());
}

}  // namespace
}  // namespace migcheck
