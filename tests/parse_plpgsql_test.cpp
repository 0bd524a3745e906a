// SPDX-License-Identifier: MIT

#include "parse/plpgsql.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>
#include <vector>

namespace migcheck::parsing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = BodyItem::Kind;

constexpr std::uint32_t kBase = 1000;  // where the body stands in its file

PlpgsqlBody read(const std::string& text) {
  DerivedText body;
  body.append_verbatim(text, kBase);
  return read_plpgsql(body);
}

// The items as words: flags, kind and text, "maybe looped sql: SELECT 1".
std::vector<std::string> described(const std::string& text, bool with_expressions = false) {
  std::vector<std::string> result;
  for (const BodyItem& item : read(text).items) {
    if (item.kind == Kind::Expression && !with_expressions) continue;
    std::string words = item.maybe ? "maybe " : "";
    if (item.looped) words += "looped ";
    if (item.dynamic) words += "dynamic ";
    words += item.kind == Kind::Sql          ? item.sql.text
             : item.kind == Kind::Expression ? "= " + item.sql.text
                                             : "? " + std::string(item.reason);
    result.push_back(words);
  }
  return result;
}

std::string at(const std::string& text, Span span) {
  return text.substr(span.begin - kBase, span.size());
}

TEST(ParsePlpgsql, StaticStatementsStandWhereTheyAre) {
  const std::string text =
      "\nDECLARE\n  n int := 1;\nBEGIN\n  CREATE TABLE t (a int); -- c\n  UPDATE t SET a = 1;\nEND\n";
  const PlpgsqlBody body = read(text);
  ASSERT_EQ(body.items.size(), 3u);
  EXPECT_EQ(body.items[0].sql.text, "SELECT 1");
  EXPECT_EQ(at(text, body.items[0].span), "1");
  EXPECT_EQ(body.items[1].sql.text, "CREATE TABLE t (a int)");
  EXPECT_EQ(at(text, body.items[1].span), "CREATE TABLE t (a int)");
  EXPECT_EQ(at(text, to_origin(body.items[2].sql.map, {7, 8})), "t");
  ASSERT_EQ(body.variables.size(), 1u);
  EXPECT_EQ(body.variables[0].name, "n");
  EXPECT_EQ(at(text, body.variables[0].span), "n");
}

TEST(ParsePlpgsql, BranchesMayRun) {
  EXPECT_THAT(described("BEGIN IF a THEN x; ELSIF b THEN y; ELSE z; END IF; "
                        "CASE a WHEN 1, 2 THEN c; ELSE d; END CASE; e; END"),
              ElementsAre("maybe x", "maybe y", "maybe z", "maybe c", "maybe d", "e"));
  EXPECT_THAT(described("BEGIN BEGIN a; EXCEPTION WHEN duplicate_object OR others THEN b; END; c; END;"),
              ElementsAre("maybe a", "maybe b", "c"));
}

TEST(ParsePlpgsql, WhatFollowsAConditionalReturnMayRun) {
  EXPECT_THAT(described("BEGIN a; IF c THEN RETURN; END IF; b; END"), ElementsAre("a", "maybe b"));
  EXPECT_THAT(described("BEGIN IF c THEN RAISE EXCEPTION 'x'; END IF; b; END"), ElementsAre("b"));
  EXPECT_THAT(described("BEGIN LOOP a; EXIT WHEN c; b; END LOOP; d; END"),
              ElementsAre("looped a", "maybe looped b", "d"));
}

TEST(ParsePlpgsql, LoopsMayRunMoreThanOnce) {
  EXPECT_THAT(
      described("BEGIN WHILE a LOOP b; END LOOP; FOR r IN SELECT 1 FROM t LOOP c; END LOOP; "
                "FOR i IN REVERSE n..1 LOOP d; END LOOP; FOR i IN 1..2 LOOP e; END LOOP; END"),
      ElementsAre("maybe looped b", "SELECT 1 FROM t", "maybe looped c", "maybe looped d", "looped e"));
  const PlpgsqlBody body = read("BEGIN FOR i IN 1..n LOOP a; END LOOP; END");
  ASSERT_EQ(body.variables.size(), 1u);
  EXPECT_EQ(body.variables[0].name, "i");
}

