// SPDX-License-Identifier: MIT

#include "parse/splitter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "parse/lexer.hpp"

namespace migcheck::parsing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = Problem::Kind;

std::vector<std::string> texts(std::string_view text, const Split& pieces) {
  std::vector<std::string> result;
  for (const StatementPiece& piece : pieces.statements) result.emplace_back(text_of(text, piece.span));
  return result;
}

std::vector<std::string> statements(std::string_view text) {
  return texts(text, split(text));
}

std::vector<Kind> problems(std::string_view text) {
  std::vector<Kind> kinds;
  for (const Problem& problem : split(text).problems) kinds.push_back(problem.kind);
  return kinds;
}

TEST(ParseSplitter, StatementsEndAtSemicolonsAndLeaveCommentsOut) {
  const std::string text = "-- first\nSELECT 1 /* in */ + 2 -- end\n;;\n/* between */ SELECT 2";
  const Split pieces = split(text);
  EXPECT_THAT(texts(text, pieces), ElementsAre("SELECT 1 /* in */ + 2", "SELECT 2"));
  EXPECT_EQ(pieces.statements[0].ending, Ending::Semicolon);
  EXPECT_EQ(pieces.statements[1].ending, Ending::EndOfSection);
  ASSERT_EQ(pieces.comments.size(), 4u);
  EXPECT_FALSE(pieces.comments[0].block);
  EXPECT_TRUE(pieces.comments[1].block);
  EXPECT_EQ(text_of(text, pieces.comments[3].span), "/* between */");
  EXPECT_THAT(pieces.problems, IsEmpty());
}

TEST(ParseSplitter, NothingInQuotesEndsAStatement) {
  EXPECT_THAT(statements("SELECT ';''', \"a;\", E'\\';', $$;$$, $f$ $$ ; $f$, U&'\\;'; x"),
              ElementsAre("SELECT ';''', \"a;\", E'\\';', $$;$$, $f$ $$ ; $f$, U&'\\;'", "x"));
  EXPECT_THAT(statements("SELECT E'a'\n '\\';' ; y"), ElementsAre("SELECT E'a'\n '\\';'", "y"));
}

TEST(ParseSplitter, EmptyTextsHoldNothing) {
  EXPECT_THAT(statements(""), IsEmpty());
  EXPECT_THAT(statements(" ;; \n;"), IsEmpty());
  EXPECT_THAT(statements("-- only a comment"), IsEmpty());
}

TEST(ParseSplitter, AByteOrderMarkIsSteppedOver) {
  const std::string text = "\xEF\xBB\xBFSELECT 1;";
  const Split pieces = split(text);
  ASSERT_EQ(pieces.statements.size(), 1u);
  EXPECT_EQ(pieces.statements[0].span, (Span{3, 11}));
  EXPECT_THAT(pieces.problems, IsEmpty());
}

TEST(ParseSplitter, LineEndsAndVerticalTabsAreWhitespace) {
  EXPECT_THAT(statements("-- c\rSELECT 1;\r\nSELECT\v2;"), ElementsAre("SELECT 1", "SELECT\v2"));
}

TEST(ParseSplitter, AtomicBodiesAreNotSplit) {
  const std::string function =
      "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql\nBEGIN ATOMIC\n  SELECT 1;\n"
      "  SELECT CASE WHEN a THEN CASE b WHEN 1 THEN 2 END END FROM t;\nEND";
  EXPECT_THAT(statements(function + "; SELECT 2;"), ElementsAre(function, "SELECT 2"));
  EXPECT_THAT(statements("CREATE PROCEDURE p() BEGIN ATOMIC END; x"),
              ElementsAre("CREATE PROCEDURE p() BEGIN ATOMIC END", "x"));
  // Elsewhere the words mean nothing.
  EXPECT_THAT(statements("BEGIN; SELECT 1; END; CREATE TABLE atomic (begin int); y"),
              ElementsAre("BEGIN", "SELECT 1", "END", "CREATE TABLE atomic (begin int)", "y"));
}

TEST(ParseSplitter, AnAtomicBodyWithoutEndIsTold) {
  const std::string text = "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; SELECT 2;";
  const Split pieces = split(text);
  EXPECT_EQ(pieces.statements.size(), 1u);
  ASSERT_EQ(pieces.problems.size(), 1u);
  EXPECT_EQ(pieces.problems[0].kind, Kind::UnterminatedAtomicBody);
  EXPECT_EQ(text_of(text, pieces.problems[0].span), "BEGIN");
}

