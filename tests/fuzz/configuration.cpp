// SPDX-License-Identifier: MIT

// Reading a configuration, and telling what it says.

#include "migcheck/config.hpp"
#include "migcheck/input.hpp"
#include "unit.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migcheck;
  const fuzz::TimeBound bound(size);
  const auto read = parse_configuration(fuzz::text_of_unit(data, size), "migcheck.yaml", layout_names());
  if (read) {
    fuzz::expect(!describe_configuration(*read).empty(), "a configuration can be described");
  } else {
    fuzz::expect(!read.error().what.empty(), "a mistake has a sentence");
  }
  return 0;
}
