// SPDX-License-Identifier: MIT

#include "migcheck/cli.hpp"

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

// What escapes is a job that could not be done.
int main(int count, char** words) {
  try {
    return migcheck::run_command_line(std::vector<std::string>(words + 1, words + count),
                                      migcheck::process_console());
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "migcheck: %s\n", exception.what());
    return 2;
  }
}
