// SPDX-License-Identifier: MIT

#include "cli/large_pages.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace migcheck::cli {

// The allocator maps a block, which nobody touches, and hands its addresses out again in small pieces: what
// was said of them to the system still holds.
void expect_memory(std::size_t bytes) {
#ifdef MADV_HUGEPAGE
  constexpr std::size_t kLargePage = std::size_t{2} << 20U;
  constexpr std::size_t kMost = std::size_t{64} << 20U;
  bytes = std::min(bytes, kMost);
  void* block = std::malloc(bytes);
  if (block == nullptr) return;
  const std::size_t padding = (0 - reinterpret_cast<std::uintptr_t>(block)) % kLargePage;
  if (padding < bytes) {
    const std::size_t size = (bytes - padding) / kLargePage * kLargePage;
    if (size > 0) madvise(static_cast<std::byte*>(block) + padding, size, MADV_HUGEPAGE);
  }
  std::free(block);
#else
  static_cast<void>(bytes);
#endif
}

}  // namespace migcheck::cli
