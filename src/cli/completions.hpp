// SPDX-License-Identifier: MIT
#pragma once

// Completions for shells, written from the tables of commands and options. They hold all words, so that
// pressing the key starts no program.

#include <string>

namespace migcheck::cli {

std::string bash_completions();
std::string zsh_completions();
std::string fish_completions();

}  // namespace migcheck::cli
