// SPDX-License-Identifier: MIT
#pragma once

// Text and places in it.
//
// A SourceFile owns one file's text, as UTF-8 or as the file's own single-byte encoding, in the buffer that
// the parser reads. A Span is a range of byte offsets into that buffer; it does not say which file: the
// file's identity joins when a finding is made. A Position is what a person reads: line and column.
//
// Text that is not byte for byte what lies on disk (a substituted placeholder of another
// length, the body of a function in '' quotes) is a derived buffer: an OffsetMap says where each of its bytes
// came from, so that positions stay true.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace migcheck {

// A half-open range of byte offsets, local to one file. Files above 4 GiB are refused by the input room.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool empty() const { return begin == end; }
  [[nodiscard]] constexpr bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  friend constexpr bool operator==(Span, Span) = default;
};

// The smallest span that holds both.
[[nodiscard]] constexpr Span join(Span a, Span b) {
  return {a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

// A place as people and their tools count it, all 1-based. Editors count code points, the Language Server
// Protocol and SARIF count UTF-16 units, compilers count bytes: all three are here.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;        // code points
  std::uint32_t column_bytes = 1;  // bytes
  std::uint32_t column_utf16 = 1;  // UTF-16 code units
  friend constexpr bool operator==(Position, Position) = default;
};

// Where the bytes of a derived buffer came from: pieces of equal length, or pieces that stand for one source
// range as a whole. Pieces are sorted by `derived`; a file that is its own buffer has none.
struct OffsetMap {
  struct Piece {
    std::uint32_t derived = 0;  // first byte in the derived buffer
    std::uint32_t origin = 0;   // first byte in the file
    bool verbatim = true;       // byte n of the piece is byte n of the origin; otherwise all map to `origin`
  };
  std::vector<Piece> pieces;

  [[nodiscard]] bool identity() const { return pieces.empty(); }
  // The byte of the file that this byte of the buffer came from.
  [[nodiscard]] std::uint32_t to_origin(std::uint32_t derived) const;
};

// The starts of the lines of a text. LF, CRLF and a lone CR each end a line, as PostgreSQL's scanner has it.
class LineIndex {
 public:
  LineIndex() = default;
  explicit LineIndex(std::string_view text);

  // The position of a byte offset. Offsets past the end give the position of the end. A byte inside a
  // multi-byte character gives the position of that character; bytes that are not UTF-8 count as one each.
  [[nodiscard]] Position position(std::string_view text, std::uint32_t offset) const;
  // The bytes of a 1-based line, without its line end; empty for a line that does not exist.
  [[nodiscard]] Span line(std::string_view text, std::uint32_t line) const;
  [[nodiscard]] std::uint32_t line_count() const { return static_cast<std::uint32_t>(starts_.size()); }
  // The 1-based line that holds a byte.
  [[nodiscard]] std::uint32_t line_of(std::uint32_t offset) const;
  // Where a 1-based line begins.
  [[nodiscard]] std::uint32_t begin_of(std::uint32_t line) const { return starts_[line - 1]; }

 private:
  // A character on the way through a long line, so that a place far behind is not counted to from its start.
  struct Milestone {
    std::uint32_t at = 0;
    std::uint32_t column = 1;
    std::uint32_t column_utf16 = 1;
  };
  void add_milestones(std::string_view text, std::uint32_t begin, std::uint32_t end);

  std::vector<std::uint32_t> starts_ = {0};
  std::vector<Milestone> milestones_;  // of all long lines, in order
};

// One file, read. `text` is what the parser sees (std::string keeps the terminating NUL that it needs); where
// it differs from the file's bytes, `original` holds these and `map` leads back. Spans of findings refer to
// original_text().
struct SourceFile {
  std::string path;      // as findings name it: relative to the project root, "/" between the parts
  std::string text;      // what is parsed
  std::string original;  // empty where `text` is the file
  OffsetMap map;         // from `text` to `original`

  [[nodiscard]] std::string_view original_text() const { return original.empty() ? text : original; }
  [[nodiscard]] Span to_original(Span span) const;
};

}  // namespace migcheck
