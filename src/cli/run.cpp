// SPDX-License-Identifier: MIT

#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/talk.hpp"
#include "cli/terminal.hpp"

namespace migcheck {
namespace {

using namespace cli;

Result<int> dispatch(const Arguments& arguments, const Console& console) {
  switch (arguments.command) {
    case CommandId::Lint:
      return lint_command(arguments, console);
    case CommandId::Explain:
      return explain_command(arguments, console);
    case CommandId::Catalog:
      return catalog_command(arguments, console);
    case CommandId::Locks:
      return locks_command(arguments, console);
    case CommandId::Tenancy:
      return tenancy_command(arguments, console);
    case CommandId::Checks:
      return checks_command(arguments, console);
    case CommandId::Config:
      return config_command(arguments, console);
    case CommandId::Baseline:
      return baseline_command(arguments, console);
    case CommandId::Init:
      return init_command(arguments, console);
    case CommandId::Completions:
      return completions_command(arguments, console);
    case CommandId::Man:
      return man_command(arguments, console);
    case CommandId::Version:
      return version_command(arguments, console);
    case CommandId::Help:
      break;
  }
  return help_command(arguments, console);
}

Result<int> run(const std::vector<std::string>& words, const Console& console) {
  const Result<Arguments> arguments = parse_arguments(words);
  if (!arguments) return arguments.error();
  if (arguments->has(OptionId::Help)) {
    console.out(help_of(arguments->command));
    return 0;
  }
  return dispatch(*arguments, console);
}

}  // namespace

int run_command_line(const std::vector<std::string>& arguments, const Console& console) {
  if (arguments.empty()) {
    console.err(help_overview());
    return 2;
  }
  const Result<int> result = run(arguments, console);
  if (result) return *result;
  const Result<bool> colour = wants_colour(console, std::nullopt, console.err_is_terminal);
  Talk(console, Loudness::Normal, colour && *colour).error(result.error());
  return 2;
}

}  // namespace migcheck
