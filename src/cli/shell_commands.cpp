// SPDX-License-Identifier: MIT

// completions and man: what a package installs beside the program.

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/completions.hpp"
#include "cli/known_words.hpp"
#include "cli/manual.hpp"
#include "migcheck/nearest.hpp"

namespace migcheck::cli {

Result<int> completions_command(const Arguments& arguments, const Console& console) {
  if (arguments.operands.size() != 1) {
    return Error{"`migcheck completions` needs one shell: bash, zsh or fish.", {}, {}};
  }
  const std::string& shell = arguments.operands[0];
  if (shell == "bash") {
    console.out(bash_completions());
  } else if (shell == "zsh") {
    console.out(zsh_completions());
  } else if (shell == "fish") {
    console.out(fish_completions());
  } else {
    std::string hint = did_you_mean(shell, known_shells());
    if (hint.empty()) hint = "There are: bash, zsh, fish.";
    return Error{fmt::format("There are no completions for \"{}\".", shell), {}, hint};
  }
  return 0;
}

Result<int> man_command(const Arguments& arguments, const Console& console) {
  if (!arguments.operands.empty()) return Error{"`migcheck man` takes no operand.", {}, {}};
  console.out(manual_page());
  return 0;
}

}  // namespace migcheck::cli
