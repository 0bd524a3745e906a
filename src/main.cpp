// SPDX-License-Identifier: MIT

#include "migcheck/cli.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

// What escapes is a job that could not be done.
int main(int count, char** words) {
  // A reader that has gone (| head) is noticed by the write that fails, not by dying of it.
  std::signal(SIGPIPE, SIG_IGN);
  // A report that is larger than files may be is an error with a sentence, likewise.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return migcheck::run_command_line(std::vector<std::string>(words + (count > 0 ? 1 : 0), words + count),
                                      migcheck::process_console());
  } catch (const std::bad_alloc&) {
    std::fputs("migcheck: There is not enough memory.\n", stderr);
    return 2;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "migcheck: %s\n", exception.what());
    return 2;
  }
}
