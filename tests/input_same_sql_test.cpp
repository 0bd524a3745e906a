// SPDX-License-Identifier: MIT

#include "input/same_sql.hpp"

#include <gtest/gtest.h>

namespace migcheck::input {
namespace {

TEST(SameSql, CommentsAndWhiteSpaceAreNoSql) {
  EXPECT_EQ(change_between("SELECT 1;", "SELECT 1;"), FileChange::Same);
  EXPECT_EQ(change_between("SELECT 1;", "-- one\nSELECT  /* two */ 1;\n"), FileChange::Reworded);
  EXPECT_EQ(change_between("SELECT 1;", "SELECT 2;"), FileChange::Edited);
}

TEST(SameSql, WhatStandsInStringsIs) {
  EXPECT_EQ(change_between("SELECT 'a b';", "SELECT 'a  b';"), FileChange::Edited);
  EXPECT_EQ(change_between("SELECT '-- a';", "SELECT '-- b';"), FileChange::Edited);
  EXPECT_EQ(change_between("SELECT $$ a $$;", "SELECT $$ a  $$;"), FileChange::Edited);
}

TEST(SameSql, WordsStayApart) {
  EXPECT_EQ(change_between("DROP TABLE a b;", "DROP TABLE ab;"), FileChange::Edited);
  EXPECT_EQ(change_between("SELECT/**/1;", "SELECT 1;"), FileChange::Reworded);
}

}  // namespace
}  // namespace migcheck::input
