// SPDX-License-Identifier: MIT

#include "migcheck/source.hpp"

#include <gtest/gtest.h>

#include <string>

namespace migcheck {
namespace {

TEST(LineIndex, EveryKindOfLineEndEndsALine) {
  const std::string text = "a\nb\r\nc\rd";
  const LineIndex lines(text);
  EXPECT_EQ(lines.line_count(), 4u);
  EXPECT_EQ(lines.position(text, 2).line, 2u);
  EXPECT_EQ(lines.position(text, 5).line, 3u);
  EXPECT_EQ(lines.position(text, 7).line, 4u);
  EXPECT_EQ(text.substr(lines.line(text, 2).begin, lines.line(text, 2).size()), "b");
  EXPECT_EQ(lines.line(text, 5), Span{});
}

TEST(LineIndex, ColumnsAreCountedInAllThreeUnits) {
  const std::string text = "-- \xF0\x9F\x98\x80\xC3\xA9 x";
  const Position position = LineIndex(text).position(text, static_cast<std::uint32_t>(text.find('x')));
  EXPECT_EQ(position.column, 7u);
  EXPECT_EQ(position.column_utf16, 8u);
  EXPECT_EQ(position.column_bytes, 11u);
}

TEST(LineIndex, AByteInsideACharacterHasThePositionOfTheCharacter) {
  const std::string text = "\xC3\xA9x";
  EXPECT_EQ(LineIndex(text).position(text, 1).column, 1u);
}

TEST(LineIndex, BytesThatAreNotUtf8CountAsOneEach) {
  const std::string text = "\xE9\xE9x";
  EXPECT_EQ(LineIndex(text).position(text, 2).column, 3u);
}

TEST(LineIndex, KnowsWhereLinesBeginAndWhichHoldsAByte) {
  const std::string text = "a\nbc\n";
  const LineIndex lines(text);
  EXPECT_EQ(lines.line_of(0), 1u);
  EXPECT_EQ(lines.line_of(1), 1u);
  EXPECT_EQ(lines.line_of(3), 2u);
  EXPECT_EQ(lines.line_of(99), 3u);
  EXPECT_EQ(lines.begin_of(2), 2u);
}

TEST(LineIndex, OffsetsPastTheEndGiveTheEnd) {
  const std::string text = "ab";
  EXPECT_EQ(LineIndex(text).position(text, 99).column, 3u);
}

TEST(SourceFile, SpansOfADerivedBufferLeadBackToTheFile) {
  SourceFile file;
  file.original = "SELECT ${id} FROM t";
  file.text = "SELECT 1 FROM t";
  file.map.pieces = {{0, 0, true}, {7, 7, false}, {8, 12, true}};
  EXPECT_EQ(file.to_original({7, 8}), (Span{7, 8}));
  EXPECT_EQ(file.to_original({14, 15}), (Span{18, 19}));
  EXPECT_EQ(file.to_original({0, 6}), (Span{0, 6}));
}

}  // namespace
}  // namespace migcheck
