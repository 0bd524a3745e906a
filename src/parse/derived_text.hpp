// SPDX-License-Identifier: MIT
#pragma once

// SQL that is not byte for byte in the file, and where each of its bytes came from: the body of a function in
// '' quotes, the string of an EXECUTE.

#include <optional>
#include <string>
#include <string_view>

#include "migcheck/source.hpp"
#include "parse/lexer.hpp"

namespace migcheck::parsing {

struct DerivedText {
  std::string text;
  OffsetMap map;  // from `text` to the buffer that it was taken from; never empty unless `text` is

  void append_verbatim(std::string_view bytes, std::uint32_t origin);
  // Bytes that stand for the one at `origin`.
  void append_replaced(std::string_view bytes, std::uint32_t origin);
  void append(const DerivedText& other);
};

// A span of derived text in the buffer that it was taken from.
[[nodiscard]] Span to_origin(const OffsetMap& map, Span span);

// The bytes of a buffer as they stand.
[[nodiscard]] DerivedText verbatim(std::string_view buffer, Span span);
// A part of derived text, with its part of the map.
[[nodiscard]] DerivedText slice(const DerivedText& text, Span span);
// Leads the text's map through an outer one: from a body in '' quotes to its file.
void rebase(DerivedText& text, const OffsetMap& outer);

// What a String or DollarString token means: quotes off, '' and the escapes of E'…' and U&'…' resolved.
// Nothing for B'…' and X'…' (which are bits) and for escapes that PostgreSQL refuses.
[[nodiscard]] std::optional<DerivedText> decode_string(std::string_view buffer, const Token& token);

}  // namespace migcheck::parsing
