// SPDX-License-Identifier: MIT

// How jemalloc is to work in the program that is shipped: it looks for this name when it starts. One arena is
// enough for threads that hand their trees to one another, each with a small store of its own; what was freed
// waits for a tenth of a second, so that the next files find it, and then goes back to the system. Large
// blocks come from the same arena: see cli/large_pages.hpp.
extern "C" {
extern const char* const malloc_conf;
const char* const malloc_conf =
    "narenas:1,oversize_threshold:0,dirty_decay_ms:100,muzzy_decay_ms:0,tcache_max:4096,tcache_nslots_small_"
    "max:20";
}
