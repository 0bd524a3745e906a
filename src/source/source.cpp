// SPDX-License-Identifier: MIT

#include "migcheck/source.hpp"

#include <algorithm>

namespace migcheck {
namespace {

// Lines that are longer get a milestone each so many bytes.
constexpr std::uint32_t kLongLine = 2048;

// The length of the UTF-8 character that starts here, 1 for a byte that starts none.
std::uint32_t character_length(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::uint32_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 1
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 1;
  if (at + length > text.size()) return 1;
  for (std::uint32_t n = 1; n < length; ++n) {
    if ((static_cast<unsigned char>(text[at + n]) & 0xC0) != 0x80) return 1;
  }
  return length;
}

// Moves a counter (at, column, column_utf16) to the character that holds the byte.
template <typename Counter>
void advance(std::string_view text, std::uint32_t offset, Counter& counter) {
  while (counter.at < offset) {
    const std::uint32_t length = character_length(text, counter.at);
    if (counter.at + length > offset) return;  // inside a character: its own position
    counter.at += length;
    counter.column += 1;
    counter.column_utf16 += length == 4 ? 2 : 1;
  }
}

}  // namespace

LineIndex::LineIndex(std::string_view text) {
  // Most files hold no CR, and a search for one byte is much faster than one for two.
  const bool returns = text.find('\r') != std::string_view::npos;
  const auto line_end = [&](std::size_t from) {
    return returns ? text.find_first_of("\r\n", from) : text.find('\n', from);
  };
  for (std::size_t at = line_end(0); at != std::string_view::npos; at = line_end(at)) {
    const bool pair = text.compare(at, 2, "\r\n") == 0;
    at += pair ? 2u : 1u;
    add_milestones(text, starts_.back(), static_cast<std::uint32_t>(at));
    starts_.push_back(static_cast<std::uint32_t>(at));
  }
  add_milestones(text, starts_.back(), static_cast<std::uint32_t>(text.size()));
}

void LineIndex::add_milestones(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  if (end - begin <= kLongLine) return;
  Milestone now{begin, 1, 1};
  for (std::uint32_t next = begin + kLongLine; next < end; next += kLongLine) {
    advance(text, next, now);
    milestones_.push_back(now);
  }
}

Position LineIndex::position(std::string_view text, std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text.size()));
  Position position;
  position.line = line_of(offset);
  const std::uint32_t begin = begin_of(position.line);
  position.column_bytes = offset - begin + 1;
  Milestone now{begin, 1, 1};
  const auto behind = std::upper_bound(
      milestones_.begin(), milestones_.end(), offset,
      [](std::uint32_t wanted, const Milestone& milestone) { return wanted < milestone.at; });
  if (behind != milestones_.begin() && (behind - 1)->at > begin) now = *(behind - 1);
  advance(text, offset, now);
  position.column = now.column;
  position.column_utf16 = now.column_utf16;
  return position;
}

std::uint32_t LineIndex::line_of(std::uint32_t offset) const {
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<std::uint32_t>(next - starts_.begin());
}

Span LineIndex::line(std::string_view text, std::uint32_t line) const {
  if (line == 0 || line > line_count()) return {};
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::uint32_t begin = starts_[line - 1];
  std::uint32_t end = line == line_count() ? size : starts_[line];
  if (line != line_count()) {
    while (end > begin && (text[end - 1] == '\n' || text[end - 1] == '\r')) --end;
  }
  return {begin, end};
}

std::uint32_t OffsetMap::to_origin(std::uint32_t derived) const {
  if (pieces.empty()) return derived;
  const auto next = std::upper_bound(pieces.begin(), pieces.end(), derived,
                                     [](std::uint32_t at, const Piece& piece) { return at < piece.derived; });
  if (next == pieces.begin()) return derived;
  const Piece& piece = *(next - 1);
  return piece.verbatim ? piece.origin + (derived - piece.derived) : piece.origin;
}

Span SourceFile::to_original(Span span) const {
  if (map.identity()) return span;
  const std::uint32_t begin = map.to_origin(span.begin);
  // The end is exclusive: the byte after the origin of the last byte inside, so that a span that ends where a
  // replaced piece begins does not swallow it.
  const std::uint32_t end = span.empty() ? begin : map.to_origin(span.end - 1) + 1;
  return {begin, std::max(begin, end)};
}

}  // namespace migcheck
