// SPDX-License-Identifier: MIT

// Reading a baseline; what was read is written and read again as the same.

#include "migcheck/config.hpp"
#include "unit.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migcheck;
  const fuzz::TimeBound bound(size);
  const auto read = parse_baseline(fuzz::text_of_unit(data, size), "baseline.yaml");
  if (!read) {
    fuzz::expect(!read.error().what.empty(), "a mistake has a sentence");
    return 0;
  }
  const auto again = parse_baseline(baseline_text(*read), "baseline.yaml");
  fuzz::expect(again && *again == *read, "a baseline is read back as it was written");
  return 0;
}