TEST(ParsePlpgsql, PerformAndIntoBecomePlainSql) {
  const std::string text =
      "BEGIN PERFORM f(1) FROM t; SELECT a, b INTO STRICT x, r.y FROM t; "
      "INSERT INTO t VALUES (1) RETURNING id INTO x; WITH w AS (SELECT 1) MERGE INTO t USING w ON a; END";
  EXPECT_THAT(described(text), ElementsAre("SELECT  f(1) FROM t", "SELECT a, b                    FROM t",
                                           "INSERT INTO t VALUES (1) RETURNING id       ",
                                           "WITH w AS (SELECT 1) MERGE INTO t USING w ON a"));
  const PlpgsqlBody body = read(text);
  EXPECT_EQ(at(text, to_origin(body.items[1].sql.map, {36, 37})), "t");
}

TEST(ParsePlpgsql, ExpressionsAreSelects) {
  EXPECT_THAT(
      described("DECLARE a int DEFAULT 1; b CONSTANT text = 'x'; BEGIN a := a + 1; b.c[1] = (SELECT 2); "
                "IF a > 1 THEN RAISE NOTICE 'x %', a USING HINT = f(b); END IF; ASSERT a = 2, 'm'; "
                "RETURN count(*) FROM t; END",
                true),
      ElementsAre("= SELECT 1", "= SELECT 'x'", "= SELECT a + 1", "= SELECT (SELECT 2)", "= SELECT a > 1",
                  "maybe = SELECT a", "maybe = SELECT f(b)", "= SELECT a = 2", "= SELECT 'm'",
                  "= SELECT count(*) FROM t"));
}

TEST(ParsePlpgsql, CursorsAndDiagnosticsAreRead) {
  EXPECT_THAT(
      described(
          "DECLARE c NO SCROLL CURSOR (k int) FOR SELECT * FROM t WHERE a = k; d refcursor; n int; BEGIN "
          "OPEN c(1); FETCH NEXT FROM c INTO n; MOVE c; CLOSE c; OPEN d FOR SELECT 1; "
          "OPEN d FOR EXECUTE 'SELECT 2'; GET DIAGNOSTICS n = ROW_COUNT; NULL; "
          "FOR r IN c(2) LOOP b; END LOOP; COMMIT; CALL p(n); END"),
      ElementsAre("maybe SELECT * FROM t WHERE a = k", "SELECT 1", "dynamic SELECT 2", "maybe looped b",
                  "COMMIT", "CALL p(n)"));
}

TEST(ParsePlpgsql, ReturnQueryIsAQuery) {
  EXPECT_THAT(
      described("BEGIN RETURN QUERY SELECT 1; RETURN QUERY EXECUTE 'SELECT ' || 2; RETURN NEXT r; a; END"),
      ElementsAre("SELECT 1", "dynamic SELECT 2", "a"));
}

TEST(ParsePlpgsql, ConstantExecuteIsFollowed) {
  const std::string text = "BEGIN EXECUTE 'CREATE INDEX ' || quote_ident('I') || ' ON t (''a'')'; END";
  EXPECT_THAT(described(text), ElementsAre("dynamic CREATE INDEX \"I\" ON t ('a')"));
  const PlpgsqlBody body = read(text);
  EXPECT_EQ(at(text, body.items[0].span), text.substr(6, text.size() - 11));
  const auto index = static_cast<std::uint32_t>(body.items[0].sql.text.find("INDEX"));
  EXPECT_EQ(at(text, to_origin(body.items[0].sql.map, {index, index + 5})), "INDEX");
  const auto a = static_cast<std::uint32_t>(body.items[0].sql.text.find("a'"));
  EXPECT_EQ(to_origin(body.items[0].sql.map, {a, a + 1}).begin - kBase, text.find("a''"));
}

