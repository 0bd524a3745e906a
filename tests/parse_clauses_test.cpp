// SPDX-License-Identifier: MIT

#include "parse/clauses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace migcheck::parsing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

StatementTokens tokens_of(std::string_view text) {
  return StatementTokens(text, {0, static_cast<std::uint32_t>(text.size())});
}

using Finder = std::vector<Span> (*)(const StatementTokens&);
std::vector<std::string> found(Finder finder, std::string_view text) {
  std::vector<std::string> result;
  for (const Span span : finder(tokens_of(text))) result.emplace_back(text_of(text, span));
  return result;
}

TEST(ParseClauses, SubcommandsOfAlterTable) {
  EXPECT_THAT(found(alter_actions,
                    "ALTER TABLE IF EXISTS ONLY s.\"T\" * ADD a numeric(1, 2) DEFAULT f(1, 2), "
                    "DROP COLUMN b /* gone */, ALTER c TYPE int[] USING ARRAY[c, 1] ;"),
              ElementsAre("ADD a numeric(1, 2) DEFAULT f(1, 2)", "DROP COLUMN b",
                          "ALTER c TYPE int[] USING ARRAY[c, 1]"));
  EXPECT_THAT(found(alter_actions, "ALTER TABLE ONLY (t) RENAME TO u"), ElementsAre("RENAME TO u"));
  EXPECT_THAT(found(alter_actions, "ALTER MATERIALIZED VIEW m CLUSTER ON i"), ElementsAre("CLUSTER ON i"));
  EXPECT_THAT(found(alter_actions, "ALTER TYPE c ADD ATTRIBUTE a int, DROP ATTRIBUTE b"),
              ElementsAre("ADD ATTRIBUTE a int", "DROP ATTRIBUTE b"));
}

TEST(ParseClauses, ElementsOfATable) {
  EXPECT_THAT(found(table_elements,
                    "CREATE TEMP TABLE IF NOT EXISTS s.t (id int, CHECK (a IN (1, 2)), LIKE u) WITH (a = 1)"),
              ElementsAre("id int", "CHECK (a IN (1, 2))", "LIKE u"));
  EXPECT_THAT(
      found(table_elements, "CREATE TABLE p PARTITION OF s.t (PRIMARY KEY (id)) FOR VALUES IN (1, 2)"),
      ElementsAre("PRIMARY KEY (id)"));
  EXPECT_THAT(found(table_elements, "CREATE TABLE p PARTITION OF t FOR VALUES IN (1, 2)"), IsEmpty());
  EXPECT_THAT(found(table_elements, "CREATE TABLE t OF s.ty (a WITH OPTIONS DEFAULT 1)"),
              ElementsAre("a WITH OPTIONS DEFAULT 1"));
  EXPECT_THAT(found(table_elements, "CREATE TABLE t ()"), IsEmpty());
  EXPECT_THAT(found(table_elements, "CREATE FOREIGN TABLE f (a int) SERVER x"), ElementsAre("a int"));
}

TEST(ParseClauses, NamesOfADrop) {
  EXPECT_THAT(found(drop_names, "DROP TABLE IF EXISTS a, s.\"B\" CASCADE"), ElementsAre("a", "s.\"B\""));
  EXPECT_THAT(found(drop_names, "DROP FUNCTION f(int, text), g RESTRICT"), ElementsAre("f(int, text)", "g"));
  EXPECT_THAT(found(drop_names, "DROP INDEX CONCURRENTLY IF EXISTS i, j"), ElementsAre("i", "j"));
  EXPECT_THAT(found(drop_names, "DROP TABLE cascade"), ElementsAre("cascade"));
  EXPECT_THAT(found(drop_names, "DROP TRIGGER tr ON s.t CASCADE"), ElementsAre("tr ON s.t"));
  EXPECT_THAT(found(drop_names, "DROP OPERATOR CLASS c USING btree"), ElementsAre("c USING btree"));
  EXPECT_THAT(found(drop_names, "DROP ACCESS METHOD m"), ElementsAre("m"));
}

