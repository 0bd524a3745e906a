// SPDX-License-Identifier: MIT

#include "cli/request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "cli/files.hpp"
#include "cli/known_words.hpp"
#include "input/listing.hpp"
#include "migcheck/nearest.hpp"
#include "migcheck/registry.hpp"

namespace migcheck::cli {
namespace {

// A check or a category.
Result<Done> known_name(const std::string& name, std::string_view option) {
  if (find_check(name) != nullptr || find_category(name) != nullptr) return Done{};
  std::vector<std::string_view> names;
  for (const RegisteredCheck& check : all_checks()) names.push_back(check.name);
  for (const Category& category : all_categories()) names.push_back(category.name);
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) hint = "`migcheck checks` lists them.";
  return Error{fmt::format("{}: there is no check or category \"{}\".", option, name), {}, hint};
}

CheckSetting& setting_of(Settings& settings, const std::string& name) {
  return find_check(name) != nullptr ? settings.checks[name] : settings.categories[name];
}

// A word on the command line about a category is about all its checks, whatever the configuration says of
// single ones.
void override_setting(Settings& settings, const std::string& name, bool enabled,
                      std::optional<Severity> severity = std::nullopt) {
  CheckSetting& setting = setting_of(settings, name);
  setting.enabled = enabled;
  if (severity) setting.severity = severity;
  if (find_category(name) == nullptr) return;
  for (auto& [check, own] : settings.checks) {
    const RegisteredCheck* registered = find_check(check);
    if (registered == nullptr || registered->category != name) continue;
    own.enabled.reset();
    if (severity) own.severity.reset();
  }
}

// What --only, --enable and --disable name. A check's own name says more than its category's, wherever each
// stands; of two words about the same thing --disable has the last.
struct Switches {
  std::set<std::string, std::less<>> only, enabled, disabled;
};

Result<Switches> read_switches(const Arguments& arguments) {
  Switches switches;
  for (const auto& [id, names] : {std::pair{OptionId::Only, &switches.only},
                                  {OptionId::Enable, &switches.enabled},
                                  {OptionId::Disable, &switches.disabled}}) {
    const std::string option = fmt::format("--{}", option_row(id).name);
    for (const std::string& name : arguments.names(id)) {
      if (auto known = known_name(name, option); !known) return known.error();
      names->insert(name);
    }
  }
  for (const std::string& rule : arguments.values(OptionId::Rule)) {
    if (rule.ends_with("=off")) switches.disabled.insert(rule.substr(0, rule.find('=')));
  }
  return switches;
}

bool is_left_on(const RegisteredCheck& check, const Switches& switches) {
  for (const std::string_view name : {check.name, check.category}) {
    if (switches.disabled.contains(name)) return false;
    if (switches.only.contains(name) || switches.enabled.contains(name)) return true;
  }
  return false;
}

Result<Done> apply_switches(const Switches& switches, Settings& settings) {
  for (const bool category : {true, false}) {
    for (const auto* names : {&switches.enabled, &switches.disabled}) {
      for (const std::string& name : *names) {
        if ((find_category(name) != nullptr) == category)
          override_setting(settings, name, names == &switches.enabled);
      }
    }
  }
  if (switches.only.empty()) return Done{};
  for (const RegisteredCheck& check : all_checks()) {
    if (is_left_on(check, switches)) settings.only.insert(std::string(check.name));
  }
  if (!settings.only.empty()) return Done{};
  return Error{"--only and --disable together leave no check.", {}, "`migcheck checks` lists them."};
}

Result<Done> apply_rule(const std::string& rule, Settings& settings) {
  const std::size_t equals = rule.find('=');
  if (equals == std::string::npos) {
    return Error{fmt::format("--rule takes NAME=LEVEL, not \"{}\".", rule),
                 {},
                 "For instance: --rule index-not-concurrent=warning."};
  }
  const std::string name = rule.substr(0, equals);
  const std::string level = rule.substr(equals + 1);
  if (auto known = known_name(name, "--rule"); !known) return known;
  if (level == "off") {
    override_setting(settings, name, false);
    return Done{};
  }
  const Result<Severity> severity = severity_named(level, fmt::format("--rule {}", name));
  if (!severity) return severity.error();
  override_setting(settings, name, true, *severity);
  return Done{};
}

Result<Done> apply_fail_on(const std::string& word, Settings& settings) {
  settings.never_fail = word == "never";
  if (settings.never_fail) return Done{};
  const Result<Severity> severity = severity_named(word, "--fail-on");
  if (!severity) return severity.error();
  settings.fail_on = *severity;
  return Done{};
}

std::vector<std::string> lines_of_list(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string line = text.substr(begin, end - begin);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty()) lines.push_back(std::move(line));
    begin = end + 1;
  }
  return lines;
}

Result<const Reporter*> reporter_named(const std::string& name, std::string_view option) {
  if (const Reporter* reporter = find_reporter(name); reporter != nullptr) return reporter;
  std::vector<std::string_view> names;
  std::string list;
  for (const Reporter& reporter : all_reporters()) {
    names.push_back(reporter.name);
    list += fmt::format("{}{}", list.empty() ? "" : ", ", reporter.name);
  }
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) hint = fmt::format("There are: {}.", list);
  return Error{fmt::format("{}: there is no format \"{}\".", option, name), {}, hint};
}

