// SPDX-License-Identifier: MIT
#pragma once

// The words of the command line, read by the table of options. What the words mean together is decided by
// the commands.

#include <optional>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "migcheck/result.hpp"

namespace migcheck::cli {

struct Given {
  OptionId id = OptionId::Help;
  std::string value;
};

struct Arguments {
  CommandId command = CommandId::Lint;
  std::vector<std::string> operands;
  std::vector<Given> options;  // in order

  [[nodiscard]] bool has(OptionId id) const;
  // The last word wins.
  [[nodiscard]] std::optional<std::string> value(OptionId id) const;
  [[nodiscard]] std::vector<std::string> values(OptionId id) const;
  // Of an option that may be repeated and takes several names with commas between them.
  [[nodiscard]] std::vector<std::string> names(OptionId id) const;
};

// The words after the program's name. An Error's `what` and `hint` say what was wrong and what is near.
Result<Arguments> parse_arguments(const std::vector<std::string>& words);

// The command of that name.
Result<CommandId> command_named(const std::string& word);

}  // namespace migcheck::cli
