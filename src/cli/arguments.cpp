// SPDX-License-Identifier: MIT

#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "migcheck/nearest.hpp"

namespace migcheck::cli {
namespace {

class Parser {
 public:
  Parser(const std::vector<std::string>& words, CommandId command) : words_(words) {
    arguments_.command = command;
  }

  Result<Arguments> parse() {
    for (at_ = 1; at_ < words_.size(); ++at_) {
      const std::string& word = words_[at_];
      Result<Done> done = Done{};
      if (only_operands_ || word.size() < 2 || word[0] != '-') {
        arguments_.operands.push_back(word);
      } else if (word == "--") {
        only_operands_ = true;
      } else if (word[1] == '-') {
        done = long_option(word);
      } else {
        done = letters(word);
      }
      if (!done) return done.error();
    }
    return std::move(arguments_);
  }

 private:
  Result<Done> long_option(const std::string& word) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    const auto& options = all_options();
    const auto found =
        std::find_if(options.begin(), options.end(), [&](const OptionRow& row) { return row.name == name; });
    if (found == options.end()) return unknown("--" + name);
    if (!takes(arguments_.command, *found)) return not_of_this_command(*found);
    if (found->value.empty()) {
      if (equals != std::string::npos) {
        return Error{fmt::format("The option --{} takes no value.", name), {}, {}};
      }
      return keep(*found, {});
    }
    if (equals != std::string::npos) return keep(*found, word.substr(equals + 1));
    return keep_next(*found, "--" + name);
  }

  // -qv, -fjson, -f json.
  Result<Done> letters(const std::string& word) {
    for (std::size_t n = 1; n < word.size(); ++n) {
      const char letter = word[n];
      const auto& options = all_options();
      const auto found = std::find_if(options.begin(), options.end(),
                                      [&](const OptionRow& row) { return row.letter == letter; });
      if (found == options.end()) return unknown(fmt::format("-{}", letter));
      if (!takes(arguments_.command, *found)) return not_of_this_command(*found);
      if (!found->value.empty()) {
        if (n + 1 < word.size()) return keep(*found, word.substr(n + 1));
        return keep_next(*found, fmt::format("-{}", letter));
      }
      if (auto kept = keep(*found, {}); !kept) return kept;
    }
    return Done{};
  }

  Result<Done> keep(const OptionRow& option, std::string value) {
    arguments_.options.push_back({option.id, std::move(value)});
    return Done{};
  }

  Result<Done> keep_next(const OptionRow& option, const std::string& spelled) {
    if (at_ + 1 >= words_.size()) {
      return Error{
          fmt::format("The option {} needs a value: {} {}.", spelled, spelled, option.value), {}, {}};
    }
    return keep(option, words_[++at_]);
  }

  [[nodiscard]] Error unknown(const std::string& spelled) const {
    std::vector<std::string> spellings;
    for (const OptionRow& option : all_options()) {
      if (takes(arguments_.command, option)) spellings.push_back(fmt::format("--{}", option.name));
    }
    const auto& command = command_row(arguments_.command);
    std::string hint = did_you_mean(spelled, {spellings.begin(), spellings.end()});
    if (hint.empty()) hint = fmt::format("`migcheck {} --help` lists them.", command.name);
    return {fmt::format("There is no option {} for `migcheck {}`.", spelled, command.name), {}, hint};
  }

  [[nodiscard]] Error not_of_this_command(const OptionRow& option) const {
    std::string takers;
    for (const CommandRow& command : all_commands()) {
      if (!takes(command.id, option)) continue;
      if (!takers.empty()) takers += ", ";
      takers += fmt::format("`migcheck {}`", command.name);
    }
    return {
        fmt::format("`migcheck {}` does not take --{}.", command_row(arguments_.command).name, option.name),
        {},
        fmt::format("It belongs to {}.", takers)};
  }

  const std::vector<std::string>& words_;
  std::size_t at_ = 0;
  bool only_operands_ = false;
  Arguments arguments_;
};

}  // namespace

bool Arguments::has(OptionId id) const {
  return std::any_of(options.begin(), options.end(), [&](const Given& given) { return given.id == id; });
}

std::optional<std::string> Arguments::value(OptionId id) const {
  const auto found =
      std::find_if(options.rbegin(), options.rend(), [&](const Given& given) { return given.id == id; });
  return found == options.rend() ? std::nullopt : std::optional(found->value);
}

std::vector<std::string> Arguments::values(OptionId id) const {
  std::vector<std::string> values;
  for (const Given& given : options) {
    if (given.id == id) values.push_back(given.value);
  }
  return values;
}

std::vector<std::string> Arguments::names(OptionId id) const {
  std::vector<std::string> names;
  for (const std::string& value : values(id)) {
    std::size_t begin = 0;
    while (begin <= value.size()) {
      const std::size_t end = std::min(value.find(',', begin), value.size());
      const std::size_t first = value.find_first_not_of(' ', begin);
      if (first < end) {
        const std::size_t last = value.find_last_not_of(' ', end - 1);
        names.push_back(value.substr(first, last - first + 1));
      }
      begin = end + 1;
    }
  }
  return names;
}

Result<CommandId> command_named(const std::string& word) {
  std::vector<std::string_view> names;
  for (const CommandRow& command : all_commands()) {
    if (command.name == word) return command.id;
    names.push_back(command.name);
  }
  std::string hint = did_you_mean(word, names);
  const bool like_a_path = word.find('/') != std::string::npos || word.find('.') != std::string::npos;
  if (hint.empty() && like_a_path) hint = fmt::format("To lint it: `migcheck lint {}`.", word);
  if (hint.empty()) hint = "`migcheck help` lists the commands.";
  return Error{fmt::format("There is no command \"{}\".", word), {}, hint};
}

Result<Arguments> parse_arguments(const std::vector<std::string>& words) {
  const std::string first = words.empty() ? "help" : words[0];
  if (first == "--help" || first == "-h") return Arguments{.command = CommandId::Help};
  if (first == "--version" || first == "-V") return Arguments{.command = CommandId::Version};
  if (first.size() > 1 && first[0] == '-') {
    return Error{fmt::format("The first word is a command, not the option {}.", first),
                 {},
                 "For instance: `migcheck lint migrations/`."};
  }
  const Result<CommandId> command = command_named(first);
  if (!command) return command.error();
  return Parser(words, *command).parse();
}

}  // namespace migcheck::cli
