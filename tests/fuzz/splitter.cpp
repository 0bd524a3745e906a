// SPDX-License-Identifier: MIT

// The splitter and the lexer. The first byte says how many sections the text is cut into.

#include <vector>

#include "parse/lexer.hpp"
#include "parse/splitter.hpp"
#include "unit.hpp"

namespace migcheck {
namespace {

std::vector<Span> sections_of(std::string_view text, unsigned count) {
  std::vector<Span> sections;
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::uint32_t step = size / (count + 1) + 1;
  // A gap of one byte between sections: what stands there is run by nobody.
  for (std::uint32_t begin = 0; count > 0 && begin < size; begin += step) {
    sections.push_back({begin, std::min(size, begin + step - 1)});
  }
  return sections;
}

void look_at_tokens(std::string_view text, Span piece) {
  parsing::Lexer lexer(text, piece);
  std::uint32_t at = piece.begin;
  for (parsing::Token token = lexer.next(); token.kind != parsing::TokenKind::End; token = lexer.next()) {
    fuzz::expect(token.span.begin >= at && token.span.end > token.span.begin,
                 "tokens stand one behind the other");
    fuzz::expect(token.span.end <= piece.end, "a token ends inside its statement");
    at = token.span.end;
  }
}

void look_at(std::string_view text, const parsing::Split& split) {
  std::uint32_t at = 0;
  for (const parsing::StatementPiece& piece : split.statements) {
    fuzz::expect(piece.span.begin >= at && piece.span.end > piece.span.begin, "statements follow each other");
    fuzz::expect(piece.span.end <= text.size(), "a statement ends inside the text");
    at = piece.span.end;
    if (!piece.refused) look_at_tokens(text, piece.span);
  }
  for (const Comment& comment : split.comments) {
    fuzz::expect(comment.span.size() >= 2 && comment.span.end <= text.size(), "a comment has its marks");
  }
  for (const parsing::Problem& problem : split.problems) {
    fuzz::expect(problem.span.begin <= problem.span.end && problem.span.end <= text.size(),
                 "a problem has a place");
    fuzz::expect(problem.statement == parsing::kNoStatement || problem.statement < split.statements.size(),
                 "a problem's statement exists");
    fuzz::expect(!parsing::message_of(problem.kind).empty(), "a problem has a sentence");
  }
}

}  // namespace
}  // namespace migcheck

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migcheck;
  if (size == 0) return 0;
  const fuzz::TimeBound bound(size);
  const std::string_view text = fuzz::text_of_unit(data + 1, size - 1);
  look_at(text, parsing::split(text, sections_of(text, data[0] % 4)));
  return 0;
}
