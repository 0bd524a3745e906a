// SPDX-License-Identifier: MIT

#include "cli/terminal.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "cli/files.hpp"
#include "input/read_file.hpp"
#include "migcheck/nearest.hpp"

namespace migcheck {
namespace {

constexpr int kWidthWithoutTerminal = 100;

Result<std::string> read_all(int descriptor) {
  std::string text;
  char buffer[1 << 16];
  while (true) {
    const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
    if (count == 0) return text;
    if (count < 0) {
      if (errno == EINTR) continue;
      return Error{fmt::format("Standard input cannot be read: {}.", std::strerror(errno)), {}, {}};
    }
    text.append(buffer, static_cast<std::size_t>(count));
    if (text.size() > input::kLargestFile) return input::too_big("standard input", input::kLargestFile);
  }
}

// A reader that has gone wants no more, and says nothing; anything else that keeps a report from being
// written is a job that was not done.
bool write_out(std::string_view text) {
  if (cli::write_all(STDOUT_FILENO, text)) return true;
  if (errno == EPIPE) return false;
  throw std::runtime_error(fmt::format("Standard output cannot be written: {}.", std::strerror(errno)));
}

int terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kWidthWithoutTerminal;
}

}  // namespace

Console process_console() {
  Console console;
  console.out = write_out;
  console.err = [](std::string_view text) { cli::write_all(STDERR_FILENO, text); };
  console.read_input = [] { return read_all(STDIN_FILENO); };
  console.environment = [](const char* name) -> std::optional<std::string> {
    const char* value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
  console.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  console.err_is_terminal = ::isatty(STDERR_FILENO) == 1;
  console.width = terminal_width();
  return console;
}

namespace cli {

Result<bool> wants_colour(const Console& console, const std::optional<std::string>& flag, bool is_terminal) {
  if (flag == "always") return true;
  if (flag == "never") return false;
  if (flag && flag != "auto") {
    return Error{fmt::format("--color takes auto, always or never, not \"{}\".", *flag),
                 {},
                 did_you_mean(*flag, {"auto", "always", "never"})};
  }
  const auto set = [&](const char* name) { return !console.environment(name).value_or("").empty(); };
  if (set("NO_COLOR")) return false;
  if (set("FORCE_COLOR")) return console.environment("FORCE_COLOR") != "0";
  return is_terminal && console.environment("TERM").value_or("") != "dumb";
}

}  // namespace cli
}  // namespace migcheck
