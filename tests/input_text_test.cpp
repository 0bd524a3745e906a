// SPDX-License-Identifier: MIT

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "input/dialect.hpp"
#include "input/glob.hpp"
#include "input/natural_order.hpp"
#include "input/placeholders.hpp"
#include "input/psql.hpp"
#include "input/read_file.hpp"
#include "input/sql_text.hpp"
#include "input/stand_ins.hpp"
#include "input/template_branches.hpp"
#include "support/temporary_project.hpp"

namespace migcheck::input {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for_each_statement(text, [&](const StatementText& statement) { words.push_back(statement.words); });
  return words;
}

std::string filled(std::string_view text, PlaceholderStyle style = PlaceholderStyle::Migration) {
  SourceFile source;
  source.text = text;
  leave_out_other_databases(source);
  fill_placeholders(source, style);
  return source.text;
}

TEST(SqlText, StatementsEndAtSemicolonsOutsideOfQuotes) {
  EXPECT_THAT(
      words_of("SELECT ';', \"a;\" /* ; /* ; */ ; */; -- ;\n DO $x$ ; $$ ; $x$; SELECT E'\\';' FROM t"),
      ElementsAre("select ';', \"a;\"", "do $x$ ; $$ ; $x$", "select e'\\';' from t"));
}

TEST(SqlText, RulesKeepTheirParenthesesTogether) {
  EXPECT_EQ(words_of("CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2); SELECT 3").size(), 2u);
}

TEST(SqlText, CopyDataAndPsqlLinesAreNoStatements) {
  EXPECT_THAT(words_of("\\set x 1;2\nCOPY t (a) FROM stdin;\n';1\n\\.\nSELECT 1;"),
              ElementsAre("copy t (a) from stdin", "select 1"));
}

TEST(SqlText, DollarsInNamesAndParametersOpenNoQuote) {
  EXPECT_EQ(words_of("SELECT a$b$ ; SELECT $1 ; SELECT 1").size(), 3u);
}

TEST(NaturalOrder, NumbersCompareAsNumbers) {
  EXPECT_LT(compare_naturally("2_b", "10_a"), 0);
  EXPECT_LT(compare_naturally("a/z", "a-b/a"), 0);
  EXPECT_LT(compare_naturally("v18446744073709551617", "v18446744073709551618"), 0);
  EXPECT_NE(compare_naturally("01", "1"), 0);
}

TEST(NaturalOrder, IsFoundWhetherBytesHaveItOrNot) {
  std::vector<std::string> dates = {"20240201_b.sql", "20240101_c.sql", "20240101_a.sql"};
  sort_naturally(dates);
  EXPECT_EQ(dates, (std::vector<std::string>{"20240101_a.sql", "20240101_c.sql", "20240201_b.sql"}));
  std::vector<std::string> numbers = {"10_a.sql", "a-b/1.sql", "9_b.sql", "a/2.sql", "1_c.sql"};
  sort_naturally(numbers);
  EXPECT_EQ(numbers, (std::vector<std::string>{"1_c.sql", "9_b.sql", "10_a.sql", "a/2.sql", "a-b/1.sql"}));
}

TEST(NaturalOrder, VersionsComparePartByPart) {
  EXPECT_LT(compare_versions("1_9", "1.10"), 0);
  EXPECT_EQ(compare_versions("1", "1.0"), 0);
  EXPECT_LT(compare_versions("1.9.9", "2"), 0);
}

TEST(Glob, StarsClassesAndBraces) {
  EXPECT_TRUE(glob_matches("**/seed/**", "db/seed/a.sql"));
  EXPECT_TRUE(glob_matches("db/**/*.sql", "db/a.sql"));
  EXPECT_FALSE(glob_matches("db/*.sql", "db/x/a.sql"));
  EXPECT_TRUE(glob_matches("{a,b}/[0-9]?.sql", "b/1x.sql"));
  EXPECT_FALSE(glob_matches("[!0-9].sql", "1.sql"));
  EXPECT_TRUE(is_excluded({"seed"}, "db/seed/a/b.sql"));
  EXPECT_FALSE(is_excluded({"seed"}, "db/seeds/b.sql"));
  EXPECT_TRUE(is_excluded({"db/old/"}, "db/old/b.sql"));
}