TEST(ParsePlpgsql, FormatWorksAsInPostgres) {
  const auto format = [](const std::string& arguments) {
    return described("BEGIN EXECUTE format(" + arguments + "); END").at(0);
  };
  EXPECT_EQ(format("'a %s %I %L %%', 'x y', 'Tab', 'it''s'"), "dynamic a x y \"Tab\" 'it''s' %");
  EXPECT_EQ(format("'%2$s-%1$s-%s', 'a', 'b'"), "dynamic b-a-b");
  EXPECT_EQ(format("'[%5s][%-5s]', 'a', 'b'"), "dynamic [    a][b    ]");
  EXPECT_EQ(format("'%s|%L', NULL, NULL"), "dynamic |NULL");
  EXPECT_EQ(format("'%I %I %I', 'select', 'a1', '1a'"), "dynamic \"select\" a1 \"1a\"");
  EXPECT_EQ(format("'%L', E'a\\\\b'"), "dynamic E'a\\\\b'");
  EXPECT_EQ(format("$f$ALTER TABLE %I$f$, 't'::text"), "dynamic ALTER TABLE t");
  for (const std::string wrong :
       {"'%s'", "'%x', 'a'", "'%I', NULL", "'%', 'a'", "'%s', now()", "'%0$s', 'a'"}) {
    EXPECT_EQ(format(wrong), "? EXECUTE of a text that is put together when it runs") << wrong;
  }
}

TEST(ParsePlpgsql, OnlyWhatKeepsATextIsFollowed) {
  const auto executed = [](const std::string& expression) {
    return described("BEGIN EXECUTE " + expression + "; END").at(0);
  };
  EXPECT_EQ(executed("'a' || 1.50 || '7'::int || CAST('b' AS pg_catalog.text)"), "dynamic a1.507b");
  EXPECT_EQ(executed("concat_ws(', ', 'a', NULL, upper('b'))"), "dynamic a, B");
  EXPECT_EQ(executed("E'a' || U&'\\0062' || ('c' || $$d$$)"), "dynamic abcd");
  for (const std::string unknown : {"'int'::regtype", "'abc'::varchar(2)", "'TRUE'::boolean", "'a' || 1e3",
                                    "0xFF", "'a' || NULL", "my.format('a')", "'a' + 'b'", "x", "'a' 1"}) {
    EXPECT_EQ(executed(unknown), "? EXECUTE of a text that is put together when it runs") << unknown;
  }
}

TEST(ParsePlpgsql, LoopsOverLiteralListsAreUnrolled) {
  const std::vector<std::string> loops = {
      "FOREACH t IN ARRAY ARRAY['a','B']",
      "FOREACH t IN ARRAY '{a,\"B\"}'::text[]",
      "FOREACH t IN ARRAY string_to_array('a,B', ',')",
      "FOR t IN SELECT unnest(ARRAY['a','B']::text[])",
      "FOR t IN SELECT * FROM unnest(ARRAY['a','B']) AS x",
      "FOR t IN SELECT x FROM unnest('{a,B}'::text[]) x",
      "FOR t IN VALUES ('a'), ('B')",
      "FOR t IN SELECT v.name FROM (VALUES ('a', 1), ('B', 2)) AS v(name, n)",
      "FOREACH t IN ARRAY names",
      "FOREACH t IN ARRAY ARRAY['a'] || ARRAY['B']",
  };
  for (const std::string& loop : loops) {
    EXPECT_THAT(
        described("DECLARE t text; names text[] := ARRAY['a','B']; BEGIN " + loop +
                  " LOOP EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t); b; END LOOP; END")
            .back(),
        "dynamic ALTER TABLE \"B\" ENABLE ROW LEVEL SECURITY")
        << loop;
    const std::vector<std::string> items =
        described("DECLARE t text; names text[] := ARRAY['a','B']; BEGIN " + loop +
                  " LOOP EXECUTE 'x ' || t; b; END LOOP; END");
    EXPECT_EQ(std::vector<std::string>(items.end() - 3, items.end()),
              (std::vector<std::string>{"dynamic x a", "looped b", "dynamic x B"}))
        << loop;
  }
}