TEST(ParseSplitter, RuleActionsAreNotSplit) {
  const std::string rule =
      "CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); DELETE FROM b)";
  EXPECT_THAT(statements(rule + "; SELECT 1"), ElementsAre(rule, "SELECT 1"));
  EXPECT_THAT(problems("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2;"),
              ElementsAre(Kind::UnterminatedRuleActions));
  // A missing parenthesis elsewhere costs one statement only.
  EXPECT_THAT(statements("CREATE TABLE t (a int; SELECT 1;"),
              ElementsAre("CREATE TABLE t (a int", "SELECT 1"));
}

TEST(ParseSplitter, PsqlLinesAreSteppedOver) {
  const std::string text =
      "\\connect db\nSELECT 1;\n  \\set x 'a;b'\nSELECT 2 \\gexec\nSELECT 3\n\\echo y\n; z \\\\";
  const Split pieces = split(text);
  EXPECT_THAT(texts(text, pieces), ElementsAre("SELECT 1", "SELECT 2", "SELECT 3", "z \\\\"));
  EXPECT_EQ(pieces.statements[1].ending, Ending::PsqlCommand);
  EXPECT_EQ(pieces.statements[2].ending, Ending::PsqlCommand);
  ASSERT_EQ(pieces.skipped.size(), 4u);
  EXPECT_EQ(text_of(text, pieces.skipped[1].span), "\\set x 'a;b'");
  EXPECT_EQ(text_of(text, pieces.skipped[2].span), "\\gexec");
}

TEST(ParseSplitter, PsqlSeparators) {
  EXPECT_THAT(statements("SELECT 1\\; SELECT 2;"), ElementsAre("SELECT 1", "SELECT 2"));
  EXPECT_THAT(statements("\\echo a \\\\ SELECT 1;"), ElementsAre("SELECT 1"));
  EXPECT_THAT(statements("\\echo 'it \\\\ is'\nSELECT 1;"), ElementsAre("SELECT 1"));
}

TEST(ParseSplitter, CopyDataIsSteppedOver) {
  const std::string text =
      "COPY public.t (a, b) FROM stdin WITH (FORMAT text);\n1\tit's\n\\N\t\\.x\n\\.\n\nSELECT 1;\n"
      "COPY t TO STDOUT; COPY (SELECT * FROM stdin) TO 'f'; SELECT 2;";
  const Split pieces = split(text);
  EXPECT_THAT(texts(text, pieces),
              ElementsAre("COPY public.t (a, b) FROM stdin WITH (FORMAT text)", "SELECT 1",
                          "COPY t TO STDOUT", "COPY (SELECT * FROM stdin) TO 'f'", "SELECT 2"));
  ASSERT_EQ(pieces.skipped.size(), 1u);
  EXPECT_EQ(pieces.skipped[0].what, Skipped::What::CopyData);
  EXPECT_EQ(text_of(text, pieces.skipped[0].span), "1\tit's\n\\N\t\\.x\n\\.");
  EXPECT_THAT(pieces.problems, IsEmpty());
}

TEST(ParseSplitter, CopyDataBeginsOnTheNextLine) {
  EXPECT_THAT(statements("COPY t FROM STDIN; SELECT 1; -- c\r\n1;2\r\n\\.\r\nSELECT 2;"),
              ElementsAre("COPY t FROM STDIN", "SELECT 1", "SELECT 2"));
  EXPECT_THAT(statements("\\copy t from stdin csv\n1;2\n\\.\nSELECT 2;"), ElementsAre("SELECT 2"));
}

TEST(ParseSplitter, CopyDataWithoutEndIsTold) {
  const std::string text = "COPY t FROM STDIN;\n1\nSELECT 1;";
  const Split pieces = split(text);
  EXPECT_THAT(texts(text, pieces), ElementsAre("COPY t FROM STDIN"));
  ASSERT_EQ(pieces.problems.size(), 1u);
  EXPECT_EQ(pieces.problems[0].kind, Kind::UnterminatedCopyData);
  EXPECT_EQ(text_of(text, pieces.problems[0].span), "COPY t FROM STDIN");
  EXPECT_THAT(problems("COPY t FROM STDIN;\n\n"), IsEmpty());
}

TEST(ParseSplitter, WhatIsNeverClosedIsTold) {
  const auto opening = [](const std::string& text) {
    const Split pieces = split(text);
    EXPECT_EQ(pieces.statements.size(), 2u) << text;
    EXPECT_EQ(pieces.problems.size(), 1u) << text;
    EXPECT_EQ(pieces.problems[0].statement, 1u) << text;
    EXPECT_EQ(pieces.statements[1].span.end, text.size()) << text;
    return std::pair(pieces.problems[0].kind, std::string(text_of(text, pieces.problems[0].span)));
  };
  EXPECT_EQ(opening("a; SELECT 'b; c;"), std::pair(Kind::UnterminatedString, std::string("'")));
  EXPECT_EQ(opening("a; SELECT E'\\'; c;"), std::pair(Kind::UnterminatedString, std::string("'")));
  EXPECT_EQ(opening("a; SELECT \"b; c;"), std::pair(Kind::UnterminatedIdentifier, std::string("\"")));
  EXPECT_EQ(opening("a; DO $x$ b; $y$"), std::pair(Kind::UnterminatedDollarString, std::string("$x$")));
}

