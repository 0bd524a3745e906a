// SPDX-License-Identifier: MIT
// ALTER TYPE … RENAME VALUE reaches every expression in which the label is the enum's, and no other string.
// (What PostgreSQL keeps is held against servers by fixtures/histories/renamed-labels.)
#include <gmock/gmock.h>

#include "migcheck/ast/print.hpp"
#include "plan/type/array_text.hpp"
#include "support/planned.hpp"

namespace migcheck {
namespace {

using test::Planned;

std::string sql(const ast::Node* tree) {
  return ast::to_sql(tree).value_or("(none)");
}

// A world with the enum, the tables that `made` makes, and 'sad' called 'blue'.
struct Renamed : Planned {
  explicit Renamed(const std::string& made) {
    run("CREATE TYPE mood AS ENUM ('sad', 'ok', 'fine');" + made +
        "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';");
  }
  [[nodiscard]] std::string default_of(std::string_view column) const {
    return sql(table("t")->column(column)->default_value);
  }
};

struct Check {
  std::string written;
  std::string kept;
};
class LabelInCheck : public testing::TestWithParam<Check> {};

TEST_P(LabelInCheck, FollowsWhereItIsTheEnums) {
  const Renamed world("CREATE TABLE t (m mood, n mood, other text, CONSTRAINT c CHECK (" +
                      GetParam().written + "));");
  ASSERT_NE(world.table("t")->constraint("c"), nullptr);
  EXPECT_EQ(sql(world.table("t")->constraint("c")->expression), GetParam().kept);
}

INSTANTIATE_TEST_SUITE_P(
    Expressions, LabelInCheck,
    testing::Values(Check{"m <> 'sad'", "m <> 'blue'"}, Check{"'sad' <> m", "'blue' <> m"},
                    Check{"m <> 'ok'", "m <> 'ok'"}, Check{"m = n", "m = n"},
                    Check{"m IN ('sad', 'ok')", "m IN ('blue', 'ok')"},
                    Check{"m BETWEEN 'sad' AND 'ok'", "m BETWEEN 'blue' AND 'ok'"},
                    Check{"m IS DISTINCT FROM 'sad'", "m IS DISTINCT FROM 'blue'"},
                    Check{"coalesce(m, 'sad') <> 'sad'", "COALESCE(m, 'blue') <> 'blue'"},
                    Check{"greatest(m, 'sad') <> n", "GREATEST(m, 'blue') <> n"},
                    Check{"CASE m WHEN 'sad' THEN true ELSE false END",
                          "CASE m WHEN 'blue' THEN true ELSE false END"},
                    Check{"m = ANY (ARRAY['sad', 'ok']::mood[])", "m = ANY (ARRAY['blue', 'ok']::mood[])"},
                    Check{"m = ANY ('{sad,ok}')", "m = ANY ('{\"blue\",ok}')"},
                    Check{"other <> 'sad'", "other <> 'sad'"},
                    Check{"m::text <> 'sad'", "(m::text) <> 'sad'"},
                    Check{"other IN ('sad') OR m = 'sad'", "(other IN ('sad')) OR (m = 'blue')"}));

TEST(LabelRename, follows_in_defaults_by_the_type_of_the_column) {
  const Renamed world(
      "CREATE TABLE t (m mood DEFAULT 'sad', c mood DEFAULT 'sad'::mood, a mood[] DEFAULT '{sad,ok}',"
      " b mood[] DEFAULT ARRAY['sad']::mood[], other text DEFAULT 'sad', g boolean GENERATED ALWAYS AS (m = "
      "'sad') "
      "STORED);");
  EXPECT_EQ(world.default_of("m"), "'blue'");
  EXPECT_EQ(world.default_of("c"), "'blue'::mood");
  EXPECT_EQ(world.default_of("a"), "'{\"blue\",ok}'");
  EXPECT_EQ(world.default_of("b"), "ARRAY['blue']::mood[]");
  EXPECT_EQ(world.default_of("other"), "'sad'");
  EXPECT_EQ(world.default_of("g"), "m = 'blue'");
}

TEST(LabelRename, follows_in_indexes_triggers_and_policies) {
  const Renamed world(
      "CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
      "CREATE TABLE t (id int, m mood);"
      "CREATE INDEX i ON t ((m = 'sad')) WHERE m <> 'sad';"
      "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (new.m = 'sad') EXECUTE FUNCTION tf();"
      "CREATE POLICY p ON t USING (m = 'sad') WITH CHECK (m <> 'sad');");
  const auto* index = world.relation<catalog::Index>("i");
  EXPECT_EQ(sql(index->keys[0].expression), "m = 'blue'");
  EXPECT_EQ(sql(index->predicate), "m <> 'blue'");
  const catalog::Table& table = *world.table("t");
  EXPECT_EQ(sql(table.triggers.front().when), "new.m = 'blue'");
  EXPECT_EQ(sql(table.policies.front().using_expression), "m = 'blue'");
  EXPECT_EQ(sql(table.policies.front().check_expression), "m <> 'blue'");
}

TEST(LabelRename, follows_in_bounds_of_the_enum_s_key_only) {
  const Renamed world(
      "CREATE TABLE l (m mood) PARTITION BY LIST (m); CREATE TABLE l_1 PARTITION OF l FOR VALUES IN ('sad', "
      "'ok');"
      "CREATE TABLE r (x text, m mood) PARTITION BY RANGE (x, m);"
      "CREATE TABLE r_1 PARTITION OF r FOR VALUES FROM ('sad', 'sad') TO ('sad', 'ok');");
  const ast::PartitionBound& list = *world.table("l_1")->bound;
  EXPECT_EQ(sql(list.values[0]), "'blue'");
  EXPECT_EQ(sql(list.values[1]), "'ok'");
  const ast::PartitionBound& range = *world.table("r_1")->bound;
  EXPECT_EQ(sql(range.from[0]), "'sad'");
  EXPECT_EQ(sql(range.from[1]), "'blue'");
  EXPECT_EQ(sql(range.to[0]), "'sad'");
  EXPECT_EQ(sql(range.to[1]), "'ok'");
}

TEST(LabelRename, follows_through_domains) {
  const Renamed world(
      "CREATE DOMAIN feeling AS mood DEFAULT 'sad' CHECK (VALUE <> 'sad'); CREATE DOMAIN deep AS feeling;"
      "CREATE TABLE t (f feeling DEFAULT 'sad', d deep DEFAULT 'sad');");
  const catalog::Type& domain = *world.catalog.type("public", "feeling", {});
  EXPECT_EQ(sql(domain.default_value), "'blue'");
  EXPECT_EQ(sql(domain.constraints.front().expression), "value <> 'blue'");
  EXPECT_EQ(world.default_of("f"), "'blue'");
  EXPECT_EQ(world.default_of("d"), "'blue'");
}

TEST(LabelRename, leaves_tables_without_the_enum_alone) {
  const Renamed world("CREATE TABLE t (m text DEFAULT 'sad', CONSTRAINT c CHECK (m <> 'sad'));");
  EXPECT_EQ(world.default_of("m"), "'sad'");
  EXPECT_EQ(sql(world.table("t")->constraint("c")->expression), "m <> 'sad'");
}

TEST(ArrayText, changes_whole_elements_and_keeps_the_rest) {
  using plan::with_element;
  EXPECT_EQ(with_element("{a,b}", "a", "c"), R"({"c",b})");
  EXPECT_EQ(with_element(R"({"a",{b,a}})", "a", "c"), R"({"c",{b,"c"}})");
  EXPECT_EQ(with_element(R"({"a,b",aa,NULL})", "a", "c"), R"({"a,b",aa,NULL})");
  EXPECT_EQ(with_element(R"({"x\"y",x\"y})", "x\"y", "z\\"), R"({"z\\","z\\"})");
  EXPECT_EQ(with_element("{}", "a", "c"), "{}");
  EXPECT_EQ(with_element(R"({"a)", "a", "c"), R"({"c")");
  EXPECT_EQ(with_element("{a\\", "a\\", "c"), R"({"c")");
}

}  // namespace
}  // namespace migcheck