TEST(Glob, ManyStarsAreNotExponential) {
  const std::string name(4000, 'a');
  EXPECT_FALSE(glob_matches("*a*a*a*a*a*a*a*a*a*a*b", name));
}

TEST(Placeholders, BecomeIdentifiersOfTheSameLength) {
  EXPECT_EQ(filled("CREATE TABLE ${schema}.t_{{ name }} (a %(type)s);"),
            "CREATE TABLE __schema_.t____name___ (a __type_s);");
  EXPECT_EQ(filled("GRANT SELECT ON t TO :role, :\"other\";"), "GRANT SELECT ON t TO _role,  \"other\";");
  EXPECT_EQ(filled("{% if x %}SELECT '${y}', {{ end }} 1"), "          SELECT '${y}',           1");
}

TEST(Placeholders, SqlThatLooksLikeOneIsLeftAlone) {
  for (const char* text :
       {"SELECT a::text, f(x := 1), b[1:n], c[:n] FROM t WHERE d ? 'k' AND e @> f AND g % (h)",
        "SELECT ':name', $$ :name $$ -- :name", "SELECT $1, a$b$c FROM t",
        "SELECT $tag${\n \"key\": 1\n}$tag$, $${\"a\": {\"b\": 1}}$$"}) {
    EXPECT_EQ(filled(text), text);
  }
}

TEST(Placeholders, PsqlVariablesHaveTheirValues) {
  SourceFile source;
  source.text = "\\set role app_user\n\\set n 'it''s'\nGRANT ALL ON t TO :role; SELECT :'n', :\"role\";";
  const std::string original = source.text;
  fill_placeholders(source, PlaceholderStyle::Migration);
  EXPECT_THAT(source.text, HasSubstr("TO app_user; SELECT 'it''s', \"app_user\";"));
  EXPECT_EQ(source.original, original);
  const std::size_t semicolon = source.text.rfind(';');
  EXPECT_EQ(source.to_original(span_of(semicolon, semicolon + 1)),
            span_of(original.size() - 1, original.size()));
}

TEST(Placeholders, QueryParametersKeepTheirNames) {
  SourceFile source;
  source.text =
      "SELECT * FROM t WHERE a = :team_id AND b = @b_name::text AND c = sqlc.narg('cc') AND d = :team_id AND "
      "e = ?";
  EXPECT_THAT(fill_placeholders(source, PlaceholderStyle::Query), ElementsAre("team_id", "b_name", "cc", ""));
  EXPECT_EQ(source.text,
            "SELECT * FROM t WHERE a = $1       AND b = $2     ::text AND c = $3              AND d = $1     "
            "  AND e = $4");
}

TEST(Placeholders, ArraysOfVariablesAreNoSlices) {
  EXPECT_EQ(filled("SELECT ARRAY[:a, :b]::int[], ARRAY [[:c]], d[:e], d[1:f];"),
            "SELECT ARRAY[_a, _b]::int[], ARRAY [[_c]], d[:e], d[1:f];");
}

// What is left of a text, with one space for each run of them; every byte has kept its place.
std::string left_of(std::string_view text) {
  const std::string result = filled(text);
  EXPECT_EQ(result.size(), text.size());
  std::string left;
  for (std::size_t n = 0; n < result.size(); ++n) {
    if (result[n] == ' ') {
      if (!left.empty() && left.back() != ' ') left += ' ';
    } else {
      EXPECT_EQ(result[n], text[n]);
      left += result[n];
    }
  }
  if (left.ends_with(' ')) left.pop_back();
  return left;
}

