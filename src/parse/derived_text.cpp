// SPDX-License-Identifier: MIT

#include "parse/derived_text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "parse/characters.hpp"
#include "parse/escapes.hpp"

namespace migcheck::parsing {
namespace {

std::uint32_t narrow(std::size_t offset) {
  return static_cast<std::uint32_t>(offset);
}

using ReadEscape = Escape (*)(std::string_view, std::size_t);

// Copies what lies between the quotes; a quote is doubled inside, and `read` knows the escapes, if any.
std::optional<DerivedText> unquote(std::string_view buffer, Span inside, ReadEscape read) {
  DerivedText result;
  const std::string_view text = buffer.substr(0, inside.end);
  std::size_t copied = inside.begin;
  const auto flush = [&](std::size_t until) {
    result.append_verbatim(text.substr(copied, until - copied), narrow(copied));
  };
  for (std::size_t at = inside.begin; at < text.size();) {
    if (text[at] == '\'') {
      flush(at + 1);
      at += 2;
    } else if (text[at] == '\\' && read != nullptr) {
      const Escape escape = read(text, at);
      if (escape.refused || escape.length == 0) return std::nullopt;
      flush(at);
      result.append_replaced(escape.bytes, narrow(at));
      at += escape.length;
    } else {
      ++at;
      continue;
    }
    copied = at;
  }
  if (copied < text.size()) flush(text.size());
  return result;
}

// The part of a map that speaks of these bytes, counted from the first of them.
std::vector<OffsetMap::Piece> pieces_of(const OffsetMap& map, Span span) {
  std::vector<OffsetMap::Piece> result;
  auto piece =
      std::upper_bound(map.pieces.begin(), map.pieces.end(), span.begin,
                       [](std::uint32_t at, const OffsetMap::Piece& one) { return at < one.derived; });
  if (piece != map.pieces.begin()) --piece;
  for (; piece != map.pieces.end() && piece->derived < span.end; ++piece) {
    OffsetMap::Piece cut = *piece;
    const std::uint32_t missing = span.begin > cut.derived ? span.begin - cut.derived : 0;
    if (cut.verbatim) cut.origin += missing;
    cut.derived = cut.derived + missing - span.begin;
    result.push_back(cut);
  }
  return result;
}

}  // namespace

void DerivedText::append_verbatim(std::string_view bytes, std::uint32_t origin) {
  if (bytes.empty()) return;
  map.pieces.push_back({narrow(text.size()), origin, true});
  text += bytes;
}

void DerivedText::append_replaced(std::string_view bytes, std::uint32_t origin) {
  if (bytes.empty()) return;
  map.pieces.push_back({narrow(text.size()), origin, false});
  text += bytes;
}

void DerivedText::append(const DerivedText& other) {
  const std::uint32_t base = narrow(text.size());
  for (OffsetMap::Piece piece : other.map.pieces) {
    piece.derived += base;
    map.pieces.push_back(piece);
  }
  text += other.text;
}

Span to_origin(const OffsetMap& map, Span span) {
  const std::uint32_t begin = map.to_origin(span.begin);
  const std::uint32_t end = span.empty() ? begin : map.to_origin(span.end - 1) + 1;
  return {begin, std::max(begin, end)};
}

DerivedText verbatim(std::string_view buffer, Span span) {
  DerivedText result;
  result.append_verbatim(text_of(buffer, span), span.begin);
  return result;
}

DerivedText slice(const DerivedText& text, Span span) {
  return {std::string(text_of(text.text, span)), {pieces_of(text.map, span)}};
}

void rebase(DerivedText& text, const OffsetMap& outer) {
  if (outer.identity()) return;
  DerivedText result;
  const std::vector<OffsetMap::Piece> pieces = std::move(text.map.pieces);
  for (std::size_t n = 0; n < pieces.size(); ++n) {
    const std::uint32_t begin = pieces[n].derived;
    const std::uint32_t end = n + 1 < pieces.size() ? pieces[n + 1].derived : narrow(text.text.size());
    if (!pieces[n].verbatim) {
      result.map.pieces.push_back({begin, outer.to_origin(pieces[n].origin), false});
      continue;
    }
    // A verbatim piece may run over several pieces of the outer map.
    for (OffsetMap::Piece piece : pieces_of(outer, {pieces[n].origin, pieces[n].origin + (end - begin)})) {
      piece.derived += begin;
      result.map.pieces.push_back(piece);
    }
  }
  text.map = std::move(result.map);
}

std::optional<DerivedText> decode_string(std::string_view buffer, const Token& token) {
  const std::string_view raw = text_of(buffer, token.span);
  const std::uint32_t closed = token.unterminated ? 0 : 1;
  if (token.kind == TokenKind::DollarString) {
    const std::uint32_t length = narrow(dollar_delimiter_length(raw, 0));
    return verbatim(buffer, {token.span.begin + length, token.span.end - length * closed});
  }
  if (token.kind != TokenKind::String) return std::nullopt;
  const char first = to_lower(raw.front());
  if (first == 'b' || first == 'x') return std::nullopt;
  const std::uint32_t opening = narrow(raw.find('\'')) + 1;
  // The second segment of an E'…' string has no E of its own: whoever joins segments tells by the first.
  const ReadEscape read = first == 'e' ? string_escape : first == 'u' ? unicode_escape : nullptr;
  return unquote(buffer, {token.span.begin + opening, token.span.end - closed}, read);
}

}  // namespace migcheck::parsing
