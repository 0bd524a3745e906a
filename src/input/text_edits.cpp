// SPDX-License-Identifier: MIT

#include "input/text_edits.hpp"

#include <algorithm>
#include <utility>

namespace migcheck::input {
namespace {

bool keep_length(const std::vector<TextEdit>& edits) {
  return std::all_of(edits.begin(), edits.end(),
                     [](const TextEdit& edit) { return edit.text.size() == edit.span.size(); });
}

void replace_in_place(std::string& text, const std::vector<TextEdit>& edits) {
  for (const TextEdit& edit : edits) text.replace(edit.span.begin, edit.span.size(), edit.text);
}

// Writes the edited text piece by piece, and where each piece came from.
void rebuild(SourceFile& source, const std::vector<TextEdit>& edits) {
  const std::string before = std::move(source.text);
  const OffsetMap map_before = std::move(source.map);
  source.text.clear();
  source.map.pieces.clear();
  const auto piece = [&](std::uint32_t origin, bool verbatim) {
    source.map.pieces.push_back(
        {static_cast<std::uint32_t>(source.text.size()), map_before.to_origin(origin), verbatim});
  };
  std::uint32_t at = 0;
  for (const TextEdit& edit : edits) {
    if (edit.span.begin > at) piece(at, true);
    source.text.append(before, at, edit.span.begin - at);
    if (!edit.text.empty()) piece(edit.span.begin, edit.text.size() == edit.span.size());
    source.text += edit.text;
    at = edit.span.end;
  }
  piece(at, true);
  source.text.append(before, at);
}

}  // namespace

TextEdit blank(std::string_view text, Span span) {
  std::string spaces(text_of(text, span));
  std::replace_if(
      spaces.begin(), spaces.end(), [](char c) { return c != '\n' && c != '\r'; }, ' ');
  return {span, std::move(spaces)};
}

void apply_edits(SourceFile& source, const std::vector<TextEdit>& edits) {
  if (edits.empty()) return;
  if (source.original.empty()) source.original = source.text;
  if (keep_length(edits)) {
    replace_in_place(source.text, edits);
  } else {
    rebuild(source, edits);
  }
}

}  // namespace migcheck::input
