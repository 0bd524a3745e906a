// SPDX-License-Identifier: MIT

#include "parse/derived_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace migcheck::parsing {
namespace {

DerivedText decoded(std::string_view text) {
  return decode_string(text, Lexer(text).next()).value();
}

// Where the byte of the derived text came from.
std::uint32_t origin(const DerivedText& text, std::string_view needle) {
  return text.map.to_origin(static_cast<std::uint32_t>(text.text.find(needle)));
}

TEST(ParseDerivedText, StringsLoseTheirQuotes) {
  EXPECT_EQ(decoded("'it''s'").text, "it's");
  EXPECT_EQ(decoded("$b$ it's $b$").text, " it's ");
  EXPECT_EQ(decoded("E'a\\n\\'\\x41\\101\\u00e9\\q\\\\'").text, "a\n'AA\xC3\xA9q\\");
  EXPECT_EQ(decoded("U&'d\\0061t\\+000061\\\\'").text, "data\\");
  EXPECT_EQ(decoded("'a\\n'").text, "a\\n");
  EXPECT_EQ(decoded("''").text, "");
  EXPECT_EQ(decoded("E'\\U0001F600\\uD83D\\uDE00'").text, "\xF0\x9F\x98\x80\xF0\x9F\x98\x80");
}

TEST(ParseDerivedText, WhatPostgresRefusesIsNothing) {
  for (const std::string text : {"E'\\u12'", "E'\\uD83D'", "U&'\\zz'", "B'01'", "X'1F'", "E'\\0'"}) {
    EXPECT_FALSE(decode_string(text, Lexer(text).next()).has_value()) << text;
  }
}

TEST(ParseDerivedText, BytesLeadBackToTheFile) {
  const DerivedText plain = decoded("'SELECT ''x'' FROM t'");
  EXPECT_EQ(plain.text, "SELECT 'x' FROM t");
  EXPECT_EQ(origin(plain, "SELECT"), 1u);
  EXPECT_EQ(origin(plain, "x"), 10u);
  EXPECT_EQ(origin(plain, "FROM"), 14u);
  const DerivedText escaped = decoded("E'a\\tb'");
  EXPECT_EQ(origin(escaped, "\t"), 3u);
  EXPECT_EQ(origin(escaped, "b"), 5u);
  EXPECT_EQ(origin(decoded("$x$ab$x$"), "b"), 4u);
}

TEST(ParseDerivedText, SlicesKeepTheirPlace) {
  const DerivedText whole = decoded("'a ''b'' c'");  // a 'b' c
  const DerivedText part = slice(whole, {3, 7});
  EXPECT_EQ(part.text, "b' c");
  EXPECT_EQ(part.map.pieces.front().derived, 0u);
  EXPECT_EQ(origin(part, "b"), origin(whole, "b"));
  EXPECT_EQ(origin(part, "c"), origin(whole, "c"));
}

TEST(ParseDerivedText, ABodyInABodyLeadsToTheFile) {
  const std::string file = "DO 'EXECUTE ''SELECT ''''x'''' FROM t'''";
  Lexer lexer(file);
  lexer.next();
  const DerivedText body = decode_string(file, lexer.next()).value();
  Lexer inner(body.text);
  inner.next();
  DerivedText sql = decode_string(body.text, inner.next()).value();
  EXPECT_EQ(sql.text, "SELECT 'x' FROM t");
  rebase(sql, body.map);
  EXPECT_EQ(origin(sql, "SELECT"), file.find("SELECT"));
  EXPECT_EQ(origin(sql, "x"), file.find('x'));
  EXPECT_EQ(origin(sql, "FROM"), file.find("FROM"));
}

}  // namespace
}  // namespace migcheck::parsing