TEST(ParseSplitter, ACommentWithoutEndIsToldAndCostsNoStatement) {
  const Split pieces = split("SELECT 1; /* a; /* */ b;");
  EXPECT_EQ(pieces.statements.size(), 1u);
  ASSERT_EQ(pieces.problems.size(), 1u);
  EXPECT_EQ(pieces.problems[0].kind, Kind::UnterminatedComment);
  EXPECT_EQ(pieces.problems[0].span, (Span{10, 12}));
  EXPECT_EQ(pieces.problems[0].statement, kNoStatement);
}

TEST(ParseSplitter, NulBytesCostTheirStatementOnly) {
  const std::string text("SELECT 1; SELECT \0 2; SELECT 3;", 31);
  const Split pieces = split(text);
  ASSERT_EQ(pieces.statements.size(), 3u);
  EXPECT_FALSE(pieces.statements[0].refused);
  EXPECT_TRUE(pieces.statements[1].refused);
  EXPECT_FALSE(pieces.statements[2].refused);
  ASSERT_EQ(pieces.problems.size(), 1u);
  EXPECT_EQ(pieces.problems[0].span, (Span{17, 18}));
  EXPECT_EQ(pieces.problems[0].statement, 1u);
  EXPECT_THAT(problems(std::string("a;\0b;", 5)), ElementsAre(Kind::NulByte));
}

