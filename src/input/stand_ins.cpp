// SPDX-License-Identifier: MIT

#include "input/stand_ins.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "input/file_kinds.hpp"
#include "input/sql_text.hpp"
#include "input/text_edits.hpp"

namespace migcheck::input {
namespace {

constexpr std::string_view kExtensionSchema = "@extschema@";

// In front of a dot it goes with the dot, so that the name behind it is looked up in the search path.
void fill_extension_schemas(std::string_view text, Span code, std::vector<TextEdit>& edits) {
  const std::string_view here = text.substr(0, code.end);
  for (std::size_t at = here.find(kExtensionSchema, code.begin); at != std::string_view::npos;
       at = here.find(kExtensionSchema, at + 1)) {
    const std::size_t end = at + kExtensionSchema.size();
    const bool qualifies = end < text.size() && text[end] == '.';
    edits.push_back({span_of(at, end + (qualifies ? 1 : 0)),
                     qualifies ? std::string(kExtensionSchema.size() + 1, ' ') : "_extschema_"});
  }
}

// How many parentheses the code leaves open, or closes of those before it.
int depth_behind(std::string_view code, int depth) {
  for (const char c : code) depth += c == '(' ? 1 : c == ')' ? -1 : 0;
  return std::max(depth, 0);
}

}  // namespace

void fill_schema_names(SourceFile& source) {
  const std::string_view text = source.text;
  const bool extension = text.find(kExtensionSchema) != std::string_view::npos;
  if (!extension && text.find("*/.") == std::string_view::npos) return;
  std::vector<TextEdit> edits;
  SqlScanner scanner(text);
  TextPiece piece;
  while (scanner.next(piece)) {
    const bool before_dot = piece.span.end < text.size() && text[piece.span.end] == '.';
    if (piece.region == Region::BlockComment && before_dot) {
      edits.push_back({{piece.span.begin, piece.span.end + 1}, std::string(piece.span.size() + 1, ' ')});
      scanner.resume_at(piece.span.end + 1);
    } else if (extension && piece.region == Region::Code) {
      fill_extension_schemas(text, piece.span, edits);
    }
  }
  apply_edits(source, edits);
}

void end_queries_at_names(SourceFile& source) {
  const std::string_view text = source.text;
  std::vector<TextEdit> edits;
  SqlScanner scanner(text);
  TextPiece piece;
  bool open = false;  // a query that no semicolon has ended
  int depth = 0;      // inside parentheses a comment names no query
  while (scanner.next(piece)) {
    const std::string_view content = text_of(text, piece.span);
    if (piece.region == Region::LineComment && open && depth == 0 && names_query(content)) {
      std::string end(content.size(), ' ');
      end.front() = ';';
      edits.push_back({piece.span, std::move(end)});
      open = false;
    } else if (piece.region == Region::Code) {
      const std::string_view code = trimmed(content);
      if (!code.empty()) open = code.back() != ';';
      depth = open ? depth_behind(code, depth) : 0;
    } else if (piece.region != Region::LineComment && piece.region != Region::BlockComment) {
      open = true;
    }
  }
  apply_edits(source, edits);
}

}  // namespace migcheck::input
