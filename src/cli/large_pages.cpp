// SPDX-License-Identifier: MIT

#include "cli/large_pages.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace migcheck::cli {

// The allocator maps a block, which nobody touches, and hands its addresses out again in small pieces: what
// was said of them to the system still holds.
void expect_memory(std::size_t bytes) {
#ifdef MADV_HUGEPAGE
  constexpr std::uintptr_t kLargePage = std::uintptr_t{2} << 20U;
  constexpr std::size_t kMost = std::size_t{64} << 20U;
  bytes = std::min(bytes, kMost);
  void* block = std::malloc(bytes);
  if (block == nullptr) return;
  const auto address = reinterpret_cast<std::uintptr_t>(block);
  const std::uintptr_t begin = (address + kLargePage - 1) / kLargePage * kLargePage;
  const std::uintptr_t end = (address + bytes) / kLargePage * kLargePage;
  if (end > begin) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
  std::free(block);
#else
  static_cast<void>(bytes);
#endif
}

}  // namespace migcheck::cli
