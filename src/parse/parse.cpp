// SPDX-License-Identifier: MIT

#include "migcheck/parse.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "parse/reader.hpp"
#include "parse/splitter.hpp"

namespace migcheck {
namespace {

// A file of so many parts is handed out while it is read: a thread costs about as much as one of them.
constexpr std::size_t kManyParts = 12;
// Bytes of a part: each hand-over may wake the one who waits.
constexpr std::size_t kPart = 8 * 1024;
// Who replays a file and two ahead of it are more than a replay can keep up with.
constexpr std::size_t kMostReaders = 3;
// Bytes of trees for a byte of text, about.
constexpr std::size_t kTreesOfText = 4;

const OffsetMap kOwnText{};

// A text that several read at once, each into an arena of its own.
class SharedText {
 public:
  SharedText(parsing::SplitText text, std::vector<parsing::SplitText::Part> parts,
             std::vector<std::string> parameter_names)
      : text_(std::move(text)), parts_(std::move(parts)), parameter_names_(std::move(parameter_names)) {}

  ast::StatementBatch read(ast::Arena& arena, std::size_t part) const {
    return parsing::StatementReader(arena, parameter_names_).read(text_, parts_[part]);
  }

 private:
  parsing::SplitText text_;
  std::vector<parsing::SplitText::Part> parts_;
  std::vector<std::string> parameter_names_;
};

}  // namespace

ParsedFile parse(SourceFile text, const std::vector<Section>& sections, const ParseOptions& options) {
  ParsedFile file;
  file.source = std::make_unique<const SourceFile>(std::move(text));
  std::vector<Span> spans;
  spans.reserve(sections.size());
  for (const Section& section : sections) spans.push_back(section.span);
  parsing::Split split = parsing::split(file.source->text, spans);
  file.comments = std::move(split.comments);
  file.skipped = std::move(split.skipped);
  parsing::SplitText pieces(file.source->text, std::move(split), kOwnText);
  file.weight = file.source->text.size();
  file.arenas.push_back(std::make_unique<ast::Arena>());
  auto parts = pieces.parts(kPart);
  if (parts.size() < kManyParts) {
    parsing::StatementReader reader(*file.arenas[0], options.parameter_names);
    file.statements = ast::StatementStream(reader.read(pieces, pieces.whole()));
    file.weight += file.arenas[0]->capacity();
    return file;
  }
  file.weight += file.source->text.size() * kTreesOfText;
  const std::size_t readers = std::clamp<std::size_t>(options.readers, 1, kMostReaders);
  while (file.arenas.size() < readers) file.arenas.push_back(std::make_unique<ast::Arena>());
  const std::size_t count = parts.size();
  const auto shared =
      std::make_shared<const SharedText>(std::move(pieces), std::move(parts), options.parameter_names);
  file.statements = ast::StatementStream(
      count, file.arenas.size(), [shared, arenas = file.arenas.data()](std::size_t part, std::size_t reader) {
        return shared->read(*arenas[reader], part);
      });
  return file;
}

const ast::Body* read_called_body(ast::Arena& arena, const ast::Body& body,
                                  const std::vector<ast::BoundValue>& values, std::uint32_t place) {
  return parsing::StatementReader(arena, {}).read_called(body, values, place);
}

}  // namespace migcheck
