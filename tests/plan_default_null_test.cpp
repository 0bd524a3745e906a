// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "replay_history.hpp"

namespace migcheck {
namespace {

using ::migcheck::testing::History;

// As pg_attribute.atthasdef says after the same statements on PostgreSQL 15.
TEST(PlanDefaultNull, IsNoDefaultUnlessTheTypeHasWorkToDo) {
  History history;
  history.run(
      "CREATE DOMAIN d AS int DEFAULT 5;"
      "CREATE TABLE t (a int DEFAULT NULL, b varchar(10) DEFAULT NULL, c varchar DEFAULT NULL::varchar,"
      " e d DEFAULT NULL, g text DEFAULT NULL::varchar(5), h int DEFAULT 3);"
      "ALTER TABLE t ALTER h SET DEFAULT NULL;");
  const catalog::Table* table = history.table("t");
  ASSERT_NE(table, nullptr);
  for (const char* name : {"a", "c", "h"}) EXPECT_EQ(table->column(name)->default_value, nullptr) << name;
  for (const char* name : {"b", "e", "g"}) EXPECT_NE(table->column(name)->default_value, nullptr) << name;
}

}  // namespace
}  // namespace migcheck
