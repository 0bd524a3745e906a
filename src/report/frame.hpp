// SPDX-License-Identifier: MIT
#pragma once

// The SQL around a finding, with carets under the clause.
//
// Every line starts with a gutter: an SQL line printed bare could be a command to the CI system that reads
// our output. Tabs are drawn as spaces, wide characters counted as two columns, control characters made
// visible; lines wider than the terminal are cut around the clause.

#include <string>

#include "migcheck/excerpt.hpp"
#include "report/paint.hpp"

namespace migcheck::report {

struct Frame {
  const Excerpt& excerpt;
  Span clause;     // without white space at its end
  Span statement;  // its first line is shown too, where the clause stands on a later one
  Ink ink = Ink::Error;
};

// How wide the gutter's numbers are.
int gutter_width(const Frame& frame);

void append_frame(std::string& out, const Frame& frame, const Paint& paint, int width);

// The gutter of a line without a number, up to and with its mark: "   |".
std::string gutter(int number_width, char mark);

}  // namespace migcheck::report
