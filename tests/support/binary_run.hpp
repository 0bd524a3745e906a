// SPDX-License-Identifier: MIT
#pragma once

// The program itself as a process: what it says, how it ends, what it costs. For what a call of
// run_command_line() cannot show: signals, streams that fail, memory, the time that all its threads take.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace migcheck::testing {

struct BinaryRun {
  int code = -1;    // its exit code; -1 if a signal ended it
  int signal = 0;   // the signal that ended it
  std::string out;  // empty where standard output went elsewhere
  std::string err;
  double cpu_seconds = 0;  // of all threads, in user mode
  long peak_mib = 0;
};

struct RunOptions {
  std::string folder;                               // the working directory; empty: the test's own
  std::string in = "/dev/null";                     // standard input comes from this file
  std::string out;                                  // standard output goes into this file
  bool out_is_closed_pipe = false;                  // nobody reads it
  std::optional<unsigned> kill_after_microseconds;  // with SIGKILL
  std::map<std::string, std::string> environment;   // besides the test's own
  bool as_nobody = false;                           // root gives its rights away first
  unsigned long most_memory_mib = 0;                // an address space of this size; 0: no limit
  unsigned long most_file_bytes = 0;                // a file may be as large as this; 0: no limit
  bool has_no_threads = false;                      // nobody's: the system gives it none but its first
  std::vector<int> closed_streams = {};             // of 0, 1 and 2: not even open
};

BinaryRun run_binary(const std::vector<std::string>& arguments, const RunOptions& options = {});

// Built with a sanitizer: several times slower and larger, and its runtime is part of the program.
constexpr bool kSanitized =
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    true;
#else
    false;
#endif
#else
    false;
#endif

}  // namespace migcheck::testing