TEST(ParseSplitter, SlowInputIsRefusedOneStatementAtATime) {
  const std::string run = "SELECT 1" + std::string(2'001, '+') + "1; SELECT 2;";
  const Split pieces = split(run);
  ASSERT_EQ(pieces.statements.size(), 2u);
  EXPECT_TRUE(pieces.statements[0].refused);
  EXPECT_FALSE(pieces.statements[1].refused);
  EXPECT_EQ(pieces.problems.at(0).kind, Kind::OperatorRunTooLong);
  EXPECT_THAT(problems("SELECT 1" + std::string(2'000, '+') + "1;"), IsEmpty());

  std::string nested = "SELECT 1 ";
  for (int depth = 0; depth < 1'001; ++depth) nested += "/* ";
  for (int depth = 0; depth < 1'001; ++depth) nested += "*/ ";
  EXPECT_THAT(problems(nested + "+ 1; SELECT 2"), ElementsAre(Kind::CommentNestedTooDeeply));

  std::string flat = "SELECT 1 ";
  for (int n = 0; n < 20'000; ++n) flat += "/**/";
  EXPECT_THAT(problems(flat + " + 1;"), ElementsAre(Kind::OperatorRunTooLong));
  EXPECT_THAT(problems(flat.substr(9) + "SELECT 1"), IsEmpty());  // between statements nobody reads it
}

TEST(ParseSplitter, HugeStatementsAreRefused) {
  SplitLimits limits;
  limits.statement_bytes = 20;
  const Split pieces = split("SELECT 'a long string'; SELECT 1", {}, limits);
  EXPECT_TRUE(pieces.statements.at(0).refused);
  EXPECT_FALSE(pieces.statements.at(1).refused);
  EXPECT_EQ(pieces.problems.at(0).kind, Kind::StatementTooLong);
}

TEST(ParseSplitter, InvisibleCharactersAreToldOncePerStatement) {
  const std::string text =
      "SELECT\xC2\xA0"
      "1,\xC2\xA0"
      "2; SELECT '\xC2\xA0'; \xE2\x80\x8BSELECT 3";
  const Split pieces = split(text);
  ASSERT_EQ(pieces.problems.size(), 2u);
  EXPECT_EQ(pieces.problems[0].kind, Kind::InvisibleCharacter);
  EXPECT_EQ(pieces.problems[0].span, (Span{6, 8}));
  EXPECT_EQ(pieces.problems[1].statement, 2u);
  EXPECT_FALSE(pieces.statements[0].refused);
}

TEST(ParseSplitter, BatchLinesEndStatements) {
  const std::string text = "SET ANSI_NULLS ON\nGO\n/* c */\nCREATE TABLE t (a int)\r\n  go  \r\nSELECT 1\nGO";
  const Split pieces = split(text);
  EXPECT_THAT(texts(text, pieces), ElementsAre("SET ANSI_NULLS ON", "CREATE TABLE t (a int)", "SELECT 1"));
  EXPECT_EQ(pieces.statements[0].ending, Ending::BatchLine);
  EXPECT_THAT(problems(text), ElementsAre(Kind::BatchLine));
  // A table may well be called go.
  EXPECT_THAT(statements("SELECT * FROM t\ngo\nWHERE a; UPDATE t\ngo\nSET a = 1; SELECT (\ngo\n)"),
              ElementsAre("SELECT * FROM t\ngo\nWHERE a", "UPDATE t\ngo\nSET a = 1", "SELECT (\ngo\n)"));
}

TEST(ParseSplitter, SectionsAreReadByThemselves) {
  const std::string text = "-- up\nSELECT 'a; -- down\nSELECT 2; /* c */";
  const Split pieces = split(text, {{6, 16}, {25, 35}});
  EXPECT_THAT(texts(text, pieces), ElementsAre("SELECT 'a;", "SELECT 2"));
  EXPECT_EQ(pieces.statements[0].section, 0u);
  EXPECT_EQ(pieces.statements[1].section, 1u);
  ASSERT_EQ(pieces.problems.size(), 1u);
  EXPECT_EQ(pieces.problems[0].kind, Kind::UnterminatedString);
  EXPECT_EQ(pieces.comments.size(), 3u);  // outside of sections too
}

TEST(ParseSplitter, StrangeSectionsDoNoHarm) {
  EXPECT_THAT(split("SELECT 1;", {{4, 2}, {3, 99}}).statements.size(), 1u);
  EXPECT_THAT(split("", {{0, 9}}).statements, IsEmpty());
}

TEST(ParseSplitter, HostileInputTakesLinearTime) {
  std::string deep = "SELECT 1 ";
  for (int n = 0; n < 300'000; ++n) deep += "/*";
  std::string backslashes = "SELECT 1 ";
  for (int n = 0; n < 300'000; ++n) backslashes += "\\ ";
  std::string dollars;
  for (int n = 0; n < 300'000; ++n) dollars += "$a$$b";
  std::string go;
  for (int n = 0; n < 100'000; ++n) go += "\nGO\nx";
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& text : {deep, backslashes, dollars, go, std::string(1'000'000, '+')}) {
    EXPECT_THAT(split(text).statements, testing::Not(IsEmpty()));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

// Texts cut, doubled and shuffled: pieces stay in order, inside the text, and apart from each other.
TEST(ParseSplitter, GarbageDoesNoHarm) {
  const std::string seed =
      "CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN 'a' THEN 1 END; END; COPY t FROM stdin;\n1\tx\n\\.\n"
      "\\copy t from stdin\n2\n\\.\nCREATE RULE r DO (a; b); SELECT E'\\'' /* x /* y */ */ \\gexec\nSET "
      "a\nGO\n"
      "SELECT $a$;$a$ -- c\n\\; \"b\"\"c\"; \xC2\xA0 @-+--\n";
  std::mt19937 random(11);  // NOLINT: the same sequence on every run
  const auto pick = [&random](std::size_t below) { return static_cast<std::size_t>(random() % below); };
  for (int round = 0; round < 4'000; ++round) {
    std::string text = seed;
    for (std::size_t change = 0; change <= pick(5); ++change) {
      const std::size_t begin = pick(text.size());
      const std::string piece =
          seed.substr(pick(seed.size()), pick(30)) + std::string(pick(20) == 0 ? 1 : 0, '\0');
      if (pick(2) == 0) text.erase(begin, pick(20));
      text.insert(std::min(begin, text.size()), piece);
    }
    const Split pieces = split(text);
    std::uint32_t end = 0;
    for (const StatementPiece& piece : pieces.statements) {
      ASSERT_GE(piece.span.begin, end) << text;
      ASSERT_LT(piece.span.begin, piece.span.end) << text;
      end = piece.span.end;
    }
    ASSERT_LE(end, text.size()) << text;
    for (const Problem& problem : pieces.problems) {
      ASSERT_LE(problem.span.end, text.size()) << text;
      const bool known = problem.statement < pieces.statements.size();
      ASSERT_TRUE(known || problem.statement == kNoStatement) << text;
    }
    for (const Skipped& skipped : pieces.skipped) ASSERT_LE(skipped.span.end, text.size()) << text;
  }
}

TEST(ParseSplitter, EveryProblemHasASentence) {
  for (int kind = 0; kind <= static_cast<int>(Kind::BatchLine); ++kind) {
    EXPECT_TRUE(message_of(static_cast<Kind>(kind)).ends_with(".")) << kind;
  }
}

}  // namespace
}  // namespace migcheck::parsing
