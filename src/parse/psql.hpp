// SPDX-License-Identifier: MIT
#pragma once

// What psql, not the server, makes of a script: backslash commands and the data after COPY … FROM stdin.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "migcheck/source.hpp"

namespace migcheck::parsing {

// The word after the backslash at `at`: "connect", "g"; empty for \. and the like.
[[nodiscard]] std::string_view psql_command_name(std::string_view text, std::size_t at);
// Does the command send what was typed before it: \g, \gexec, \gset, \watch …?
[[nodiscard]] bool sends_query(std::string_view name);

// A backslash command with its arguments, as psql reads it.
struct PsqlCommand {
  std::size_t end = 0;      // the byte after it: the end of the line, or after the \\ that separates commands
  bool reads_data = false;  // \copy … FROM stdin: data follows
};
[[nodiscard]] PsqlCommand read_psql_command(std::string_view text, std::size_t at);

// Is there nothing but blanks between the start of the line and `at`?
[[nodiscard]] bool begins_line(std::string_view text, std::size_t at, std::size_t text_begin);
// Is there nothing but blanks between `at` and the end of the line?
[[nodiscard]] bool ends_line(std::string_view text, std::size_t at);

// Inline data from `begin` on: up to and with the line \. alone; `terminated` says whether there is one.
struct CopyData {
  std::size_t end = 0;
  bool terminated = false;
};
[[nodiscard]] CopyData read_copy_data(std::string_view text, std::size_t begin);

}  // namespace migcheck::parsing
