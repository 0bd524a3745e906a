// SPDX-License-Identifier: MIT

#include "migcheck/ast/print.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "migcheck/parse.hpp"

namespace migcheck {
namespace {

// The query as it is printed; "-" where it is not.
std::string printed(const std::string& sql) {
  SourceFile source;
  source.path = "test.sql";
  source.text = sql;
  const ParsedFile file = parse(std::move(source), {});
  const auto* select = file.statements.all().size() == 1 ? ast::as<ast::Select>(file.statements[0]) : nullptr;
  return ast::to_sql(select).value_or("-");
}

TEST(Print, BracketsStandAroundWhatIsNoSingleWord) {
  EXPECT_EQ(
      printed("select a+b*2 n from s.t x where not c is null and d in (1,'it''s') or e between 1 and -2"),
      "SELECT a + (b * 2) AS n FROM s.t AS x WHERE ((NOT (c IS NULL)) AND (d IN (1, 'it''s'))) OR "
      "(e BETWEEN 1 AND (-2))");
}

// Printing what was printed changes nothing: it reads as the same tree.
TEST(Print, IsReadBackAsTheSameTree) {
  for (
      const char* sql : {
          "SELECT a + b * 2, (a + b) * 2, -a, - (-1), a::numeric(10,2)::text[], 'it''s', E'\\\\t', B'01', "
          "NULL, true",
          "SELECT \"Odd\", \"select\", left(a, 1), \"position\"(a, b), s.f(VARIADIC x), count(*), "
          "count(DISTINCT a)",
          "SELECT a FROM t WHERE a = ANY (ARRAY[1, 2]) AND b LIKE 'x%' ESCAPE '!' AND c IS DISTINCT FROM d",
          "SELECT CASE a WHEN 1 THEN 'x' ELSE 'y' END, CASE WHEN a > 1 THEN b END, COALESCE(a, b), "
          "GREATEST(a, b)",
          "SELECT x[1], x[1:2], (y).z, (y).*, ROW(1, 2), ARRAY[[1], [2]], NULLIF(a, b), a COLLATE \"C\"",
          "SELECT EXTRACT(year FROM a), a AT TIME ZONE 'UTC', POSITION('x' IN a), SUBSTRING(a FROM 1 FOR 2), "
          "TRIM(BOTH 'x' FROM a), OVERLAY(a PLACING 'x' FROM 1)",
          "SELECT current_timestamp(3), current_user, interval '1 day', 'x'::interval(3), a IS NOT TRUE",
          "SELECT DISTINCT ON (a) a, sum(b) FILTER (WHERE c) OVER (PARTITION BY d ORDER BY e DESC NULLS "
          "LAST) FROM t",
          "WITH x (a) AS MATERIALIZED (SELECT 1) SELECT * FROM x, LATERAL (SELECT x.a) y WHERE EXISTS "
          "(SELECT 1 FROM z)",
          "SELECT a FROM t LEFT JOIN u ON t.a = u.a JOIN v USING (b) CROSS JOIN w GROUP BY a HAVING count(*) "
          "> 1",
          "SELECT a FROM t UNION ALL SELECT b FROM u ORDER BY 1 LIMIT 10 OFFSET 5",
          "SELECT * FROM ONLY t, f(1) WITH ORDINALITY AS g (a, b), ROWS FROM (f(1), g(2)) h",
          "SELECT a IN (SELECT b FROM c), a > ALL (SELECT 1), (SELECT 1), ARRAY(SELECT 1), a OPERATOR(s.+) b",
      }) {
    const std::string once = printed(sql);
    EXPECT_NE(once, "-") << sql;
    EXPECT_EQ(printed(once), once) << sql;
  }
}

TEST(Print, WhatTheTreeDoesNotHoldInFullIsNotPrinted) {
  EXPECT_EQ(printed("SELECT xmlelement(name a, b)"), "-");
  EXPECT_EQ(printed("SELECT sum(a) OVER (ORDER BY b ROWS UNBOUNDED PRECEDING) FROM t"), "-");
  EXPECT_EQ(printed("SELECT * FROM (VALUES (1), (2)) v"), "-");
  std::string deep = "a";
  for (int level = 0; level < 20000; ++level) deep += " || a";
  EXPECT_EQ(printed("SELECT " + deep), "-");
}

TEST(Print, NamesAreQuotedWhereTheyMustBe) {
  EXPECT_EQ(ast::quoted_name("users"), "users");
  EXPECT_EQ(ast::quoted_name("Users"), "\"Users\"");
  EXPECT_EQ(ast::quoted_name("user"), "\"user\"");
  EXPECT_EQ(ast::quoted_name("char"), "\"char\"");
  EXPECT_EQ(ast::quoted_name("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(ast::quoted_name("1a"), "\"1a\"");
  EXPECT_EQ(ast::quoted_name(""), "\"\"");
}

}  // namespace
}  // namespace migcheck
