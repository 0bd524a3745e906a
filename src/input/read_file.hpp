// SPDX-License-Identifier: MIT
#pragma once

// Bytes from disk, and bytes to text.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "migcheck/result.hpp"
#include "migcheck/source.hpp"

namespace migcheck::input {

// Files above this size are refused: a linter that reads a 10 GB dump into memory helps nobody.
inline constexpr std::uint64_t kLargestFile = 256ull * 1024 * 1024;

// The whole file, which an error calls `what`. Pipes and devices that a person names are read to their end,
// up to the limit.
Result<std::string> read_whole(const std::string& location, std::uint64_t limit = kLargestFile,
                               std::string_view what = "file");
Error too_big(std::string_view what, std::uint64_t limit);

// How a file begins.
struct Head {
  std::string text;    // empty if the file cannot be read (load() will say so)
  bool whole = false;  // that is all of its bytes, as they are
};
Head read_head(const std::string& location, std::size_t bytes);
// The same of a file in an open folder, as openat() takes it.
Head read_head_in(int folder, const std::string& name, std::size_t bytes);

// A text as the parser wants it: UTF-8 without a mark at its start, or the file's own single-byte encoding.
// A UTF-8 mark is dropped and `original` keeps the bytes. UTF-16 is transcoded, and the UTF-8 form then
// counts as the file's text: lines, columns and excerpts are those that an editor shows.
SourceFile decode(std::string path, std::string bytes);

}  // namespace migcheck::input
