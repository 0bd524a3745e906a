// SPDX-License-Identifier: MIT

// bash: one function, which finds out what stands before the cursor. It does without the bash-completion
// package and runs in bash 3.2, which macOS has; there compopt is missing, and a space follows each word.

#include <fmt/format.h>

#include "cli/completions.hpp"
#include "cli/known_words.hpp"

namespace migcheck::cli {
namespace {

constexpr std::string_view kBashHead = R"bash(# Completions of migcheck for bash.

_migcheck_offer() {
  compopt +o default 2>/dev/null
  COMPREPLY=($(compgen -W "$1" -- "$current"))
}

# Names with commas between them: the last one is completed.
_migcheck_offer_list() {
  local before=
  [[ $current == *,* ]] && before=${current%,*},
  current=${current##*,}
  _migcheck_offer "$1"
  COMPREPLY=("${COMPREPLY[@]/#/$before}")
  compopt -o nospace 2>/dev/null
}

# NAME, and then = with a level or a file.
_migcheck_offer_names() {
  _migcheck_offer "$1"
  compopt -o nospace 2>/dev/null
}

# A name of git's may hold $( ): it is compared, never expanded.
_migcheck_offer_commits() {
  local name
  while read -r name; do
    [[ $name == "$current"* ]] && COMPREPLY+=("$(printf %q "$name")")
  done < <(git for-each-ref --format='%(refname:short)' refs/heads refs/remotes refs/tags 2>/dev/null)
}

# bash cuts words at =, so that --format=json comes as three.
_migcheck() {
  local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} at=$((COMP_CWORD - 1)) equals=
  COMPREPLY=()
  if [[ $current == = ]]; then
    equals=1 current=
  elif [[ ${COMP_WORDS[at]} == = ]]; then
    equals=1 at=$((at - 1))
  fi
  local option=${COMP_WORDS[at]}
  if [[ $equals && $option != -* ]]; then
    ((at > 2)) || return
    # NAME=LEVEL of --rule; what follows NAME= of --report is a file.
    [[ ${COMP_WORDS[at - 1]} == --rule || ${COMP_WORDS[at - 2]} == --rule ]] &&
      _migcheck_offer "off info warning error"
    return
  fi
)bash";

constexpr std::string_view kBashTail = R"bash(}

complete -o default -F _migcheck migcheck
)bash";

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

// What to do for a value; nothing where files are to be offered.
std::string bash_action(CommandId command, Expects expects) {
  const std::string words = joined(known_words(command, expects));
  switch (expects) {
    case Expects::Commit:
      return "_migcheck_offer_commits";
    case Expects::Names:
      return "_migcheck_offer_list \"$names\"";
    case Expects::Rule:
      return "_migcheck_offer_names \"$names\"";
    case Expects::Report:
      return fmt::format("_migcheck_offer_names \"{}\"", words);
    default:
      return words.empty() ? ":" : fmt::format("_migcheck_offer \"{}\"", words);
  }
}

// "    lint:--format | lint:-f) _migcheck_offer "text json" ;;"
std::string value_cases() {
  std::string cases;
  for (const CommandRow& command : all_commands()) {
    for (const OptionRow& option : all_options()) {
      if (!takes(command.id, option) || option.value.empty()) continue;
      std::string pattern = fmt::format("{}:--{}", command.name, option.name);
      if (option.letter != 0) pattern += fmt::format(" | {}:-{}", command.name, option.letter);
      cases += fmt::format("    {}) {}; return ;;\n", pattern, bash_action(command.id, option.expects));
    }
  }
  return cases;
}

std::string option_cases() {
  std::string cases;
  for (const CommandRow& command : all_commands()) {
    std::vector<std::string> spellings;
    for (const OptionRow& option : all_options()) {
      if (takes(command.id, option)) spellings.push_back(fmt::format("--{}", option.name));
    }
    cases += fmt::format("      {}) _migcheck_offer \"{}\" ;;\n", command.name, joined(spellings));
  }
  return cases;
}

std::string operand_cases() {
  std::string cases;
  for (const CommandRow& command : all_commands()) {
    const auto words = known_words(command.id, command.expects);
    if (command.operands.empty()) {
      cases += fmt::format("    {}) _migcheck_offer \"\" ;;\n", command.name);
    } else if (!words.empty()) {
      cases += fmt::format("    {}) _migcheck_offer \"{}\" ;;\n", command.name, joined(words));
    }
  }
  return cases;
}

}  // namespace

std::string bash_completions() {
  std::string text(kBashHead);
  text += fmt::format("  local names=\"{}\"\n", joined(known_words(CommandId::Lint, Expects::Names)));
  text += fmt::format(
      "  if ((COMP_CWORD == 1)); then\n    _migcheck_offer \"{} --help --version\"\n    return\n  fi\n",
      joined(known_words(CommandId::Help, Expects::Command)));
  text += "  case $command:$option in\n" + value_cases() + "  esac\n";
  text += "  if [[ $current == -* ]]; then\n    case $command in\n" + option_cases() +
          "    esac\n    return\n  fi\n";
  text += "  case $command in\n" + operand_cases() + "  esac\n";
  return text + std::string(kBashTail);
}

}  // namespace migcheck::cli
