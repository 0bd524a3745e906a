// SPDX-License-Identifier: MIT

#include "support/hostile_texts.hpp"

#include <fmt/format.h>

#include "migcheck/parse.hpp"

namespace migcheck::testing {
namespace {

using Make = std::function<std::string(int)>;

// One part for each number.
Make numbered(std::string begin, std::string part, std::string end = {}, std::string between = {}) {
  return [=](int count) {
    std::string text = begin;
    for (int n = 0; n < count; ++n) {
      if (n > 0) text += between;
      text += fmt::format(fmt::runtime(part), n, n + 1);
    }
    return text + end;
  };
}

Make repeating(std::string begin, std::string part, std::string end = {}) {
  return [=](int count) { return repeated(begin, part, count, end); };
}

// Opened so many times, and closed as often.
Make nested(std::string begin, std::string open, std::string middle, std::string close, std::string end) {
  return [=](int count) { return repeated(begin, open, count, middle) + repeated({}, close, count, end); };
}

// Each text quoted into the next.
Make wrapped(std::string head, std::string tail) {
  return [=](int count) {
    std::string text = "SELECT 1;";
    for (int n = 0; n < count; ++n) text = fmt::format("{}$a{}${}$a{}${}", head, n, text, n, tail);
    return text;
  };
}

std::vector<HostileText> deep() {
  return {
      {"Parentheses", nested("SELECT ", "(", "1", ")", ";"), 50'000, 1, "syntax-error"},
      {"Cases", nested("SELECT ", "CASE WHEN true THEN ", "1", " END", ";"), 10'000, 1, "syntax-error"},
      {"SubSelects", nested("SELECT ", "(SELECT ", "1", ")", ";"), 10'000, 1, "syntax-error"},
      {"Calls", nested("SELECT ", "f(", "1", ")", ";"), 10'000, 1, "syntax-error"},
      {"Nots", repeating("SELECT ", "NOT ", "true;"), 10'000, 1, "syntax-error"},
      {"Minuses", repeating("SELECT ", "- ", "1;"), 100'000, 1, "syntax-error"},
      {"Sum", repeating("SELECT 1", "+1", ";"), 100'000},
      {"Concatenation", repeating("CREATE TABLE t (a text); UPDATE t SET a = a", "||a", " WHERE a = '';"),
       100'000},
      {"UnionAll", repeating("SELECT 1", " UNION ALL SELECT 1", ";"), 100'000},
      {"Ands", repeating("CREATE TABLE t (a int); SELECT a FROM t WHERE a = 0", " AND a = 1", ";"), 100'000},
      {"Ors", repeating("CREATE TABLE t (a int); SELECT a FROM t WHERE a = 0", " OR a = 1", ";"), 100'000},
      {"Casts", repeating("SELECT 1", "::int", ";"), 10'000},
      {"Fields", repeating("SELECT a", ".b", ";"), 50'000},
      {"InList", repeating("SELECT 1 WHERE 1 IN (1", ",1", ");"), 300'000},
      {"Whens", repeating("SELECT CASE ", "WHEN a = 1 THEN 2 ", "END FROM t;"), 20'000},
      {"Joins", repeating("SELECT 1 FROM t", " JOIN t ON true", ";"), 20'000},
      {"JoinsWithColumns",
       repeating("CREATE TABLE t (a int, b int); SELECT 1 FROM t", " JOIN t ON true", ";"), 2'000},
      {"CommonTables",
       numbered("CREATE TABLE c0 (a int); WITH ", "c{1} AS (SELECT * FROM c{0})", " SELECT 1 FROM c1;", ","),
       2'000},
      {"StarsOverStars",
       numbered("CREATE TABLE t (a int); WITH c0 AS (SELECT * FROM t a, t b), ",
                "c{1} AS (SELECT * FROM c{0} a, c{0} b)", " SELECT * FROM c1;", ","),
       60},
      {"ViewsOverViews",
       numbered("CREATE TABLE t (a int); CREATE VIEW v0 AS SELECT a.a FROM t a, t b;",
                "CREATE VIEW v{1} AS SELECT a.a FROM v{0} a, v{0} b;\n", "SELECT a FROM v1;"),
       500},
  };
}

std::vector<HostileText> broken() {
  return {
      {"CommentMarks", repeating("SELECT ", "/*"), 100'000, 1, "syntax-error"},
      {"Pluses", repeating("SELECT ", "+", "1;"), 20'000, 1, "too long to be read"},
      {"ManyOperatorRuns", repeating("SELECT ", std::string(1'999, '+') + "1 ", ";"), 500, 1,
       "too long to be read"},
      {"CommentsOfCarriageReturns", repeating("", "-- x\r", "SELECT 1;"), 300'000},
      {"CarriageReturns", repeating("", "SELECT 1; -- x\rSELECT 2;\r"), 10'000},
      {"StarsInAComment", repeating("/*", "*", "*/ SELECT 1;"), 1'000'000},
      {"NoBreakSpaces", repeating("", "SELECT\xC2\xA0x;\n"), 1'000, 1, "syntax-error"},
      {"FormFeedsAndVerticalTabs", repeating("", "SELECT\f1;\vSELECT 2;\n"), 1'000},
      {"ParametersTooLarge", repeating("", "SELECT $99999999999;\n"), 1'000, grammar().major >= 18 ? 1 : 0},
      {"BodiesOfBrokenStatements",
       repeating("", "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELEC 1; END;\n"), 1'000, 1,
       "syntax-error"},
      {"OpenAtomicBodies", repeating("CREATE FUNCTION f() RETURNS int LANGUAGE sql ", "BEGIN ATOMIC "),
       10'000, 1, "syntax-error"},
      {"MissingSemicolons", repeating("", "CREATE TABLE a (a int)\n", ";"), 10'000, 1, "syntax-error"},
      {"QuestionMarks", repeating("", "SELECT * FROM t WHERE a = ?;\n"), 1'000, 1, "syntax-error"},
      {"NamedParameters", repeating("", "SELECT * FROM t WHERE a = :name OR a = %(x)s;\n"), 1'000},
      {"LongDollarTag",
       [](int n) {
         const std::string tag = "$" + std::string(static_cast<std::size_t>(n), 'a') + "$";
         return "SELECT " + tag + "x" + tag + ";";
       },
       1'000'000},
      {"Dashes", repeating("SELECT 1", "-"), 1'000'000},
      {"NestedComments", nested("", "/*", "", "*/", "SELECT 1;"), 900},
      {"CommentsNestedTooDeeply", nested("SELECT ", "/*", "", "*/", "1;"), 5'000, 1, "nested too deeply"},
      {"NulBytes", repeating("SELECT 1;\n", std::string("\0SELECT 2;", 10)), 20'000, 1, "NUL byte"},
      {"OpenString", repeating("SELECT 'abc\n", "x;\n"), 300'000, 1, "unterminated quoted string"},
      {"OpenStringsByTurns", repeating("", "SELECT 'a;\n"), 20'001, 1, "syntax-error"},
      {"OpenIdentifier", repeating("SELECT \"abc\n", "x;\n"), 300'000, 1, "unterminated quoted identifier"},
      {"OpenComment", repeating("/* abc\n", "x;\n"), 300'000, 1, "never closed"},
      {"OpenDollar", repeating("SELECT $a$ ", "$b$ "), 300'000, 1, "unterminated dollar-quoted"},
      {"DollarsWithNames", numbered("", "SELECT $a{}$ ;\n"), 20'000, 1, "unterminated dollar-quoted"},
      {"Typos", repeating("", "SELEC 1;\n"), 10'000, 1, "syntax-error"},
      {"MarksInside", repeating("", "SELECT 1;\n\xEF\xBB\xBFSELECT 2;\n"), 10'000, 1, "ufeffSELECT"},
      {"Latin1", repeating("", "SELECT '\xE9\xFF\xFE';\n"), 10'000},
      {"TornUtf8", repeating("SELECT '", "\xF0\x9F\x98", "';"), 100'000},
      {"BatchLines", repeating("", "SELECT 1\nGO\n"), 10'000, 1, "GO ends a batch"},
      {"BracesOfTemplates", repeating("", "{{"), 100'000, 1, "syntax-error"},
      {"DollarBraces", repeating("", "${"), 100'000, 1, "syntax-error"},
      {"Placeholders", numbered("INSERT INTO t (a) VALUES (", "${{x{}}}", ");", ","), 30'000},
      {"PlaceholdersAsNames", numbered("", "CREATE TABLE t{0} (a {{{{ x{0} }}}} int);\n"), 5'000, 1,
       "syntax-error"},
  };
}

std::vector<HostileText> large() {
  return {
      {"Statements", repeating("CREATE TABLE t (a int);\n", "INSERT INTO t (a) VALUES (1);\n"), 30'000},
      {"StatementsOnOneLine", repeating("", "SELECT 1; "), 30'000},
      {"Begins", repeating("", "BEGIN; "), 10'000},
      {"ValuesRows",
       numbered("CREATE TABLE t (a int, b text); INSERT INTO t VALUES ", "({},'abc')", ";", ","), 200'000},
      {"Literal", repeating("SELECT '", "x", "';"), 5'000'000},
      {"LongName",
       [](int n) {
         return fmt::format("CREATE TABLE {0} (a int); DROP TABLE {0};",
                            std::string(static_cast<std::size_t>(n), 'x'));
       },
       1'000'000},
      {"Comments", repeating("", "-- x\n", "SELECT 1;"), 300'000},
      {"Semicolons", repeating("", ";"), 1'000'000},
      {"PsqlLines", repeating("", "\\set x 1\n"), 50'000},
      {"CopyData", repeating("COPY t (a) FROM stdin;\n", "1\n", "\\.\n"), 500'000},
      {"Tables", numbered("", "CREATE TABLE t{} (a int PRIMARY KEY);\n"), 5'000},
      {"SameTable", repeating("", "CREATE TABLE t (a int);\n"), 5'000, 1, "object-exists"},
      {"MoreColumnsThanATableCanHave", numbered("CREATE TABLE t (", "c{} int", ");", ","), 20'000, 1,
       "1600 columns"},
      {"ColumnsOneByOne", numbered("CREATE TABLE t (a int);", "ALTER TABLE t ADD c{} int;\n"), 3'000, 1,
       "1600 columns"},
      {"Indexes", numbered("CREATE TABLE t (a int);", "CREATE INDEX i{} ON t (a);\n"), 2'000},
      {"Grants", numbered("CREATE TABLE t (a int);", "GRANT SELECT ON t TO r{};\n"), 2'000},
      {"ForeignKeysOfOneTable",
       numbered("CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int);",
                "ALTER TABLE t ADD CONSTRAINT f{} FOREIGN KEY (a) REFERENCES p (id);\n"),
       2'000},
      {"KeysFromEachTableToAll",
       [](int n) {
         std::string text = numbered("", "CREATE TABLE t{} (id int PRIMARY KEY);\n")(n);
         const std::string keys = numbered("", "ADD c{0} int REFERENCES t{0}", ";\n", ",")(n);
         for (int table = 0; table < n; ++table) text += fmt::format("ALTER TABLE t{} {}", table, keys);
         return text;
       },
       60,
       0,
       {},
       true},
      {"Policies",
       numbered("CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY;",
                "CREATE POLICY p{0} ON t USING (a = {0});\n"),
       2'000},
      {"Triggers",
       numbered("CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RETURN NEW; END $$;",
                "CREATE TRIGGER g{} BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();\n"),
       2'000},
      {"ChecksWithoutNames", numbered("CREATE TABLE t (a int);", "ALTER TABLE t ADD CHECK (a > {});\n"),
       1'500},
      {"ChecksWithoutNamesInOneTable", numbered("CREATE TABLE t (a int", ", CHECK (a > {})", ");"), 1'500},
      {"WritesToPartitions",
       [](int n) {
         const std::string made = numbered("CREATE TABLE p (a int) PARTITION BY LIST (a);\n",
                                           "CREATE TABLE p{0} PARTITION OF p FOR VALUES IN ({0});\n")(n);
         return made + repeated("BEGIN;\n", "UPDATE p SET a = 1 WHERE a = 2;\n", n, "COMMIT;");
       },
       400,
       0,
       {},
       true},
      {"EnumLabels", numbered("CREATE TYPE e AS ENUM (", "'l{}'", ");", ","), 30'000},
      {"GrantToMany", numbered("CREATE TABLE t (a int); GRANT SELECT ON t TO ", "r{}", ";", ","), 20'000},
      {"Renames", numbered("CREATE TABLE t0 (a int);", "ALTER TABLE t{0} RENAME TO t{1};\n"), 5'000},
      {"Savepoints",
       repeating("CREATE TABLE t (a int); BEGIN;", "SAVEPOINT s; DROP TABLE t; ROLLBACK TO s;\n", "COMMIT;"),
       5'000},
      {"Suppressions",
       numbered("", "-- migcheck:ignore index-not-concurrent -- why\nCREATE INDEX i{} ON t (a);\n"), 5'000},
      {"SuppressionsOfOneStatement",
       repeating("", "-- migcheck:ignore index-not-concurrent\n", "CREATE INDEX i ON t (a);"), 10'000},
      {"SuppressionsOfTheFile",
       repeating("", "-- migcheck:ignore-file index-not-concurrent\n", "CREATE INDEX i ON t (a);"), 10'000},
      {"NamesInOneSuppression", numbered("-- migcheck:ignore-file ", "x{}", "\nSELECT 1;", ","), 10'000, 0,
       "unknown-suppression"},
  };
}

std::vector<HostileText> bodies() {
  return {
      {"IfInIf", nested("DO $$ BEGIN ", "IF true THEN ", "NULL;", " END IF;", " END $$;"), 10'000, 0,
       "opaque-sql"},
      {"BlockInBlock", nested("DO $$ ", "BEGIN ", "NULL;", " END;", " $$;"), 10'000, 0, "opaque-sql"},
      {"LoopInLoop", nested("DO $$ BEGIN ", "FOR x IN SELECT 1 LOOP ", "NULL;", " END LOOP;", " END $$;"),
       10'000, 0, "opaque-sql"},
      {"ElseIfs", repeating("DO $$ BEGIN IF a THEN NULL;", " ELSIF b THEN NULL;", " END IF; END $$;"),
       20'000},
      {"LoopsOverLists",
       nested("DO $$ BEGIN ", "FOREACH x IN ARRAY ARRAY['a','b','c','d','e'] LOOP ",
              "EXECUTE format('CREATE TABLE %I (a int)', x);", " END LOOP;", " END $$;"),
       30, 1},
      {"DoInDo", wrapped("DO ", ";"), 300, 0},
      {"FunctionInFunction", wrapped("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS ", ";"), 300, 0},
      {"CallsThatDouble",
       numbered(
           "CREATE FUNCTION f0() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE x (a int); END $$;",
           "CREATE FUNCTION f{1}() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM f{0}(); PERFORM f{0}(); "
           "END $$;",
           "SELECT f30();"),
       31},
      {"CallsItself",
       repeating("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ", "PERFORM f(); ",
                 "END $$; SELECT f();"),
       200},
  };
}

void append(std::vector<HostileText>& to, std::vector<HostileText> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

std::string repeated(std::string_view begin, std::string_view part, int times, std::string_view end) {
  std::string text(begin);
  text.reserve(begin.size() + part.size() * static_cast<std::size_t>(times) + end.size());
  for (int n = 0; n < times; ++n) text += part;
  return text += end;
}

std::vector<HostileText> hostile_texts() {
  std::vector<HostileText> all = deep();
  append(all, broken());
  append(all, large());
  append(all, bodies());
  return all;
}

}  // namespace migcheck::testing
