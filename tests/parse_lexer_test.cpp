// SPDX-License-Identifier: MIT

#include "parse/lexer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace migcheck::parsing {
namespace {

using testing::ElementsAre;

std::vector<std::string> tokens_of(std::string_view text) {
  std::vector<std::string> tokens;
  Lexer lexer(text);
  for (Token token = lexer.next_or_comment(); token.kind != TokenKind::End; token = lexer.next_or_comment()) {
    tokens.emplace_back(text_of(text, token.span));
  }
  return tokens;
}

Token first(std::string_view text) {
  return Lexer(text).next_or_comment();
}

TEST(ParseLexer, WordsNumbersAndPunctuation) {
  EXPECT_THAT(tokens_of("SELECT a$1,b.c[1] FROM été;"),
              ElementsAre("SELECT", "a$1", ",", "b", ".", "c", "[", "1", "]", "FROM", "été", ";"));
}

TEST(ParseLexer, NumbersOfEveryForm) {
  for (const std::string number :
       {"0xFF", "0o17", "0b101", "1_000", "1.5", ".5", "1.", "1e10", "1.5E-3", "0x_FF"}) {
    EXPECT_EQ(first(number).kind, TokenKind::Number) << number;
    EXPECT_THAT(tokens_of(number), ElementsAre(number));
  }
  EXPECT_THAT(tokens_of("1..10"), ElementsAre("1", "..", "10"));
  EXPECT_THAT(tokens_of("1_"), ElementsAre("1", "_"));
}

TEST(ParseLexer, StringsOfEveryForm) {
  for (const std::string text :
       {"'a''b;'", "E'a\\'b'", "b'01'", "X'1F'", "U&'\\00e9'", "n'x'", "e'a''\\\\'"}) {
    EXPECT_EQ(first(text).kind, TokenKind::String) << text;
    EXPECT_THAT(tokens_of(text + ";"), ElementsAre(text, ";"));
  }
  EXPECT_THAT(tokens_of("'a\\'b"), ElementsAre("'a\\'", "b"));  // standard strings know no backslash
}

TEST(ParseLexer, AnEscapeStringGoesOnInItsWayOnTheNextLine) {
  EXPECT_THAT(tokens_of("E'a' -- c\n  'b\\'c' d"), ElementsAre("E'a'", "-- c", "'b\\'c'", "d"));
  EXPECT_THAT(tokens_of("E'a' 'b\\' d"), ElementsAre("E'a'", "'b\\'", "d"));
}

TEST(ParseLexer, DollarQuotes) {
  EXPECT_THAT(tokens_of("$$a;$b$$ c"), ElementsAre("$$a;$b$$", "c"));
  EXPECT_THAT(tokens_of("$t$ $$ $x$ $t$;"), ElementsAre("$t$ $$ $x$ $t$", ";"));
  EXPECT_THAT(tokens_of("a$$b$$"), ElementsAre("a$$b$$"));  // a word may hold $
  EXPECT_THAT(tokens_of("$1$2"), ElementsAre("$1", "$2"));
  EXPECT_EQ(first("$1").kind, TokenKind::Parameter);
  EXPECT_EQ(first("$ x").kind, TokenKind::Other);
}

TEST(ParseLexer, OperatorsEndWherePostgresEndsThem) {
  EXPECT_THAT(tokens_of("a=-1"), ElementsAre("a", "=", "-", "1"));
  EXPECT_THAT(tokens_of("a@-1"), ElementsAre("a", "@-", "1"));
  EXPECT_THAT(tokens_of("a<>+-1"), ElementsAre("a", "<>", "+", "-", "1"));
  EXPECT_THAT(tokens_of("a+-@+-b"), ElementsAre("a", "+-@+-", "b"));
  EXPECT_THAT(tokens_of("a*/*c*/b"), ElementsAre("a", "*", "/*c*/", "b"));
  EXPECT_THAT(tokens_of("a<--c\nb"), ElementsAre("a", "<", "--c", "b"));
  EXPECT_THAT(tokens_of("a::text:=b->>'c'=>d"),
              ElementsAre("a", "::", "text", ":=", "b", "->>", "'c'", "=>", "d"));
}

TEST(ParseLexer, CommentsNest) {
  EXPECT_THAT(tokens_of("a /* b /* c */ ; */ d"), ElementsAre("a", "/* b /* c */ ; */", "d"));
  EXPECT_THAT(tokens_of("/*/*/ */ */x"), ElementsAre("/*/*/ */ */", "x"));
  EXPECT_THAT(tokens_of("-- a\rb"), ElementsAre("-- a", "b"));
}

TEST(ParseLexer, WhatIsNeverClosedRunsToTheEndAndSaysSo) {
  for (const std::string text : {"'a;", "\"a;", "$x$ a; $y$", "/* a; /* */", "E'a\\'", "U&\"a"}) {
    const Token token = first(text);
    EXPECT_TRUE(token.unterminated) << text;
    EXPECT_EQ(token.span.end, text.size()) << text;
  }
}

TEST(ParseLexer, RangesEndTokens) {
  const std::string text = "SELECT 'abc' FROM t";
  Lexer lexer(text, {7, 9});
  const Token token = lexer.next();
  EXPECT_EQ(token.span, (Span{7, 9}));
  EXPECT_TRUE(token.unterminated);
  EXPECT_EQ(lexer.next().kind, TokenKind::End);
}

TEST(ParseLexer, NamesAreFoldedUnquotedAndCut) {
  EXPECT_EQ(identifier_text("Foo", first("Foo")), "foo");
  EXPECT_EQ(identifier_text("\"Foo\"\"b\"", first("\"Foo\"\"b\"")), "Foo\"b");
  EXPECT_EQ(identifier_text("U&\"d\\0061t\\+000061\"", first("U&\"d\\0061t\\+000061\"")), "data");
  EXPECT_EQ(identifier_text("U&\"\\D83D\\DE00\"", first("U&\"\\D83D\\DE00\"")), "\xF0\x9F\x98\x80");
  const std::string longest = std::string(62, 'x') + "\xC3\xA9";  // é would end at byte 64
  EXPECT_EQ(identifier_text(longest, first(longest)), std::string(62, 'x'));
}

TEST(ParseLexer, QuotedWordsAreNoKeywords) {
  EXPECT_TRUE(is_keyword("index", first("index"), "INDEX"));
  EXPECT_FALSE(is_keyword("\"index\"", first("\"index\""), "INDEX"));
  EXPECT_FALSE(is_keyword("indexes", first("indexes"), "INDEX"));
}

// A run that PostgreSQL's scanner needs quadratic time for: a million tokens here, one look at each byte.
TEST(ParseLexer, LongRunsTakeLinearTime) {
  const std::string text(1'000'000, '+');
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(tokens_of(text).size(), text.size());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

}  // namespace
}  // namespace migcheck::parsing
