// SPDX-License-Identifier: MIT
#pragma once

// The command line: arguments in, an exit code out.
//
// Everything outside the program that the commands see and touch, but for the files that they name, is a
// Console: so they are tested as they are, without a process and a terminal.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/result.hpp"

namespace migcheck {

struct Console {
  // Findings and answers. False when nobody reads any more (a closed pipe): the command ends quietly, with
  // the code that it would have had. Throws where they cannot be written for another reason (a full disk).
  std::function<bool(std::string_view)> out;
  // Talk.
  std::function<void(std::string_view)> err;
  // All of standard input.
  std::function<Result<std::string>()> read_input;
  std::function<std::optional<std::string>(const char* name)> environment;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int width = 100;  // of the terminal, in columns
};

// The process's own streams.
Console process_console();

// Exit codes: 0, nothing to report at or above --fail-on; 1, findings; 2, the job could not be done.
int run_command_line(const std::vector<std::string>& arguments, const Console& console);

}  // namespace migcheck
