// SPDX-License-Identifier: MIT
#pragma once

// Replacing parts of a text so that the parser can read it, and positions stay true.

#include <string>
#include <string_view>
#include <vector>

#include "migcheck/source.hpp"

namespace migcheck::input {

// The bytes of `span` are replaced by `text`.
struct TextEdit {
  Span span;
  std::string text;
};

// Makes a part of the text blank; line ends stay, so that lines keep their numbers.
TextEdit blank(std::string_view text, Span span);

// Applies edits (sorted, not overlapping) to source.text. The text before is kept as `original` unless an
// older one is kept already. While all edits keep their length the map stays as it is; otherwise it gets
// pieces.
void apply_edits(SourceFile& source, const std::vector<TextEdit>& edits);

}  // namespace migcheck::input