TEST(ParseClauses, RelationsOfMaintenance) {
  EXPECT_THAT(found(relation_items, "TRUNCATE TABLE ONLY a, s.b * RESTART IDENTITY CASCADE"),
              ElementsAre("ONLY a", "s.b *"));
  EXPECT_THAT(found(relation_items, "LOCK a, b IN SHARE MODE"), ElementsAre("a", "b"));
  EXPECT_THAT(found(relation_items, "VACUUM (FULL, ANALYZE) a (x, y), b"), ElementsAre("a (x, y)", "b"));
  EXPECT_THAT(found(relation_items, "VACUUM FULL VERBOSE a"), ElementsAre("a"));
  EXPECT_THAT(found(relation_items, "ANALYZE"), IsEmpty());
}

TEST(ParseClauses, KeywordsOfIndexes) {
  const std::string create = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS index ON t (a)";
  EXPECT_EQ(text_of(create, object_keyword(tokens_of(create))), "INDEX");
  EXPECT_EQ(object_keyword(tokens_of(create)).begin, 14u);
  EXPECT_EQ(text_of(create, concurrently_keyword(tokens_of(create))), "CONCURRENTLY");
  EXPECT_TRUE(concurrently_keyword(tokens_of("DROP INDEX \"concurrently\"")).empty());
  EXPECT_TRUE(object_keyword(tokens_of("SELECT 1")).empty());
}

TEST(ParseClauses, ClausesEndAtTheirLevel) {
  const std::string text = "CREATE TABLE t (a int DEFAULT f(1, 2) + g(3) NOT NULL, b int CHECK (b > (1)))";
  const StatementTokens tokens = tokens_of(text);
  const auto at = [&text](std::string_view needle) { return static_cast<std::uint32_t>(text.find(needle)); };
  EXPECT_EQ(text_of(text, tokens.clause(at("f(1"), {"NOT"})), "f(1, 2) + g(3)");
  EXPECT_EQ(text_of(text, tokens.clause(at("f(1"))), "f(1, 2) + g(3) NOT NULL");
  EXPECT_EQ(text_of(text, tokens.clause(at("b >"))), "b > (1)");
  EXPECT_EQ(text_of(text, tokens.clause(at("CREATE"))), text);
}

TEST(ParseClauses, KeywordsAreFoundOnTheirLevelOnly) {
  const std::string text = "SELECT (SELECT 1 FROM a) FROM b";
  const StatementTokens tokens = tokens_of(text);
  EXPECT_EQ(tokens.keyword("FROM").begin, text.rfind("FROM"));
  EXPECT_EQ(tokens.keyword("FROM", 2).begin, text.find("FROM"));
  EXPECT_TRUE(tokens.keyword("WHERE").empty());
  EXPECT_EQ(tokens.at(0), 0u);
  EXPECT_EQ(tokens.at(6), 1u);  // the blank before the parenthesis
  EXPECT_EQ(tokens.at(99), tokens.size());
}

TEST(ParseClauses, UnbalancedBracketsDoNoHarm) {
  for (const std::string text :
       {"ALTER TABLE t ADD a ((1, 2", "ALTER TABLE t ADD a ), b ](", "CREATE TABLE t (((", "DROP", "",
        "ALTER TABLE", "CREATE TABLE t (a int, ", "DROP TABLE a, CASCADE"}) {
    const StatementTokens tokens = tokens_of(text);
    for (const Finder finder : {alter_actions, table_elements, drop_names, relation_items}) {
      for (const Span span : finder(tokens)) EXPECT_LE(span.end, text.size()) << text;
    }
  }
  EXPECT_THAT(found(drop_names, "DROP TABLE a, CASCADE"), ElementsAre("a", "CASCADE"));
}

}  // namespace
}  // namespace migcheck::parsing
