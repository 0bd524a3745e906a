// SPDX-License-Identifier: MIT

#include "input/same_sql.hpp"

#include <string>

#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

// The text as the server reads it: without comments, with one space where there is any between two words.
std::string bare(std::string_view text) {
  std::string result;
  SqlScanner scanner(text);
  TextPiece piece;
  bool gap = false;
  while (scanner.next(piece)) {
    if (piece.region == Region::LineComment || piece.region == Region::BlockComment) {
      gap = true;
      continue;
    }
    for (const char c : text_of(text, piece.span)) {
      const bool space = piece.region == Region::Code && is_space(c);
      if (!space) {
        if (gap && !result.empty()) result.push_back(' ');
        result.push_back(c);
      }
      gap = space;
    }
  }
  return result;
}

}  // namespace

FileChange change_between(std::string_view before, std::string_view after) {
  if (before == after) return FileChange::Same;
  return bare(before) == bare(after) ? FileChange::Reworded : FileChange::Edited;
}

}  // namespace migcheck::input