TEST(Placeholders, BranchesOfATemplateForOtherDatabasesAreLeftOut) {
  EXPECT_EQ(left_of("a {{if .mysql}}`b`{{else}}b{{end}} c"), "a b c");
  EXPECT_EQ(left_of("a {{if .postgres}}JSON{{else}}TEXT{{end}},"), "a JSON ,");
  EXPECT_EQ(
      left_of(
          "{{ if eq .Dialect \"sqlite3\" }}b; {{- else if eq .Dialect \"mysql\" }}c;{{ else }}d;{{ end }}"),
      "d;");
  EXPECT_EQ(left_of("{{if .mysql}}{{if .x}}a{{end}}b{{end}}c"), "c");
  EXPECT_EQ(left_of("{{if .postgres}}{{if .x}}a{{else}}b{{end}}c{{else}}d{{end}}"), "a b c");
  EXPECT_EQ(left_of("{{if or .postgres .mysql}}a{{end}}b{{if not .mysql}}c{{end}}"), "a b c");
  EXPECT_EQ(left_of("{{if .mysql}}{{range .x}}a{{end}}{{else}}b{{end}}"), "b");
  // What another condition asks is not known: both branches stay. So does what has no end.
  EXPECT_EQ(left_of("{{if .plugin}}a{{else}}b{{end}}"), "a b");
  EXPECT_EQ(left_of("{{if .mysql}}a"), "a");
}

TEST(Placeholders, WhatAProgramPrintsIsUnknown) {
  EXPECT_EQ(filled("\\set n `echo 1`\nSELECT :n;"), "\\set n `echo 1`\nSELECT _n;");
}

