// SPDX-License-Identifier: MIT
#pragma once

// The tables of commands and options: the parser, --help, the suggestions, the manual page and the shells'
// completions all read them. Nothing else knows how an option is spelled.

#include <string_view>
#include <vector>

namespace migcheck::cli {

enum class CommandId : unsigned {
  Lint = 1,
  Explain = 2,
  Checks = 4,
  Config = 8,
  Version = 16,
  Help = 32,
  Catalog = 64,
  Locks = 128,
  Tenancy = 256,
  Completions = 512,
  Man = 1024,
  Baseline = 2048,
  Init = 4096
};

constexpr unsigned operator|(CommandId a, CommandId b) {
  return static_cast<unsigned>(a) | static_cast<unsigned>(b);
}

// What a value or an operand is, for who completes it. known_words.hpp has the words of those that are lists.
enum class Expects : unsigned char {
  Text,      // anything
  Path,      // a file or a folder
  Commit,    // a branch, a tag, a commit
  Format,    // of the command's output
  Report,    // a format, or FORMAT=FILE
  Layout,    // a migration tool
  Names,     // checks and categories, with commas between them
  Rule,      // NAME=LEVEL
  Preset,    // safety, saas, strict
  Severity,  // info, warning, error
  FailOn,    // likewise, or never
  Color,     // auto, always, never
  Check,     // one check
  Command,   // a command of migcheck
  Shell      // a shell
};

struct CommandRow {
  CommandId id = CommandId::Lint;
  std::string_view name;
  std::string_view operands;        // "[PATHS...]"
  std::string_view summary;         // one line
  std::string_view text;            // what --help says above the options
  Expects expects = Expects::Path;  // its operands, if it takes any
};

// The groups of --help, in its order.
enum class Group : unsigned char { Input, Rules, Output, Result, Config };

enum class OptionId : unsigned char {
  Since,
  ChangedFiles,
  StdinFilename,
  Layout,
  Exclude,
  Down,
  AllowEmpty,
  PgVersion,
  Preset,
  Only,
  Enable,
  Disable,
  Rule,
  NoSuppressions,
  Format,
  Output,
  Report,
  Color,
  ShowSuppressed,
  MinSeverity,
  Quiet,
  Verbose,
  FailOn,
  FailOnUnread,
  BaselineFile,
  NoBaseline,
  Prune,
  Fix,
  Diff,
  FixEverywhere,
  ConfigFile,
  NoConfig,
  Jobs,
  Json,
  Schema,
  Help,
};

struct OptionRow {
  OptionId id = OptionId::Help;
  std::string_view name;   // without the dashes
  char letter = 0;         // 0: none
  std::string_view value;  // what --help calls its value; empty: a switch
  Group group = Group::Input;
  unsigned commands = 0;       // which commands take it
  std::string_view help = {};  // one line
  Expects expects = Expects::Text;
};

// A variable of the environment that migcheck looks at.
struct EnvironmentRow {
  std::string_view name;
  std::string_view help;
};

const std::vector<CommandRow>& all_commands();
const CommandRow& command_row(CommandId id);
const std::vector<OptionRow>& all_options();
const OptionRow& option_row(OptionId id);
const std::vector<EnvironmentRow>& all_environment();
bool takes(CommandId command, const OptionRow& option);
std::string_view group_title(Group group);

}  // namespace migcheck::cli