TEST(ParsePlpgsql, RecordsAndSeveralVariablesHoldRows) {
  EXPECT_THAT(
      described("DECLARE r record; BEGIN FOR r IN SELECT * FROM (VALUES ('a','x'),('b','y')) v(t, c) LOOP "
                "EXECUTE format('%I.%I', r.t, r.c); END LOOP; END")
          .back(),
      "dynamic b.y");
  EXPECT_THAT(described("BEGIN FOR x, y IN VALUES ('a','b') LOOP EXECUTE x || y; END LOOP; END").back(),
              "dynamic ab");
  EXPECT_THAT(described("BEGIN FOR i IN 1..3 LOOP EXECUTE 'p' || i; END LOOP; END"),
              ElementsAre("dynamic p1", "dynamic p2", "dynamic p3"));
  EXPECT_THAT(described("BEGIN FOR i IN REVERSE 4..1 BY 3 LOOP EXECUTE 'p' || i; END LOOP; END"),
              ElementsAre("dynamic p4", "dynamic p1"));
}

TEST(ParsePlpgsql, VariablesHoldWhatTheyWereGiven) {
  EXPECT_THAT(
      described("DECLARE s text := 'a'; BEGIN EXECUTE s; s := s || 'b'; EXECUTE s; "
                "IF c THEN s := 'z'; END IF; EXECUTE s; END"),
      ElementsAre("dynamic a", "dynamic ab", "? EXECUTE of a text that is put together when it runs"));
  EXPECT_THAT(described("DECLARE s text := 'a'; BEGIN SELECT x INTO s FROM t; EXECUTE s; END").back(),
              "? EXECUTE of a text that is put together when it runs");
  EXPECT_THAT(described("DECLARE s text := 'a'; BEGIN WHILE c LOOP EXECUTE s; s := 'b'; END LOOP; END"),
              ElementsAre("maybe looped ? EXECUTE of a text that is put together when it runs"));
  EXPECT_THAT(
      described(
          "DECLARE s text := 'a'; BEGIN DECLARE s text; BEGIN s := 'b'; EXECUTE s; END; EXECUTE s; END"),
      ElementsAre("dynamic b", "dynamic a"));
}

TEST(ParsePlpgsql, ExecuteOfDataIsOpaque) {
  const std::string text =
      "BEGIN FOR r IN SELECT * FROM pg_tables LOOP EXECUTE format('DROP TABLE %I', r.t) USING 1; "
      "END LOOP; END";
  const PlpgsqlBody body = read(text);
  const BodyItem& last = body.items.back();
  EXPECT_EQ(last.kind, Kind::Opaque);
  EXPECT_TRUE(last.maybe && last.looped);
  EXPECT_EQ(at(text, last.span), "EXECUTE format('DROP TABLE %I', r.t) USING 1");
}

TEST(ParsePlpgsql, NestedBodiesAndDefinitionsStayWhole) {
  EXPECT_THAT(described("BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END; "
                        "CREATE FUNCTION g() RETURNS void LANGUAGE plpgsql AS $f$ BEGIN a; END $f$; "
                        "CREATE RULE r AS ON INSERT TO t DO (a; b); c; END"),
              ElementsAre("CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END",
                          "CREATE FUNCTION g() RETURNS void LANGUAGE plpgsql AS $f$ BEGIN a; END $f$",
                          "CREATE RULE r AS ON INSERT TO t DO (a; b)", "c"));
}

TEST(ParsePlpgsql, LabelsAndOptionsAreSteppedOver) {
  EXPECT_THAT(
      described("\n#variable_conflict use_column\n<<outer>>\nDECLARE a ALIAS FOR $1; BEGIN <<l>> LOOP "
                "EXIT outer WHEN x; END LOOP l; b; END outer;"),
      ElementsAre("maybe b"));
}

