// SPDX-License-Identifier: MIT
#pragma once

// A check's page (Markdown) for places that show plain text.

#include <string>
#include <string_view>

namespace migcheck::report {

// The page without its marks: headings, fences, emphasis and code ticks go, the text inside fences stays as
// it is.
std::string plain_text(std::string_view markdown);

// The first paragraph of prose, on one line, without marks; cut at `limit` bytes on a word's end.
std::string first_paragraph(std::string_view markdown, std::size_t limit);

}  // namespace migcheck::report
