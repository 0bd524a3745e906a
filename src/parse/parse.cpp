// SPDX-License-Identifier: MIT

#include "migcheck/parse.hpp"

#include <utility>

#include "parse/reader.hpp"
#include "parse/splitter.hpp"

namespace migcheck {
namespace {

// From here on a file's statements are handed out while they are read: a thread costs about as much as some
// dozens of them.
constexpr std::size_t kManyStatements = 1'000;
// So many at once: each hand-over may wake the one who waits.
constexpr std::size_t kBatch = 64;
// Bytes of trees for a byte of text, about.
constexpr std::size_t kTreesOfText = 4;

const OffsetMap kOwnText{};

ast::StatementStream read_now(const SourceFile& source, parsing::Split split, ast::Arena& arena,
                              const ParseOptions& options) {
  parsing::SplitText pieces(source.text, std::move(split), kOwnText);
  return ast::StatementStream(parsing::StatementReader(arena, options.parameter_names).read(pieces));
}

ast::StatementStream read_on(const SourceFile& source, parsing::Split split, ast::Arena& arena,
                             const ParseOptions& options) {
  parsing::SplitText pieces(source.text, std::move(split), kOwnText);
  return ast::StatementStream([&arena, pieces = std::move(pieces), names = options.parameter_names](
                                  const ast::StatementStream::Take& take) mutable {
    parsing::StatementReader reader(arena, names);
    while (pieces.left() > 0 && take(reader.read(pieces, kBatch))) {
    }
  });
}

}  // namespace

ParsedFile parse(SourceFile text, const std::vector<Section>& sections, const ParseOptions& options) {
  auto source = std::make_unique<const SourceFile>(std::move(text));
  auto arena = std::make_unique<ast::Arena>();
  std::vector<Span> spans;
  spans.reserve(sections.size());
  for (const Section& section : sections) spans.push_back(section.span);
  parsing::Split split = parsing::split(source->text, spans);
  std::vector<Comment> comments = std::move(split.comments);
  std::vector<Skipped> skipped = std::move(split.skipped);
  const bool many = split.statements.size() > kManyStatements;
  ast::StatementStream statements = many ? read_on(*source, std::move(split), *arena, options)
                                         : read_now(*source, std::move(split), *arena, options);
  const std::size_t weight =
      source->text.size() + (many ? source->text.size() * kTreesOfText : arena->capacity());
  return {std::move(source),   std::move(arena),   std::move(statements),
          std::move(comments), std::move(skipped), weight};
}

const ast::Body* read_called_body(ast::Arena& arena, const ast::Body& body,
                                  const std::vector<ast::BoundValue>& values, std::uint32_t place) {
  return parsing::StatementReader(arena, {}).read_called(body, values, place);
}

}  // namespace migcheck
