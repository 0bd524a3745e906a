// SPDX-License-Identifier: MIT

// fish: one `complete` line per command, option and list of words.

#include <fmt/format.h>

#include "cli/completions.hpp"
#include "cli/known_words.hpp"

namespace migcheck::cli {
namespace {

constexpr std::string_view kFishHead = R"fish(# Completions of migcheck for fish.

function __migcheck_commits
    git for-each-ref --format='%(refname:short)' refs/heads refs/remotes refs/tags 2>/dev/null
end

# Names with commas between them: what stands before the last comma stays.
function __migcheck_list
    set -l before (commandline -ct | string replace -r -- '^--?[a-z-]+=' '' | string match -r -- '.*,')
    printf "$before%s\n" $argv
end

function __migcheck_rule
    for name in $argv
        printf '%s\n' $name=off $name=info $name=warning $name=error
    end
end

complete -c migcheck -f
)fish";

// Inside '…': fish knows \' and \\ there.
std::string fish_string(std::string_view text) {
  std::string out = "'";
  for (const char letter : text) {
    if (letter == '\'' || letter == '\\') out += '\\';
    out += letter;
  }
  return out + "'";
}

// -a 'text json', or -F for files; an option's value is required (-r), and nothing else is offered (-x).
std::string offers(CommandId command, Expects expects) {
  const std::string words = fmt::format("{}", fmt::join(known_words(command, expects), " "));
  switch (expects) {
    case Expects::Text:
      return "-x";
    case Expects::Path:
      return "-r -F";
    case Expects::Commit:
      return "-x -a '(__migcheck_commits)'";
    case Expects::Names:
      return "-x -a '(__migcheck_list $__migcheck_names)'";
    case Expects::Rule:
      return "-x -a '(__migcheck_rule $__migcheck_names)'";
    default:
      return fmt::format("-x -a {}", fish_string(words));
  }
}

std::string line(std::string_view condition, std::string_view rest) {
  return fmt::format("complete -c migcheck -n {} {}\n", fish_string(condition), rest);
}

std::string option_line(const CommandRow& command, const OptionRow& option) {
  std::string rest = fmt::format("-l {}", option.name);
  if (option.letter != 0) rest += fmt::format(" -s {}", option.letter);
  if (!option.value.empty()) rest += " " + offers(command.id, option.expects);
  rest += fmt::format(" -d {}", fish_string(option.help));
  return line(fmt::format("__fish_seen_subcommand_from {}", command.name), rest);
}

std::string operand_line(const CommandRow& command) {
  if (command.operands.empty()) return "";
  const std::string condition = fmt::format("__fish_seen_subcommand_from {}", command.name);
  if (command.expects == Expects::Path) return line(condition, "-F");
  const auto words = known_words(command.id, command.expects);
  return line(condition, fmt::format("-a {}", fish_string(fmt::format("{}", fmt::join(words, " ")))));
}

}  // namespace

std::string fish_completions() {
  std::string text(kFishHead);
  text += fmt::format("set -g __migcheck_names {}\n\n",
                      fmt::join(known_words(CommandId::Lint, Expects::Names), " "));
  for (const CommandRow& command : all_commands()) {
    text +=
        line("__fish_use_subcommand", fmt::format("-a {} -d {}", command.name, fish_string(command.summary)));
  }
  for (const CommandRow& command : all_commands()) {
    text += "\n";
    for (const OptionRow& option : all_options()) {
      if (takes(command.id, option)) text += option_line(command, option);
    }
    text += operand_line(command);
  }
  return text;
}

}  // namespace migcheck::cli