// A data file without a single placeholder is one scan, not one for each of its strings.
TEST(Placeholders, ManyPiecesAreNotQuadratic) {
  std::string text;
  for (int n = 0; n < 200'000; ++n) text += "INSERT INTO t VALUES ('x');\n";
  const std::string same = text;
  EXPECT_EQ(filled(text), same);
}

TEST(Placeholders, TemplatesInQuotedNamesMayHoldQuotes) {
  EXPECT_EQ(filled("ON \"{{ index .Options \"N\" }}\".t; SELECT \"a\", :b"),
            "ON \"___index__Options__N____\".t; SELECT \"a\", _b");
}

TEST(Placeholders, AssignmentsOfATemplateAreNoText) {
  EXPECT_EQ(filled("{{ $id := (uuidv4) }}\nSELECT 1;"), "                     \nSELECT 1;");
}

std::string with_schema_names(std::string_view text) {
  SourceFile source;
  source.text = text;
  fill_schema_names(source);
  return source.text;
}

TEST(StandIns, SchemasOfExtensionsAndOfCommentsGiveWay) {
  EXPECT_EQ(with_schema_names("CREATE TABLE @extschema@.t (id int);"),
            "CREATE TABLE             t (id int);");
  EXPECT_EQ(with_schema_names("SET search_path TO @extschema@;"), "SET search_path TO _extschema_;");
  EXPECT_EQ(with_schema_names("UPDATE /* SCHEMA */.\"t\" SET a = 1;"),
            "UPDATE              \"t\" SET a = 1;");
  EXPECT_EQ(with_schema_names("SELECT '@extschema@.t' /* why */;"), "SELECT '@extschema@.t' /* why */;");
}

TEST(StandIns, QueriesEndWhereTheNextNameStands) {
  const auto ended = [](std::string_view text) {
    SourceFile source;
    source.text = text;
    end_queries_at_names(source);
    return source.text;
  };
  EXPECT_EQ(ended("-- name: a\nSELECT 1\n--name: b\nSELECT 2;\n-- name: c\nSELECT 'x'\n-- name: d\nSELECT 4"),
            "-- name: a\nSELECT 1\n;        \nSELECT 2;\n-- name: c\nSELECT 'x'\n;         \nSELECT 4");
  for (const std::string_view text :
       {"SELECT 1 -- a remark\nFROM t;", "CREATE TABLE t (\n  -- name: as it is printed\n  name text);",
        "CREATE TABLE t (\n-- name: printed\nname text);", "SELECT 1\n-- name: first, last\nFROM t;"}) {
    EXPECT_EQ(ended(text), text);
  }
}

TEST(Placeholders, ListsOfPgtypedGetTheirParentheses) {
  EXPECT_EQ(filled("SELECT 1 WHERE a IN :names AND b = :c", PlaceholderStyle::Query),
            "SELECT 1 WHERE a IN ($1)   AND b = $2");
}

TEST(Placeholders, HugSqlSaysWhatAParameterIs) {
  EXPECT_EQ(
      filled("SELECT 1 WHERE a = :value:id AND b IN (:v*:ids) AND c = :d::int", PlaceholderStyle::Query),
      "SELECT 1 WHERE a = $1        AND b IN ($2     ) AND c = $3::int");
}

TEST(Placeholders, NamedParametersAreNumberedBehindTheFilesOwn) {
  SourceFile source;
  source.text = "SELECT $2; SELECT :name";
  EXPECT_THAT(fill_placeholders(source, PlaceholderStyle::Query), ElementsAre("", "", "name"));
  EXPECT_EQ(source.text, "SELECT $2; SELECT $3   ");
}

// What psql reads of a script: included files in brackets, what it steps over left out.
std::string walked(std::string_view script) {
  PsqlWalk walk(script, {});
  std::vector<Include> includes;
  while (auto include = walk.next()) includes.push_back(std::move(*include));
  std::string text(script);
  for (auto span = walk.stepped_over().rbegin(); span != walk.stepped_over().rend(); ++span)
    text.replace(span->begin, span->size(), "~");
  for (const Include& include : includes) text += "[" + include.path + "]";
  for (const Unread& one : walk.unread()) text += "?" + std::to_string(one.line);
  return text;
}

TEST(PsqlWalk, TakesTheBranchesThatTheScriptDecides) {
  EXPECT_EQ(walked("\\if true\nA;\n\\else\nB;\n\\endif\nC;"), "\\if true\nA;\n\\else~\\endif\nC;");
  EXPECT_EQ(walked("\\if off\nA;\n\\elif 1\nB;\n\\elif 1\nC;\n\\endif"),
            "\\if off~\\elif 1\nB;\n\\elif 1~\\endif");
  EXPECT_EQ(walked("\\set x on\n\\if :x\nA;\n\\endif"), "\\set x on\n\\if :x\nA;\n\\endif");
  // Without -v the name is not set, so that the script sets it.
  EXPECT_EQ(walked("\\if :{?x}\nA;\n\\else\nB;\n\\endif"), "\\if :{?x}~\\else\nB;\n\\endif");
  EXPECT_EQ(walked("\\if false\n\\if true\nA;\n\\else\nB;\n\\endif\n\\endif\nC;"), "\\if false~\\endif\nC;");
}

TEST(PsqlWalk, ReadsAllBranchesWhereNobodyKnowsAndSaysSo) {
  EXPECT_EQ(walked("\\if :x\nA;\n\\else\nB;\n\\endif"), "\\if :x\nA;\n\\else\nB;\n\\endif?1");
  EXPECT_EQ(walked("A;\n\\if :x\n\\q\n\\endif\nB;"), "A;\n\\if :x\n\\q\n\\endif\nB;?2");
}

TEST(PsqlWalk, EndsAtQuitAndLeavesOutWhatItDoesNotInclude) {
  EXPECT_EQ(walked("A;\n\\q\nB;\n\\i c.sql"), "A;\n~");
  EXPECT_EQ(walked("\\i a.sql\n\\if false\n\\ir b.sql\n\\endif\n"), "\\i a.sql\n\\if false~\\endif\n[a.sql]");
}

TEST(Decode, MarksAndWideTextAreRead) {
  const SourceFile utf8 = decode("a", "\xEF\xBB\xBFSELECT 1");
  EXPECT_EQ(utf8.text, "SELECT 1");
  EXPECT_EQ(utf8.to_original({0, 1}), (Span{3, 4}));
  EXPECT_EQ(decode("a", std::string("\xFF\xFE"
                                    "a\0\xE9\0\x3D\xD8\x00\xDE",
                                    10))
                .text,
            "a\xC3\xA9\xF0\x9F\x98\x80");
  EXPECT_EQ(decode("a", std::string("\xFE\xFF\0a", 4)).text, "a");
  EXPECT_EQ(decode("a", std::string("S\0E\0L\0E\0C\0T\0 \0\x31\0", 16)).text, "SELECT 1");
  EXPECT_EQ(decode("a", "caf\xE9").text, "caf\xE9");
}

TEST(ReadWhole, RefusesWhatIsTooBig) {
  const testing::TemporaryProject project;
  project.write("big.sql", std::string(2000, 'x'));
  EXPECT_TRUE(read_whole(project.path("big.sql"), 2000));
  const Result<std::string> refused = read_whole(project.path("big.sql"), 1999);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("larger than"));
  EXPECT_FALSE(read_whole(project.path()));
}

