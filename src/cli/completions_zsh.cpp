// SPDX-License-Identifier: MIT

// zsh: one _arguments call per command.

#include <fmt/format.h>

#include "cli/completions.hpp"
#include "cli/known_words.hpp"

namespace migcheck::cli {
namespace {

constexpr std::string_view kZshHead = R"zsh(#compdef migcheck
# Completions of migcheck for zsh.

_migcheck_commits() {
  local -a commits
  commits=(${(f)"$(git for-each-ref --format='%(refname:short)' refs/heads refs/remotes refs/tags 2>/dev/null)"})
  compadd -a commits
}

_migcheck_rule() {
  if compset -P '*='; then
    compadd off info warning error
  else
    compadd -S = -a names
  fi
}

_migcheck_report() {
  if compset -P '*='; then
    _files
  else
    compadd -S '' -a formats
  fi
}

)zsh";

// Inside '…' of a specification of _arguments: no ' and no bare : or ].
std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '\'') {
      out += "'\\''";
      continue;
    }
    if (letter == ':' || letter == '[' || letter == ']' || letter == '\\') out += '\\';
    out += letter;
  }
  return out;
}

std::string words_between_blanks(CommandId command, Expects expects) {
  return fmt::format("{}", fmt::join(known_words(command, expects), " "));
}

std::string zsh_action(CommandId command, Expects expects) {
  switch (expects) {
    case Expects::Text:
      return " ";
    case Expects::Path:
      return "_files";
    case Expects::Commit:
      return "_migcheck_commits";
    case Expects::Names:
      return "_sequence compadd - $names";
    case Expects::Rule:
      return "_migcheck_rule";
    case Expects::Report:
      return "_migcheck_report";
    default:
      return fmt::format("({})", words_between_blanks(command, expects));
  }
}

// '(-f --format)'{-f+,--format=}'[the format of the output]:NAME:(text json)'
std::string specification(CommandId command, const OptionRow& option) {
  const bool valued = !option.value.empty();
  std::string text;
  if (option.letter == 0) {
    text = fmt::format("'*--{}{}", option.name, valued ? "=" : "");
  } else {
    text =
        fmt::format("'*'{{-{}{},--{}{}}}'", option.letter, valued ? "+" : "", option.name, valued ? "=" : "");
  }
  text += fmt::format("[{}]", escaped(option.help));
  if (valued) text += fmt::format(":{}:{}", escaped(option.value), zsh_action(command, option.expects));
  return text + "'";
}

std::string function_of(const CommandRow& command) {
  std::string text = fmt::format("_migcheck_{}() {{\n  _arguments -s -S", command.name);
  for (const OptionRow& option : all_options()) {
    if (takes(command.id, option)) text += fmt::format(" \\\n    {}", specification(command.id, option));
  }
  if (!command.operands.empty()) {
    text +=
        fmt::format(" \\\n    '*:{}:{}'", escaped(command.operands), zsh_action(command.id, command.expects));
  }
  return text + "\n}\n\n";
}

}  // namespace

std::string zsh_completions() {
  std::string text(kZshHead);
  for (const CommandRow& command : all_commands()) text += function_of(command);
  text += "_migcheck() {\n";
  text += fmt::format("  local -a names=({})\n", words_between_blanks(CommandId::Lint, Expects::Names));
  text += fmt::format("  local -a formats=({})\n", words_between_blanks(CommandId::Lint, Expects::Format));
  text += "  local -a commands=(\n";
  for (const CommandRow& command : all_commands()) {
    text += fmt::format("    '{}:{}'\n", command.name, escaped(command.summary));
  }
  text +=
      "  )\n"
      "  if ((CURRENT == 2)); then\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  local command=$words[2]\n"
      "  shift words\n"
      "  ((CURRENT--))\n"
      "  (($+functions[_migcheck_$command])) && _migcheck_$command\n"
      "}\n\n"
      "if [[ $funcstack[1] == _migcheck ]]; then _migcheck; else compdef _migcheck migcheck; fi\n";
  return text;
}

}  // namespace migcheck::cli
