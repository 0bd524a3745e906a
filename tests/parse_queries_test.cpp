// SPDX-License-Identifier: MIT

// Queries and expressions: their shape, their places, and that walking reaches all of them.

#include <gtest/gtest.h>

#include <map>

#include "support/parsed.hpp"

namespace migcheck {
namespace {

using test::Parsed;

// How many ColumnRefs of each name a walk over the statement meets.
std::map<std::string, int> columns_in(const ast::Statement& statement) {
  std::map<std::string, int> found;
  ast::walk(&statement, [&](const ast::Node& node) {
    if (const auto* column = ast::as<ast::ColumnRef>(&node)) ++found[std::string(column->column())];
    return true;
  });
  return found;
}

// Statements in which the columns c1, c2, … occur once each, without a gap.
class WalkReaches : public testing::TestWithParam<std::string> {};

TEST_P(WalkReaches, EveryColumnOnce) {
  const std::string& sql = GetParam();
  int written = 0;
  while (sql.find("c" + std::to_string(written + 1)) != std::string::npos) ++written;
  ASSERT_GT(written, 0);
  const Parsed parsed(sql);
  ASSERT_EQ(parsed.size(), 1u);
  ASSERT_NE(parsed.statement().kind, ast::NodeKind::Unparsable) << sql;
  const std::map<std::string, int> found = columns_in(parsed.statement());
  for (int number = 1; number <= written; ++number) {
    const auto column = found.find("c" + std::to_string(number));
    EXPECT_EQ(column == found.end() ? 0 : column->second, 1) << "c" << number << " in " << sql;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Statements, WalkReaches,
    testing::Values(
        "WITH w AS (SELECT c1 FROM a), x AS (DELETE FROM b WHERE c2 RETURNING c3) SELECT DISTINCT ON (c4) c5 "
        "AS z "
        "FROM d JOIN e ON c6, LATERAL (SELECT c7) f, g(c8) WHERE c9 GROUP BY c10 HAVING c11 WINDOW w AS "
        "(PARTITION "
        "BY c12 ORDER BY c13) ORDER BY c14 LIMIT c15 OFFSET c16",
        "SELECT c1 + c2, c3 = ANY (c4), c5 IN (c6, c7), c8 BETWEEN c9 AND c10, c11 LIKE c12, NULLIF(c13, "
        "c14), "
        "c15 IS NULL, c16 IS TRUE, NOT c17, (c18 AND c19) OR c20, c21::int, c22 COLLATE \"C\"",
        "SELECT CASE c1 WHEN c2 THEN c3 ELSE c4 END, coalesce(c5, c6), greatest(c7, c8), ROW(c9, c10), "
        "ARRAY[c11], "
        "c12[c13:c14], (c15).f, f(c16 ORDER BY c17) FILTER (WHERE c18) OVER (PARTITION BY c19), g(x => c20)",
        "SELECT EXISTS (SELECT c1), c2 IN (SELECT c3), c4 > ALL (SELECT c5), (SELECT c6), ARRAY(SELECT c7), "
        "grouping(c8) FROM t GROUP BY ROLLUP (c9), GROUPING SETS ((c10), (c11))",
        "SELECT c1 UNION ALL SELECT c2 EXCEPT SELECT c3 ORDER BY c4",
        "SELECT json_object('a': c1), json_array(c2, c3), json_query(c4, '$.a' PASSING c5 AS x), c6 IS JSON, "
        "json_arrayagg(c7 ORDER BY c8), json_objectagg('k' VALUE c9), json_scalar(c10)",
        "SELECT xmlelement(name a, xmlattributes(c1 AS b), c2), xmlforest(c3 AS x), xmlserialize(CONTENT c4 "
        "AS text)",
        "SELECT * FROM json_table(c1, '$[*]' COLUMNS (a int PATH '$.a')) j, xmltable('/a' PASSING c2 COLUMNS "
        "x int "
        "DEFAULT c3), t TABLESAMPLE system (c4), ROWS FROM (f(c5), g(c6))",
        "VALUES (1, 2), (c1, 3), (4, c2)",
        "INSERT INTO t (a, b) SELECT c1 FROM u ON CONFLICT (lower(c2)) WHERE c3 DO UPDATE SET a = c4, (b, d) "
        "= (c5, "
        "c6) WHERE c7 RETURNING c8",
        "UPDATE t SET a[c1] = c2, (b, d) = (SELECT c3, c4) FROM u WHERE c5 RETURNING c6",
        "DELETE FROM t USING u WHERE c1 RETURNING c2",
        "MERGE INTO t USING (SELECT c1) s ON c2 WHEN MATCHED AND c3 THEN UPDATE SET a = c4 WHEN NOT MATCHED "
        "THEN "
        "INSERT (a) VALUES (c5)",
        "CREATE TABLE t (a int DEFAULT (c1) CHECK (c2), b int GENERATED ALWAYS AS (c3) STORED, CHECK (c4), "
        "EXCLUDE "
        "USING gist ((c5) WITH =) WHERE (c6)) PARTITION BY RANGE ((c7))",
        "CREATE TABLE p PARTITION OF t FOR VALUES FROM (c1) TO (c2)",
        "ALTER TABLE t ALTER a TYPE text USING c1, ALTER b SET DEFAULT c2, ADD CHECK (c3), ADD d int DEFAULT "
        "c4",
        "CREATE INDEX i ON t ((c1), lower(c2)) WHERE c3", "CREATE VIEW v AS SELECT c1",
        "CREATE MATERIALIZED VIEW v AS SELECT c1", "CREATE POLICY p ON t USING (c1) WITH CHECK (c2)",
        "ALTER POLICY p ON t USING (c1) WITH CHECK (c2)",
        "CREATE RULE r AS ON INSERT TO t WHERE c1 DO INSTEAD (DELETE FROM u WHERE c2; SELECT c3)",
        "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN (c1) EXECUTE FUNCTION f()",
        "CREATE FUNCTION f(a int DEFAULT c1) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT c2; DELETE FROM t "
        "WHERE "
        "c3; END",
        "CREATE FUNCTION f() RETURNS int RETURN c1",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT c1; SELECT c2 $$",
        "DO $$ BEGIN IF c1 THEN DELETE FROM t WHERE c2; END IF; EXECUTE 'SELECT c3'; END $$",
        "CREATE DOMAIN d AS int DEFAULT c1 CHECK (c2)", "ALTER DOMAIN d ADD CHECK (c1)",
        "ALTER DOMAIN d SET DEFAULT c1", "CREATE STATISTICS s ON (c1), (c2) FROM t",
        "CREATE PUBLICATION p FOR TABLE t WHERE (c1), u WHERE (c2)", "COPY (SELECT c1) TO stdout",
        "COPY t FROM '/x' WHERE c1", "EXPLAIN SELECT c1", "PREPARE p AS SELECT c1", "EXECUTE p (c1, c2)",
        "CALL p(c1)", "DECLARE c CURSOR FOR SELECT c1", "CREATE SCHEMA s CREATE VIEW v AS SELECT c1"));

TEST(Places, ExpressionsRunFromTheirLeftmostToTheirRightmostPart) {
  const Parsed parsed(
      "SELECT a + b * 2 AS x, f(a, (b)), CAST(a AS numeric(10, 2)), 'it''s' || E'\\n', a.b IS NOT NULL, s.f "
      "(b, g(d)), "
      "CASE WHEN a THEN b END, EXISTS (SELECT 1), a IN (1, 2), a AT TIME ZONE 'UTC', -1, date '2024-01-01', "
      "x[1].y, *");
  const auto& items = parsed.as<ast::Select>().items;
  const char* expected[] = {"a + b * 2",
                            "f(a, (b))",
                            "CAST(a AS numeric(10, 2))",
                            "'it''s' || E'\\n'",
                            "a.b IS NOT NULL",
                            "s.f (b, g(d))",
                            "CASE WHEN a THEN b END",
                            "EXISTS (SELECT 1)",
                            "a IN (1, 2)",
                            "a AT TIME ZONE 'UTC'",
                            "-1",
                            "date '2024-01-01'",
                            "x[1].y",
                            "*"};
  ASSERT_EQ(items.size(), std::size(expected));
  for (std::size_t index = 0; index < items.size(); ++index) {
    EXPECT_EQ(parsed.text(items[index]->value->span), expected[index]);
  }
  EXPECT_EQ(parsed.text(items[0]->span), "a + b * 2 AS x");
  EXPECT_EQ(parsed.text(items[0]->alias.span), "x");
}

TEST(Places, ColumnNamesHaveAPlacePerPart) {
  const Parsed parsed("SELECT s . \"T\" . a FROM s.\"T\" AS u (x, y)");
  const auto& select = parsed.as<ast::Select>();
  const auto& column = *ast::as<ast::ColumnRef>(select.items[0]->value);
  ASSERT_EQ(column.parts.size(), 3u);
  EXPECT_EQ(column.table(), "T");
  EXPECT_EQ(parsed.text(column.parts[1].span), "\"T\"");
  EXPECT_EQ(parsed.text(column.parts[2].span), "a");
  const auto& table = *ast::as<ast::TableRef>(select.from[0]);
  EXPECT_EQ(parsed.text(table.relation.span), "s.\"T\"");
  EXPECT_EQ(parsed.text(table.alias.name.span), "u");
  EXPECT_EQ(parsed.text(table.alias.columns[1].span), "y");
  EXPECT_EQ(parsed.text(table.span), "s.\"T\" AS u (x, y)");
}

TEST(Places, QueriesInsideOthersHaveTheirOwn) {
  const Parsed parsed(
      "WITH w AS (SELECT 1) SELECT * FROM ((SELECT 2) UNION (SELECT 3)) AS d WHERE a IN ( SELECT b ) AND "
      "EXISTS (VALUES (1))");
  const auto& select = parsed.as<ast::Select>();
  EXPECT_EQ(parsed.text(select.with[0]->span), "w AS (SELECT 1)");
  EXPECT_EQ(parsed.text(select.with[0]->query->span), "SELECT 1");
  const auto& derived = *ast::as<ast::DerivedTable>(select.from[0]);
  EXPECT_EQ(parsed.text(derived.span), "((SELECT 2) UNION (SELECT 3)) AS d");
  EXPECT_EQ(parsed.text(derived.query->span), "(SELECT 2) UNION (SELECT 3)");
  EXPECT_EQ(parsed.text(derived.alias.name.span), "d");
  const auto& both = *ast::as<ast::BoolOperation>(select.where);
  EXPECT_EQ(parsed.text(ast::as<ast::SubQuery>(both.arguments[0])->query->span), "SELECT b");
  EXPECT_EQ(parsed.text(both.arguments[1]->span), "EXISTS (VALUES (1))");
}

TEST(Values, RowsOfConstantsAreOnlyCounted) {
  const Parsed parsed(
      "INSERT INTO t VALUES (1, 'a', NULL), (-2, true, '2024-01-01'::date), (3, now(), 4), (DEFAULT, 1, 1)");
  const ast::Select& source = *parsed.as<ast::Insert>().source;
  EXPECT_EQ(source.constant_rows, 2u);
  EXPECT_EQ(source.value_columns, 3u);
  ASSERT_EQ(source.values.size(), 2u);
  EXPECT_EQ(parsed.text(source.values[0][1]->span), "now()");
}

TEST(Values, RowsOfConstantsLeaveTheirDifferentShortStrings) {
  const Parsed parsed("INSERT INTO t VALUES (1, 'new'), (2, 'old'::mood), (3, 'new'), (4, '" +
                      std::string(64, 'x') + "'), (5, 7)");
  const ast::Select& source = *parsed.as<ast::Insert>().source;
  ASSERT_EQ(source.constant_texts.size(), 2u);
  EXPECT_EQ(source.constant_texts[0].text, "new");
  EXPECT_EQ(parsed.text(source.constant_texts[0].span), "'new'");
  EXPECT_EQ(source.constant_texts[1].text, "old");
  EXPECT_EQ(source.constant_texts[1].column, 1u);
}

TEST(Values, OfManyStringsTheFirstAreLeft) {
  std::string sql = "INSERT INTO t VALUES ('0', 'a')";
  for (int row = 1; row < 100; ++row) sql += ", ('" + std::to_string(row) + "', 'a')";
  const Parsed parsed(sql);
  const ast::Select& source = *parsed.as<ast::Insert>().source;
  EXPECT_EQ(source.constant_rows, 100u);
  EXPECT_EQ(source.constant_texts.size(), ast::ConstantText::kMostPerColumn + 1);
}

TEST(Constants, CarryTheirValues) {
  const Parsed parsed("SELECT 42, 1.5, 'x''y', true, NULL, B'101', 99999999999");
  const auto& items = parsed.as<ast::Select>().items;
  using Type = ast::Constant::Type;
  const Type types[] = {Type::Integer, Type::Float,     Type::String, Type::Boolean,
                        Type::Null,    Type::BitString, Type::Float};
  const char* texts[] = {"42", "1.5", "x'y", "true", "", "b101", "99999999999"};
  for (std::size_t index = 0; index < items.size(); ++index) {
    const auto& constant = *ast::as<ast::Constant>(items[index]->value);
    EXPECT_EQ(constant.type, types[index]) << index;
    EXPECT_EQ(constant.text, texts[index]);
  }
  EXPECT_EQ(ast::as<ast::Constant>(items[0]->value)->integer, 42);
}

TEST(Functions, GoByTheNameThatIsWritten) {
  const Parsed parsed(
      "SELECT extract(year FROM a), pg_catalog.set_config('a', 'b', false), count(*), count(DISTINCT a)");
  const auto& items = parsed.as<ast::Select>().items;
  EXPECT_EQ(ast::as<ast::FunctionCall>(items[0]->value)->name.schema, "");
  EXPECT_EQ(ast::as<ast::FunctionCall>(items[0]->value)->name.name, "extract");
  EXPECT_EQ(ast::as<ast::FunctionCall>(items[1]->value)->name.schema, "pg_catalog");
  EXPECT_TRUE(ast::as<ast::FunctionCall>(items[2]->value)->star);
  EXPECT_TRUE(ast::as<ast::FunctionCall>(items[3]->value)->distinct);
}

TEST(Parameters, GetTheirNamesBack) {
  ParseOptions options;
  options.parameter_names = {"tenant", "id"};
  const Parsed parsed("SELECT $2, $1, $3", options);
  const auto& items = parsed.as<ast::Select>().items;
  EXPECT_EQ(ast::as<ast::Parameter>(items[0]->value)->name, "id");
  EXPECT_EQ(ast::as<ast::Parameter>(items[1]->value)->name, "tenant");
  EXPECT_EQ(ast::as<ast::Parameter>(items[2]->value)->name, "");
}

}  // namespace
}  // namespace migcheck