TEST(Dialect, OtherDatabasesAreToldByTheirWords) {
  EXPECT_THAT(other_database("CREATE TABLE `a` (`id` int AUTO_INCREMENT) ENGINE=InnoDB;"),
              HasSubstr("MySQL"));
  EXPECT_THAT(other_database("CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);"), HasSubstr("SQLite"));
  EXPECT_THAT(other_database("CREATE TABLE [dbo].[a] (n NVARCHAR(10))\nGO\n"), HasSubstr("SQL Server"));
  EXPECT_THAT(other_database("CREATE TABLE a (b Int8) ENGINE = MergeTree ORDER BY b;"),
              HasSubstr("ClickHouse"));
  EXPECT_EQ(other_database("COMMENT ON TABLE t IS 'use `a` and `b`, AUTOINCREMENT'; SELECT 1 -- `x` `y`\nGO"),
            "");
  EXPECT_EQ(other_database("CREATE TABLE a (b integer DEFAULT (strftime('%s', 'now')));"), "SQLite");
  EXPECT_EQ(other_database("CREATE TABLE a (b text DEFAULT (datetime('now')));"), "SQLite");
  EXPECT_EQ(other_database("INSERT OR IGNORE INTO a VALUES (1);"), "SQLite");
  EXPECT_EQ(other_database("CREATE TABLE a (b integer) STRICT;"), "SQLite");
  EXPECT_EQ(other_database("CREATE FUNCTION f(a int) RETURNS numeric(9) STRICT LANGUAGE sql AS 'SELECT a';"),
            "");
  EXPECT_EQ(other_database("CREATE TABLE a (b text DEFAULT strftime('x'), c jsonb);"), "");
  EXPECT_EQ(other_database("CREATE FUNCTION strftime(f text) RETURNS text AS $$ SELECT f $$ LANGUAGE sql;"),
            "");
  EXPECT_THAT(other_dialect_by_name("db/mysql-persistence/1.sql"), HasSubstr("folder"));
  EXPECT_THAT(other_dialect_by_name("db/001_a.sqlite.up.sql"), HasSubstr("name"));
  EXPECT_THAT(other_dialect_by_name("driver/riversqlite/migration/1.up.sql"), HasSubstr("SQLite"));
  EXPECT_EQ(other_dialect_by_name("db/mysql_to_postgres/1.sql"), "");
  EXPECT_EQ(other_dialect_by_name("db/mysql.sql"), "");
}

TEST(Dialect, AWordSpeaksForPostgres) {
  for (const std::string_view text :
       {"CREATE TABLE a (b timestamptz);", "SELECT b::text FROM a;",
        "ALTER TABLE a ALTER COLUMN b TYPE text;", "DO $$ BEGIN END $$;", "CREATE TABLE a (b text[]);",
        "COMMENT ON TABLE a IS 'x';", "CREATE INDEX i ON a USING gin (b);", "COPY a FROM stdin;\n1\n\\.\n"}) {
    EXPECT_TRUE(speaks_for_postgres(text)) << text;
  }
  for (const std::string_view text :
       {"CREATE TABLE a (b integer PRIMARY KEY, c text NOT NULL);",
        "CREATE INDEX i ON a (b) WHERE c IS NULL;",
        "ALTER TABLE a ADD COLUMN d integer; -- jsonb, uuid::text", "INSERT INTO a VALUES ('jsonb');"}) {
    EXPECT_FALSE(speaks_for_postgres(text)) << text;
  }
}

}  // namespace
}  // namespace migcheck::input
