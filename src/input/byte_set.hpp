// SPDX-License-Identifier: MIT
#pragma once

// Bytes to look for, any of them: one look into a table for each byte of the text.

#include <array>
#include <cstddef>
#include <string_view>

namespace migcheck::input {

class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char byte : bytes) held_[static_cast<unsigned char>(byte)] = true;
  }
  [[nodiscard]] constexpr bool holds(char byte) const { return held_[static_cast<unsigned char>(byte)]; }
  // Where the first one stands from there on; the text's size if none does.
  [[nodiscard]] constexpr std::size_t find_in(std::string_view text, std::size_t at) const {
    while (at < text.size() && !holds(text[at])) ++at;
    return at;
  }

 private:
  std::array<bool, 256> held_{};
};

}  // namespace migcheck::input
