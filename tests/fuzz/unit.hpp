// SPDX-License-Identifier: MIT
#pragma once

// What every fuzz target needs: the bytes of one unit, a way to say that what came out is wrong, and a bound
// on the time that a unit may take.
//
// The bound is CPU time of the thread, not the clock on the wall: a busy machine makes nothing slow. It is
// one second for each 10 KB, and one second at least, in a build with sanitizers.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string_view>

namespace migcheck::fuzz {

inline void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "migcheck fuzz: not true: %s\n", what);
  std::abort();
}

class TimeBound {
 public:
  explicit TimeBound(std::size_t bytes)
      : seconds_(bytes < kBytes ? 1.0 : static_cast<double>(bytes) / kBytes) {}
  ~TimeBound() {
    const double used = now() - begun_;
    if (used <= seconds_) return;
    std::fprintf(stderr, "migcheck fuzz: slow unit: %.2f s of CPU, %.2f are allowed\n", used, seconds_);
    std::abort();
  }
  TimeBound(const TimeBound&) = delete;
  TimeBound& operator=(const TimeBound&) = delete;

 private:
  static constexpr std::size_t kBytes = 10'000;
  static double now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
  }
  double begun_ = now();
  double seconds_;
};

inline std::string_view text_of_unit(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace migcheck::fuzz
