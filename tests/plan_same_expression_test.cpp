// SPDX-License-Identifier: MIT
// Which expressions are one: by it PostgreSQL takes a partition's index for the parent's, and a check for a
// bound.
#include "plan/query/same_expression.hpp"

#include <gtest/gtest.h>

#include "support/parsed.hpp"
#include "support/planned.hpp"

namespace migcheck {
namespace {

const ast::Expression* check_of(const test::Parsed& parsed) {
  const auto& alter = parsed.as<ast::AlterTable>();
  return alter.actions.empty() || alter.actions[0]->constraint == nullptr
             ? nullptr
             : alter.actions[0]->constraint->expression;
}

struct Pair {
  std::string one;
  std::string other;
};
class Expressions : public testing::TestWithParam<Pair> {
 protected:
  static bool are_same(const std::string& one, const std::string& other) {
    const test::Parsed a("ALTER TABLE t ADD CHECK (" + one + ")");
    const test::Parsed b("ALTER TABLE t ADD CHECK (" + other + ")");
    EXPECT_NE(check_of(a), nullptr) << one;
    EXPECT_NE(check_of(b), nullptr) << other;
    return plan::same_expression(check_of(a), check_of(b));
  }
};

TEST_P(Expressions, DifferInOneThing) {
  EXPECT_FALSE(are_same(GetParam().one, GetParam().other));
  EXPECT_FALSE(are_same(GetParam().other, GetParam().one));
  EXPECT_TRUE(are_same(GetParam().one, GetParam().one));
  EXPECT_TRUE(are_same(GetParam().other, GetParam().other));
}

INSTANTIATE_TEST_SUITE_P(
    Pairs, Expressions,
    testing::Values(Pair{"a = 1", "a = 2"}, Pair{"a = 1", "a = '1'"}, Pair{"a = 1", "b = 1"},
                    Pair{"a > 1", "a >= 1"}, Pair{"a = ANY (b)", "a = ALL (b)"}, Pair{"a AND b", "a OR b"},
                    Pair{"NOT a", "a"}, Pair{"a IS NULL", "a IS NOT NULL"}, Pair{"a IS TRUE", "a IS FALSE"},
                    Pair{"a IN (1, 2)", "a NOT IN (1, 2)"}, Pair{"a IN (1, 2)", "a IN (1, 2, 3)"},
                    Pair{"a BETWEEN 1 AND 2", "a NOT BETWEEN 1 AND 2"},
                    Pair{"a BETWEEN 1 AND 2", "a BETWEEN SYMMETRIC 1 AND 2"},
                    Pair{"greatest(a, b) > 1", "least(a, b) > 1"}, Pair{"lower(a) = b", "upper(a) = b"},
                    Pair{"a::int = 1", "a::bigint = 1"}, Pair{"a::int[] = b", "a::int = b"},
                    Pair{"a::varchar(3) = b", "a::varchar(4) = b"},
                    Pair{"a COLLATE \"C\" = b", "a COLLATE \"de_DE\" = b"},
                    Pair{"CASE a WHEN b THEN c END", "CASE WHEN a THEN b ELSE c END"},
                    Pair{"(a).x = 1", "(a).y = 1"}, Pair{"a[1] = 1", "a[2] = 1"},
                    Pair{"a[1:] = b", "a[:1] = b"}, Pair{"a = current_date", "a = localtime"},
                    Pair{"coalesce(a, b)", "coalesce(b, a)"}));

TEST(SameExpression, is_not_misled_by_parentheses_and_qualifiers) {
  const test::Parsed bare("ALTER TABLE t ADD CHECK (a > 1 AND (b))");
  const test::Parsed qualified("ALTER TABLE t ADD CHECK ((t.a > (1)) AND t.b)");
  EXPECT_TRUE(plan::same_expression(check_of(bare), check_of(qualified)));
  EXPECT_FALSE(plan::same_expression(check_of(bare), nullptr));
  EXPECT_TRUE(plan::same_expression(nullptr, nullptr));
}

// PostgreSQL 15: the partition gets an index of its own beside the one that looks alike.
TEST(SameExpression, an_index_on_another_field_is_not_the_parents) {
  test::Planned world;
  world.run(
      "CREATE TYPE pair AS (x int, y int); CREATE TABLE p (k int, c pair) PARTITION BY LIST (k);"
      "CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1); CREATE INDEX on_y ON p_1 (((c).y));"
      "CREATE TABLE p_2 PARTITION OF p FOR VALUES IN (2); CREATE INDEX on_x ON p_2 (((c).x));"
      "CREATE INDEX ON p (((c).x));");
  EXPECT_EQ(world.catalog.indexes_of(world.table("p_1")->id).size(), 2U);
  EXPECT_EQ(world.catalog.indexes_of(world.table("p_2")->id).size(), 1U);
}

}  // namespace
}  // namespace migcheck
