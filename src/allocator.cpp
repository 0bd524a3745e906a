// SPDX-License-Identifier: MIT

// How jemalloc is to work in the program that is shipped: it looks for this name when it starts. Two arenas
// are enough for threads that hand their trees to one another, and what was freed goes back to the system
// soon, while the next history is read.
extern "C" {
extern const char* const malloc_conf;
const char* const malloc_conf = "narenas:2,dirty_decay_ms:100,muzzy_decay_ms:0";
}
