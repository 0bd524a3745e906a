// SPDX-License-Identifier: MIT

#include "cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "migcheck/report.hpp"
#include "migcheck/version.hpp"

namespace migcheck::cli {
namespace {

// "  -f, --format NAME"
std::string spelled(const OptionRow& option) {
  std::string text = option.letter == 0 ? "      " : fmt::format("  -{}, ", option.letter);
  text += fmt::format("--{}", option.name);
  if (!option.value.empty()) text += fmt::format(" {}", option.value);
  return text;
}

std::string options_of(CommandId command) {
  std::string text;
  for (const Group group : {Group::Input, Group::Rules, Group::Output, Group::Result, Group::Config}) {
    std::string rows;
    for (const OptionRow& option : all_options()) {
      if (option.group != group || !takes(command, option)) continue;
      rows += fmt::format("{:<30} {}\n", spelled(option), option.help);
    }
    if (!rows.empty()) text += fmt::format("\n{}\n{}", group_title(group), rows);
  }
  return text;
}

std::string formats_line() {
  std::string names;
  for (const Reporter& reporter : all_reporters()) names += fmt::format(" {}", reporter.name);
  return names;
}

}  // namespace

std::string help_overview() {
  std::string text = fmt::format(
      "migcheck {}\n\n"
      "Says what a PostgreSQL migration will lock, rewrite, break or leak, before it\n"
      "runs.\n\n"
      "  migcheck lint migrations/\n\n"
      "Commands\n",
      kVersion);
  for (const CommandRow& command : all_commands()) {
    text +=
        fmt::format("  {:<26} {}\n", fmt::format("{} {}", command.name, command.operands), command.summary);
  }
  text += fmt::format("\n`migcheck COMMAND --help` lists a command's options.\n{}\n", kUrl);
  return text;
}

std::string help_of(CommandId command) {
  const CommandRow& row = command_row(command);
  std::string text = fmt::format("migcheck {}", row.name);
  if (!row.operands.empty()) text += fmt::format(" {}", row.operands);
  text += fmt::format("\n\n{}{}", row.text, options_of(command));
  if (command == CommandId::Lint) {
    text += fmt::format("\nFormats:{}\n", formats_line());
    text += "Exit code: 0 nothing at or above --fail-on, 1 findings, 2 could not do the job.\n";
  }
  if (command == CommandId::Locks || command == CommandId::Tenancy) text += "\nFormats: text json\n";
  if (command == CommandId::Checks) text += "\nFormats: text json markdown\n";
  return text;
}

}  // namespace migcheck::cli
