// SPDX-License-Identifier: MIT

#include "migcheck/parse.hpp"

#include <utility>

#include "parse/reader.hpp"
#include "parse/splitter.hpp"

namespace migcheck {

ParsedFile parse(SourceFile source, const std::vector<Section>& sections, const ParseOptions& options) {
  ParsedFile file;
  file.source = std::make_unique<const SourceFile>(std::move(source));
  std::vector<Span> spans;
  spans.reserve(sections.size());
  for (const Section& section : sections) spans.push_back(section.span);
  parsing::Split split = parsing::split(file.source->text, spans);
  parsing::StatementReader reader(file.arena, options.parameter_names);
  file.statements = reader.read(file.source->text, split);
  file.comments = std::move(split.comments);
  file.skipped = std::move(split.skipped);
  return file;
}

const ast::Body* read_called_body(ast::Arena& arena, const ast::Body& body,
                                  const std::vector<ast::BoundValue>& values, std::uint32_t place) {
  return parsing::StatementReader(arena, {}).read_called(body, values, place);
}

}  // namespace migcheck