// `-o migrations/*.sql` is what a shell makes of a pattern in the wrong place: its first file is no place for
// a report.
Result<Done> keep_migrations(const std::vector<OutputTarget>& targets) {
  for (const OutputTarget& target : targets) {
    if (!input::is_sql_name(target.file)) continue;
    return Error{"A report is not written over a file of SQL.", target.file,
                 "PATHS stand by themselves; -o and --report want a file for the report."};
  }
  return Done{};
}

}  // namespace

Result<Severity> severity_named(const std::string& word, std::string_view option) {
  if (word == "error") return Severity::Error;
  if (word == "warning") return Severity::Warning;
  if (word == "info") return Severity::Info;
  return Error{fmt::format("{}: \"{}\" is no severity.", option, word),
               {},
               fmt::format("There are: info, warning, error{}.", option == "--fail-on"          ? ", never"
                                                                 : option.starts_with("--rule") ? ", off"
                                                                                                : "")};
}

Result<int> number_named(const std::string& word, std::string_view option, int least, int most) {
  int number = 0;
  const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), number);
  const bool whole = failed == std::errc() && end == word.data() + word.size();
  if (whole && number >= least && number <= most) return number;
  return Error{
      fmt::format("{} takes a whole number from {} to {}, not \"{}\".", option, least, most, word), {}, {}};
}

Result<Done> apply_preset(const std::string& preset, Settings& settings) {
  const std::vector<std::string> presets = known_words(CommandId::Lint, Expects::Preset);
  if (std::find(presets.begin(), presets.end(), preset) == presets.end()) {
    return Error{fmt::format("--preset: there is no preset \"{}\".", preset),
                 {},
                 fmt::format("There are: {}.", fmt::join(presets, ", "))};
  }
  settings.preset = preset;
  return Done{};
}

Result<Done> apply_rule_options(const Arguments& arguments, Settings& settings) {
  if (const auto version = arguments.value(OptionId::PgVersion)) {
    const Result<int> number = number_named(*version, "--pg-version", 9, 99);
    if (!number) return number.error();
    settings.pg_version = *number;
  }
  if (const auto preset = arguments.value(OptionId::Preset)) {
    if (auto done = apply_preset(*preset, settings); !done) return done;
  }
  const Result<Switches> switches = read_switches(arguments);
  if (!switches) return switches.error();
  if (auto done = apply_switches(*switches, settings); !done) return done;
  for (const std::string& rule : arguments.values(OptionId::Rule)) {
    if (auto done = apply_rule(rule, settings); !done) return done;
  }
  if (const auto word = arguments.value(OptionId::FailOn)) {
    if (auto done = apply_fail_on(*word, settings); !done) return done;
  }
  if (arguments.has(OptionId::NoSuppressions)) settings.use_suppressions = false;
  if (arguments.has(OptionId::Down)) settings.way_back = true;
  if (arguments.has(OptionId::FailOnUnread)) settings.fail_on_unread = true;
  return Done{};
}

Result<Done> apply_input_options(const Arguments& arguments, const Console& console, InputRequest& input) {
  input.paths = arguments.operands;
  input.since = arguments.value(OptionId::Since);
  input.allow_empty = arguments.has(OptionId::AllowEmpty);
  input.stdin_filename = arguments.value(OptionId::StdinFilename).value_or("");

  const bool sql_from_stdin = std::count(input.paths.begin(), input.paths.end(), "-") > 0;
  const auto list = arguments.value(OptionId::ChangedFiles);
  if (!input.stdin_filename.empty() && !sql_from_stdin) {
    return Error{"--stdin-filename names standard input, but no - asks to read it.",
                 {},
                 "For instance: `migcheck lint --stdin-filename migrations/0002.sql - < draft.sql`."};
  }
  if (sql_from_stdin && list == "-") {
    return Error{"Both SQL (-) and --changed-files - want standard input.", {}, "Give one of them a file."};
  }
  if (sql_from_stdin) {
    Result<std::string> text = console.read_input();
    if (!text) return text.error();
    input.stdin_text = std::move(*text);
  }
  if (!list) return Done{};
  const Result<std::string> text = *list == "-" ? console.read_input() : read_text_file(*list);
  if (!text) return text.error();
  input.changed_files = lines_of_list(*text);
  return Done{};
}

Result<std::vector<OutputTarget>> output_targets(const Arguments& arguments) {
  std::vector<OutputTarget> targets;
  for (const std::string& report : arguments.values(OptionId::Report)) {
    const std::size_t equals = report.find('=');
    const auto reporter = reporter_named(report.substr(0, equals), "--report");
    if (!reporter) return reporter.error();
    targets.push_back({*reporter, equals == std::string::npos ? "" : report.substr(equals + 1)});
    if (equals != std::string::npos && targets.back().file.empty()) {
      return Error{fmt::format("--report {} names no file after the =.", report), {}, {}};
    }
  }
  const auto to_stdout = [](const OutputTarget& target) { return target.file.empty(); };
  const auto format = arguments.value(OptionId::Format);
  const auto file = arguments.value(OptionId::Output);
  const bool taken = std::any_of(targets.begin(), targets.end(), to_stdout);
  if (format || file || !taken) {
    const auto reporter = reporter_named(format.value_or("text"), "--format");
    if (!reporter) return reporter.error();
    targets.push_back({*reporter, file.value_or("")});
  }
  if (std::count_if(targets.begin(), targets.end(), to_stdout) > 1) {
    return Error{
        "Two reports cannot both go to standard output.", {}, "Give one a file: --report NAME=FILE."};
  }
  if (auto kept = keep_migrations(targets); !kept) return kept.error();
  return targets;
}

}  // namespace migcheck::cli
