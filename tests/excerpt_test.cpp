// SPDX-License-Identifier: MIT

#include "migcheck/excerpt.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace migcheck {
namespace {

// Lines of different length and line ends, some with characters of several bytes.
std::string varied_text() {
  const std::vector<std::string> ends = {"\n", "\r\n", "\r", "\n"};
  std::string text;
  for (std::size_t n = 0; n < 60; ++n) {
    text +=
        std::string(n % 7, 'x') + (n % 5 == 0 ? "\xC3\xA9\xF0\x9F\x98\x80 " : "") + std::string(n % 3, ' ');
    text += ends[n % ends.size()];
  }
  return text + "the end";
}

// Whatever is kept, positions and lines are those of the whole text.
void expect_as_in_whole(const std::string& text, Span span) {
  const LineIndex lines(text);
  const std::vector<Span> spans = {span};
  const Excerpt excerpt(text, spans);
  EXPECT_EQ(excerpt.position(span.begin), lines.position(text, span.begin)) << span.begin << " " << span.end;
  EXPECT_EQ(excerpt.position(span.end), lines.position(text, span.end)) << span.begin << " " << span.end;
  const Span trimmed = Excerpt(text).trimmed(span);
  EXPECT_EQ(excerpt.trimmed(span), trimmed) << span.begin << " " << span.end;
  EXPECT_EQ(excerpt.position(trimmed.end), lines.position(text, trimmed.end));
  const std::uint32_t first = lines.line_of(span.begin);
  const std::uint32_t last = lines.line_of(span.end);
  for (std::uint32_t line = first; line <= last; ++line) {
    const std::uint32_t trimmed_last = lines.line_of(trimmed.end);
    if (line >= first + Excerpt::kFirstLines && line + 1 < trimmed_last) continue;
    const Span whole = lines.line(text, line);
    EXPECT_EQ(excerpt.line(line).begin, whole.begin) << "line " << line;
    EXPECT_EQ(excerpt.line(line).text, text.substr(whole.begin, whole.size())) << "line " << line;
  }
}

TEST(Excerpt, PlacesAreThoseOfTheWholeText) {
  const std::string text = varied_text();
  const auto size = static_cast<std::uint32_t>(text.size());
  for (std::uint32_t begin = 0; begin <= size; begin += 3) {
    for (const std::uint32_t length : {0u, 1u, 5u, 40u, 150u, size})
      expect_as_in_whole(text, {begin, std::min(begin + length, size)});
  }
}

TEST(Excerpt, HoldsOnlyTheLinesThatSomebodyPointsInto) {
  std::string text;
  for (int n = 1; n <= 1000; ++n) text += "line " + std::to_string(n) + "\n";
  const auto at = [&](const char* word) { return static_cast<std::uint32_t>(text.find(word)); };
  const std::vector<Span> spans = {{at("line 900"), at("line 900") + 4}, {at("line 20\n"), at("line 520\n")}};
  const Excerpt excerpt(text, spans);
  EXPECT_EQ(excerpt.line(20).text, "line 20");
  EXPECT_EQ(excerpt.line(27).text, "line 27");
  EXPECT_EQ(excerpt.line(28).text, "");
  EXPECT_EQ(excerpt.line(519).text, "line 519");
  EXPECT_EQ(excerpt.line(900).text, "line 900");
  EXPECT_EQ(excerpt.line(901).text, "");
  EXPECT_LT(excerpt.text().size(), 120u);
}

TEST(Excerpt, LinesFromDifferentPlacesStayApart) {
  const std::string text = "a\rb\n\nc\n";
  const std::vector<Span> spans = {{0, 1}, {4, 4}};
  const Excerpt excerpt(text, spans);
  EXPECT_EQ(excerpt.position(4).line, 3u);
  EXPECT_EQ(excerpt.line(3).begin, 4u);
}

TEST(Excerpt, OfATextThatIsGoneColumnsCountBytes) {
  const std::string text = "a\n\xC3\xA9 b\nc";
  const std::vector<Span> spans = {{5, 6}};
  const Excerpt excerpt(LineIndex(text), spans);
  EXPECT_EQ(excerpt.position(5), (Position{2, 4, 4, 4}));
  EXPECT_EQ(excerpt.line(2).text, "");
}

TEST(Excerpt, OfNothingIsNothing) {
  EXPECT_EQ(Excerpt().position(7), Position{});
  EXPECT_EQ(Excerpt().line(1).text, "");
  EXPECT_EQ(Excerpt().trimmed({1, 2}), (Span{1, 2}));
}

}  // namespace
}  // namespace migcheck
