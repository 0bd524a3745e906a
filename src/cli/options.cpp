// SPDX-License-Identifier: MIT

#include "cli/options.hpp"

#include <algorithm>

namespace migcheck::cli {
namespace {

constexpr unsigned kLint = static_cast<unsigned>(CommandId::Lint);
constexpr unsigned kBaseline = static_cast<unsigned>(CommandId::Baseline);
constexpr unsigned kConfigured = (CommandId::Lint | CommandId::Config) | kBaseline;
constexpr unsigned kShowing =
    (CommandId::Catalog | CommandId::Locks) | static_cast<unsigned>(CommandId::Tenancy);
constexpr unsigned kRunning = kLint | kBaseline | kShowing | static_cast<unsigned>(CommandId::Init);
constexpr unsigned kReplaying = kConfigured | kShowing;
constexpr unsigned kTargeting = CommandId::Lint | CommandId::Locks;  // some files may be history
constexpr unsigned kFormatted = kLint | kShowing | static_cast<unsigned>(CommandId::Checks);
constexpr unsigned kVersion = static_cast<unsigned>(CommandId::Version);
constexpr unsigned kColored = CommandId::Lint | CommandId::Explain;
constexpr unsigned kTalking = kLint | kBaseline | kShowing;
constexpr unsigned kEvery = ~0u;

}  // namespace

const std::vector<CommandRow>& all_commands() {
  static const std::vector<CommandRow> commands = {
      {CommandId::Lint, "lint", "[PATHS...] [-]", "lint migrations",
       "Says what migrations will lock, rewrite, break or leak. PATHS are files, folders\n"
       "or globs; - reads standard input. None: what is configured or usual for tools.\n"},
      {CommandId::Explain, "explain", "CHECK", "show the page of one check",
       "What the check means, an unsafe and a safe example, and when to ignore it.\n", Expects::Check},
      {CommandId::Checks, "checks", "", "list all checks",
       "All checks with category, severity and what they flag.\n"},
      {CommandId::Catalog, "catalog", "[PATHS...]", "show the schema that the migrations leave behind",
       "The tables, indexes, types, functions and so on that a history of migrations\n"
       "makes, as JSON: what migcheck knows when it judges the next migration. With\n"
       "--format psql what makes it: the statements of all migrations, forward parts\n"
       "only, in the order and the transactions of the migration tool, for psql to run.\n"},
      {CommandId::Locks, "locks", "[PATHS...] [-]", "show what each statement locks, and until when",
       "Statement by statement and transaction by transaction: what is locked, how\n"
       "strongly, who waits, what is rewritten, read in full or built, and until which\n"
       "statement each lock is held.\n"},
      {CommandId::Tenancy, "tenancy", "[PATHS...]", "show which tables belong to tenants",
       "The tenants' table, and for each table the column or key that ties its rows to a\n"
       "tenant, its row level security, its policies, and keys that span tenants.\n"},
      {CommandId::Init, "init", "[FOLDER]", "look at the project, write a first migcheck.yaml",
       "Finds the migrations, their tool, the server's version and the tenant column,\n"
       "says what lint would report today, and writes a short migcheck.yaml into FOLDER.\n"
       "A configuration that is there is never overwritten.\n"},
      {CommandId::Baseline, "baseline", "[PATHS...]", "accept today's findings: report only new ones",
       "Writes the findings of `migcheck lint` into .migcheck-baseline.yaml, or into the\n"
       "file that --baseline or the configuration names. From then on lint counts them\n"
       "and reports what is new. Entries survive edits elsewhere in their file.\n"},
      {CommandId::Config, "config", "[PATHS...]", "show the settings in force and where each came from",
       "The settings that `migcheck lint` would run with, each with its origin.\n"},
      {CommandId::Version, "version", "", "show the version and the grammar it speaks",
       "The version, and the PostgreSQL grammar that this build speaks.\n"},
      {CommandId::Completions, "completions", "SHELL", "print completions for bash, zsh or fish",
       "A script that teaches the shell migcheck's commands, options and checks.\n"
       "  bash   eval \"$(migcheck completions bash)\"     in ~/.bashrc\n"
       "  zsh    eval \"$(migcheck completions zsh)\"      in ~/.zshrc, after compinit\n"
       "  fish   migcheck completions fish | source      in ~/.config/fish/config.fish\n",
       Expects::Shell},
      {CommandId::Man, "man", "", "print the manual page",
       "The manual page, for `man -l -` and for packages.\n"},
      {CommandId::Help, "help", "[COMMAND]", "show help", "Help for migcheck or one of its commands.\n",
       Expects::Command},
  };
  return commands;
}

const std::vector<OptionRow>& all_options() {
  static const std::vector<OptionRow> options = {
      {OptionId::Since, "since", 0, "REF", Group::Input, kTargeting,
       "lint what is new since REF; replay the rest", Expects::Commit},
      {OptionId::ChangedFiles, "changed-files", 0, "FILE", Group::Input, kTargeting,
       "lint the files that FILE lists (- for stdin)", Expects::Path},
      {OptionId::StdinFilename, "stdin-filename", 0, "PATH", Group::Input, kTargeting,
       "what standard input is called", Expects::Path},
      {OptionId::Layout, "layout", 0, "NAME", Group::Input, kReplaying, "the migration tool, or auto",
       Expects::Layout},
      {OptionId::Exclude, "exclude", 0, "GLOB", Group::Input, kReplaying, "leave these files out"},
      {OptionId::Down, "down", 0, "", Group::Input, kConfigured,
       "check the way back too, one severity lower"},
      {OptionId::AllowEmpty, "allow-empty", 0, "", Group::Input, kTargeting, "finding no file is no error"},
      {OptionId::PgVersion, "pg-version", 0, "N", Group::Rules, kReplaying,
       "the oldest PostgreSQL that will run the files"},
      {OptionId::Preset, "preset", 0, "NAME", Group::Rules, kConfigured,
       "which checks are on: safety, saas or strict", Expects::Preset},
      {OptionId::Only, "only", 0, "NAMES", Group::Rules, kConfigured, "run these checks or categories only",
       Expects::Names},
      {OptionId::Enable, "enable", 0, "NAMES", Group::Rules, kConfigured, "switch checks or categories on",
       Expects::Names},
      {OptionId::Disable, "disable", 0, "NAMES", Group::Rules, kConfigured, "switch checks or categories off",
       Expects::Names},
      {OptionId::Rule, "rule", 0, "NAME=LEVEL", Group::Rules, kConfigured,
       "severity: off, info, warning or error", Expects::Rule},
      {OptionId::NoSuppressions, "no-suppressions", 0, "", Group::Rules, kConfigured,
       "act as if no comment said migcheck:ignore"},
      {OptionId::Format, "format", 'f', "NAME", Group::Output, kFormatted, "the format of the output",
       Expects::Format},
      {OptionId::Output, "output", 'o', "FILE", Group::Output, kLint, "write to FILE instead of stdout",
       Expects::Path},
      {OptionId::Report, "report", 0, "NAME[=FILE]", Group::Output, kLint, "one more report; may be repeated",
       Expects::Report},
      {OptionId::Color, "color", 0, "WHEN", Group::Output, kColored, "auto, always or never", Expects::Color},
      {OptionId::MinSeverity, "min-severity", 0, "LEVEL", Group::Output, kLint,
       "show info, warning or error and above", Expects::Severity},
      {OptionId::ShowSuppressed, "show-suppressed", 0, "", Group::Output, kLint,
       "suppressed and baselined findings too"},
      {OptionId::Json, "json", 0, "", Group::Output, kVersion, "as JSON"},
      {OptionId::Quiet, "quiet", 'q', "", Group::Output, kTalking, "no summary, no remarks"},
      {OptionId::Verbose, "verbose", 'v', "", Group::Output, kTalking, "say what is read, and fold nothing"},
      {OptionId::FailOn, "fail-on", 0, "LEVEL", Group::Result, kConfigured,
       "exit 1 from info, warning, error or never", Expects::FailOn},
      {OptionId::FailOnUnread, "fail-on-unread", 0, "", Group::Result, kConfigured,
       "exit 2 if anything could not be read"},
      {OptionId::BaselineFile, "baseline", 0, "FILE", Group::Result, kLint | kBaseline,
       "the file of accepted findings", Expects::Path},
      {OptionId::NoBaseline, "no-baseline", 0, "", Group::Result, kLint, "report accepted findings too"},
      {OptionId::Prune, "prune", 0, "", Group::Result, kBaseline, "only take out what is found no more"},
      {OptionId::Fix, "fix", 0, "", Group::Result, kLint, "make the safe edits, in the files of the change"},
      {OptionId::Diff, "diff", 0, "", Group::Result, kLint, "print the safe edits instead of the findings"},
      {OptionId::FixEverywhere, "fix-everywhere", 0, "", Group::Result, kLint,
       "edit migrations too that may have run"},
      {OptionId::ConfigFile, "config", 'c', "FILE", Group::Config, kReplaying, "read this configuration",
       Expects::Path},
      {OptionId::NoConfig, "no-config", 0, "", Group::Config, kReplaying, "read no configuration"},
      {OptionId::Schema, "schema", 0, "", Group::Config, static_cast<unsigned>(CommandId::Config),
       "print the JSON Schema of migcheck.yaml"},
      {OptionId::Jobs, "jobs", 'j', "N", Group::Config, kRunning, "threads that read and parse"},
      {OptionId::Help, "help", 'h', "", Group::Config, kEvery, "show this help"},
  };
  return options;
}

const CommandRow& command_row(CommandId id) {
  const auto& commands = all_commands();
  return *std::find_if(commands.begin(), commands.end(), [&](const CommandRow& row) { return row.id == id; });
}

const OptionRow& option_row(OptionId id) {
  const auto& options = all_options();
  return *std::find_if(options.begin(), options.end(), [&](const OptionRow& row) { return row.id == id; });
}

bool takes(CommandId command, const OptionRow& option) {
  return (option.commands & static_cast<unsigned>(command)) != 0;
}

const std::vector<EnvironmentRow>& all_environment() {
  static const std::vector<EnvironmentRow> rows = {
      {"MIGCHECK_CONFIG", "The configuration to read, as with --config, which wins over it."},
      {"NO_COLOR", "Not empty: no colours, unless --color says otherwise."},
      {"FORCE_COLOR", "Not empty and not 0: colours without a terminal too."},
      {"TERM", "dumb: no colours."},
  };
  return rows;
}

std::string_view group_title(Group group) {
  switch (group) {
    case Group::Input:
      return "Input";
    case Group::Rules:
      return "Rules";
    case Group::Output:
      return "Output";
    case Group::Result:
      return "Result";
    case Group::Config:
      return "Config";
  }
  return "";
}

}  // namespace migcheck::cli
