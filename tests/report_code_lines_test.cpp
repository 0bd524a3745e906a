// SPDX-License-Identifier: MIT

#include "report/code_lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace migcheck::report {
namespace {

using ::testing::ElementsAre;

TEST(CodeLines, WhatFitsStays) {
  EXPECT_THAT(code_lines("SELECT 1;  -- one", 40), ElementsAre("SELECT 1;  -- one"));
  EXPECT_THAT(code_lines("", 40), ElementsAre(""));
}

TEST(CodeLines, BreakAtBlanksAndIndentWhatFollows) {
  EXPECT_THAT(code_lines("ALTER TABLE projects ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;", 40),
              ElementsAre("ALTER TABLE projects ADD CONSTRAINT c", "    CHECK (a IS NOT NULL) NOT VALID;"));
}

TEST(CodeLines, PutTheRemarkBefore) {
  EXPECT_THAT(code_lines("ALTER TABLE projects VALIDATE CONSTRAINT c;  -- in a later transaction", 45),
              ElementsAre("-- in a later transaction", "ALTER TABLE projects VALIDATE CONSTRAINT c;"));
}

TEST(CodeLines, NeverBreakInsideQuotes) {
  EXPECT_THAT(code_lines("SELECT 'a b c d e f g h i j k l m n -- o p' AS x;", 20),
              ElementsAre("SELECT", "    'a b c d e f g h i j k l m n -- o p'", "    AS x;"));
}

TEST(CodeLines, LeaveALongWordWhole) {
  EXPECT_THAT(code_lines("a_word_that_is_longer_than_the_width_allows b", 10),
              ElementsAre("a_word_that_is_longer_than_the_width_allows", "    b"));
}

}  // namespace
}  // namespace migcheck::report