TEST(ParsePlpgsql, BrokenBodiesAreOpaqueFromThere) {
  EXPECT_THAT(described("BEGIN a; IF b THEN c; END LOOP; d; END"),
              ElementsAre("maybe a", "maybe c", "maybe ? the body is no valid PL/pgSQL from here on"));
  EXPECT_THAT(described("BEGIN a; SELECT (1; END"),
              ElementsAre("maybe a", "maybe ? the body ends in the middle of this statement"));
  EXPECT_THAT(described("BEGIN a; EXECUTE (('a'); END"),
              ElementsAre("maybe a", "maybe ? the body is no valid PL/pgSQL from here on"));
  EXPECT_THAT(described("BEGIN EXECUTE; END"), ElementsAre("maybe ? EXECUTE has no text from here on"));
  EXPECT_THAT(described("SELECT 1"), ElementsAre("maybe ? the body does not begin with DECLARE or BEGIN"));
  EXPECT_THAT(described("BEGIN a; END; b;"),
              ElementsAre("maybe a", "maybe ? something stands behind the end of the body"));
  EXPECT_THAT(described("BEGIN a; 'b"),
              ElementsAre("maybe ? a string, quoted name or comment in the body is never closed"));
  EXPECT_THAT(described("BEGIN a;"), ElementsAre("maybe a", "maybe ? the body ends before its END"));
  EXPECT_THAT(described(""), ElementsAre("maybe ? the body does not begin with DECLARE or BEGIN"));
}

TEST(ParsePlpgsql, DepthAndTurnsAreLimited) {
  std::string deep = "BEGIN ";
  for (int n = 0; n < 5'000; ++n) deep += "IF a THEN ";
  EXPECT_THAT(described(deep).back(), "maybe ? the body is nested too deeply from here on");
  std::string nested = "BEGIN ";
  for (const char name : std::string("abcdefgh")) nested += std::string("FOR ") + name + " IN 1..900 LOOP ";
  nested += "EXECUTE a || b || h;";
  for (int n = 0; n < 8; ++n) nested += "END LOOP;";
  EXPECT_LT(described(nested + "END").size(), 200'000u);
  EXPECT_THAT(described("BEGIN FOR i IN 1..5000 LOOP EXECUTE 'a' || i; END LOOP; END"),
              ElementsAre("maybe looped ? EXECUTE in a loop with too many turns to follow"));
  std::string doubling = "DECLARE s text := 'x'; BEGIN ";
  for (int n = 0; n < 60; ++n) doubling += "s := s || s;";
  EXPECT_THAT(described(doubling + "EXECUTE s; END").back(),
              "? EXECUTE of a text that is put together when it runs");
}

// Bodies cut, doubled and shuffled: whatever comes out, spans stay inside and time stays short.
TEST(ParsePlpgsql, GarbageDoesNoHarm) {
  const std::string seed =
      "<<a>> DECLARE r record; t text := 'x'; BEGIN IF a THEN b; ELSIF c THEN d; END IF; FOREACH t IN ARRAY "
      "ARRAY['a','b'] LOOP EXECUTE format('%I', t) INTO x USING 1, 2; END LOOP; FOR r IN SELECT * FROM "
      "(VALUES "
      "('a', 1)) v(x, y) LOOP x[1] := r.x; CONTINUE WHEN y; END LOOP; SELECT 1 INTO STRICT a.b FROM t; RAISE "
      "NOTICE 'x %', a USING HINT = 'b'; RETURN QUERY EXECUTE $q$SELECT 1$q$; EXCEPTION WHEN others THEN "
      "NULL; "
      "END a;";
  std::mt19937 random(7);  // NOLINT: the same sequence on every run
  const auto pick = [&random](std::size_t below) { return static_cast<std::size_t>(random() % below); };
  const auto start = std::chrono::steady_clock::now();
  for (int round = 0; round < 4'000; ++round) {
    std::string text = seed;
    for (std::size_t change = 0; change <= pick(4); ++change) {
      const std::size_t begin = pick(text.size());
      const std::string piece = seed.substr(pick(seed.size()), pick(40));
      if (pick(2) == 0) text.erase(begin, pick(30));
      text.insert(std::min(begin, text.size()), piece);
    }
    const PlpgsqlBody body = read(text);
    for (const BodyItem& item : body.items) {
      ASSERT_GE(item.span.begin, kBase) << text;
      ASSERT_LE(item.span.begin, item.span.end) << text;
      ASSERT_LE(item.span.end, kBase + text.size()) << text;
      ASSERT_EQ(item.kind == Kind::Opaque, !item.reason.empty()) << text;
    }
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

}  // namespace
}  // namespace migcheck::parsing
