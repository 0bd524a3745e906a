// SPDX-License-Identifier: MIT
// What a partition that was detached CONCURRENTLY keeps as its CHECK, as PostgreSQL 15 writes it.
#include <gtest/gtest.h>

#include "migcheck/ast/print.hpp"
#include "support/planned.hpp"

namespace migcheck {
namespace {

using test::Planned;

// "name: expression" of the checks that the partition `c` of `p` has when it is on its own.
std::vector<std::string> checks_of(const Planned& world, std::string_view table) {
  std::vector<std::string> checks;
  for (const catalog::Constraint& constraint : world.table(table)->constraints) {
    if (constraint.kind != catalog::ConstraintKind::Check) continue;
    checks.push_back(constraint.name + ": " + ast::to_sql(constraint.expression).value_or("(none)"));
  }
  return checks;
}

struct Case {
  std::string columns;
  std::string key;
  std::string bound;
  std::string check;  // "": none
};
class DetachedConcurrently : public testing::TestWithParam<Case> {};

TEST_P(DetachedConcurrently, KeepsItsBoundAsACheck) {
  const Case& one = GetParam();
  Planned world;
  world.run("CREATE TABLE p (" + one.columns + ") PARTITION BY " + one.key +
            "; CREATE TABLE c PARTITION OF p FOR VALUES " + one.bound +
            "; ALTER TABLE p DETACH PARTITION c CONCURRENTLY;");
  EXPECT_EQ(world.table("c")->partition_of, catalog::kNoObject);
  const std::vector<std::string> expected =
      one.check.empty() ? std::vector<std::string>{} : std::vector<std::string>{one.check};
  EXPECT_EQ(checks_of(world, "c"), expected);
}

INSTANTIATE_TEST_SUITE_P(
    Bounds, DetachedConcurrently,
    testing::Values(
        Case{"k int", "LIST (k)", "IN (1)", "c_k_check: (k IS NOT NULL) AND (k = 1)"},
        Case{"k int", "LIST (k)", "IN (2, 3)", "c_k_check: (k IS NOT NULL) AND (k = ANY ('{\"2\",\"3\"}'))"},
        Case{"k int", "LIST (k)", "IN (NULL)", "c_k_check: k IS NULL"},
        Case{"k int", "LIST (k)", "IN (5, NULL)", "c_k_check: (k IS NULL) OR (k = 5)"},
        Case{"k text", "LIST (k)", "IN ('a\"b', 'c\\d', 'e')",
             "c_k_check: (k IS NOT NULL) AND (k = ANY ('{\"a\\\"b\",\"c\\\\d\",\"e\"}'))"},
        Case{"k boolean", "LIST (k)", "IN (true)", "c_k_check: (k IS NOT NULL) AND k"},
        Case{"k boolean", "LIST (k)", "IN (false)", "c_k_check: (k IS NOT NULL) AND (NOT k)"},
        Case{"k boolean", "LIST (k)", "IN (true, false)",
             "c_k_check: (k IS NOT NULL) AND (k = ANY ('{\"true\",\"false\"}'))"},
        Case{"a int, b int", "RANGE (a, b)", "FROM (1, 5) TO (1, 9)",
             "c_check: (a IS NOT NULL) AND (b IS NOT NULL) AND (a = 1) AND (b >= 5) AND (b < 9)"},
        Case{"a int, b int", "RANGE (a, b)", "FROM (2, 5) TO (3, 9)",
             "c_check: (a IS NOT NULL) AND (b IS NOT NULL) AND ((a > 2) OR ((a = 2) AND (b >= 5))) AND "
             "((a < 3) OR ((a = 3) AND (b < 9)))"},
        Case{"a int, b int", "RANGE (a, b)", "FROM (4, MINVALUE) TO (5, MAXVALUE)",
             "c_check: (a IS NOT NULL) AND (b IS NOT NULL) AND (a >= 4) AND (a <= 5)"},
        Case{"a int, b int", "RANGE (a, b)", "FROM (6, MAXVALUE) TO (7, MINVALUE)",
             "c_check: (a IS NOT NULL) AND (b IS NOT NULL) AND (a > 6) AND (a < 7)"},
        Case{"a int, b int", "RANGE (a, b)", "FROM (MINVALUE, MINVALUE) TO (0, 0)",
             "c_check: (a IS NOT NULL) AND (b IS NOT NULL) AND ((a < 0) OR ((a = 0) AND (b < 0)))"},
        Case{"a int, b int", "RANGE (a, b)", "FROM (9, 9) TO (MAXVALUE, MAXVALUE)",
             "c_check: (a IS NOT NULL) AND (b IS NOT NULL) AND ((a > 9) OR ((a = 9) AND (b >= 9)))"},
        Case{"t text, n int", "RANGE (lower(t), n)", "FROM ('a', 1) TO ('b', 2)",
             "c_check: (lower(t) IS NOT NULL) AND (n IS NOT NULL) AND ((lower(t) > 'a') OR ((lower(t) = 'a') "
             "AND "
             "(n >= 1))) AND ((lower(t) < 'b') OR ((lower(t) = 'b') AND (n < 2)))"},
        Case{"k int", "HASH (k)", "WITH (MODULUS 2, REMAINDER 0)", ""}));

TEST(DetachedPartition, keeps_the_bounds_of_all_that_are_above_it) {
  Planned world;
  world.run(
      "CREATE TABLE p (a int, b int) PARTITION BY LIST (a);"
      "CREATE TABLE q PARTITION OF p FOR VALUES IN (1) PARTITION BY RANGE (b);"
      "CREATE TABLE c PARTITION OF q FOR VALUES FROM (0) TO (10);"
      "ALTER TABLE q DETACH PARTITION c CONCURRENTLY;");
  EXPECT_EQ(checks_of(world, "c"),
            std::vector<std::string>{
                "c_check: (a IS NOT NULL) AND (a = 1) AND (b IS NOT NULL) AND (b >= 0) AND (b < 10)"});
}

TEST(DetachedPartition, needs_no_check_where_one_and_not_null_say_as_much) {
  Planned world;
  world.run(
      "CREATE TABLE p (k int) PARTITION BY RANGE (k); CREATE TABLE c PARTITION OF p FOR VALUES FROM (0) TO "
      "(10);"
      "CREATE TABLE d PARTITION OF p FOR VALUES FROM (10) TO (20);"
      "ALTER TABLE c ADD CONSTRAINT own CHECK (k >= 0 AND k < 10), ALTER k SET NOT NULL;"
      "ALTER TABLE d ADD CONSTRAINT own CHECK (k >= 10 AND k < 20);"
      "ALTER TABLE p DETACH PARTITION c CONCURRENTLY; ALTER TABLE p DETACH PARTITION d CONCURRENTLY;");
  EXPECT_EQ(checks_of(world, "c"), std::vector<std::string>{"own: (k >= 0) AND (k < 10)"});
  EXPECT_EQ(checks_of(world, "d"),
            (std::vector<std::string>{"own: (k >= 10) AND (k < 20)",
                                      "d_k_check: (k IS NOT NULL) AND (k >= 10) AND (k < 20)"}));
}

TEST(DetachedPartition, keeps_nothing_when_it_is_detached_at_once) {
  Planned world;
  world.run(
      "CREATE TABLE p (k int) PARTITION BY LIST (k); CREATE TABLE c PARTITION OF p FOR VALUES IN (1);"
      "ALTER TABLE p DETACH PARTITION c;");
  EXPECT_EQ(checks_of(world, "c"), std::vector<std::string>{});
}

}  // namespace
}  // namespace migcheck
