// SPDX-License-Identifier: MIT

#include "cli/configured.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/request.hpp"
#include "migcheck/nearest.hpp"

namespace migcheck::cli {
namespace {

// Where the search for a configuration begins.
std::string first_path(const Arguments& arguments) {
  for (const std::string& operand : arguments.operands) {
    if (operand != "-") return operand;
  }
  return arguments.value(OptionId::StdinFilename).value_or("");
}

Result<Done> apply_layout(const std::string& layout, Configuration& configuration) {
  const std::vector<std::string> names = layout_names();
  if (layout != "auto" && std::find(names.begin(), names.end(), layout) == names.end()) {
    std::string hint = did_you_mean(layout, {names.begin(), names.end()});
    if (hint.empty()) hint = fmt::format("There are: auto, {}.", fmt::join(names, ", "));
    return Error{fmt::format("--layout: there is no layout \"{}\".", layout), {}, hint};
  }
  configuration.layout = layout;
  for (MigrationPath& migrations : configuration.migrations) migrations.layout.clear();
  return Done{};
}

// Which key of the configuration an option stands for.
struct KeyOfOption {
  OptionId option;
  const char* key;
};
constexpr std::array kKeys = {
    KeyOfOption{OptionId::PgVersion, "postgres"}, KeyOfOption{OptionId::Preset, "preset"},
    KeyOfOption{OptionId::FailOn, "fail_on"},     KeyOfOption{OptionId::FailOnUnread, "fail_on_unread"},
    KeyOfOption{OptionId::Down, "down"},          KeyOfOption{OptionId::Layout, "layout"},
    KeyOfOption{OptionId::Exclude, "exclude"},
};

void note_origins(const Arguments& arguments, Configuration& configuration) {
  for (const auto& [option, key] : kKeys) {
    if (arguments.has(option)) configuration.origins[key] = fmt::format("--{}", option_row(option).name);
  }
  for (const OptionId id : {OptionId::Only, OptionId::Enable, OptionId::Disable, OptionId::Rule}) {
    for (const std::string& name : arguments.names(id)) {
      const std::string key = fmt::format("checks.{}", name.substr(0, name.find('=')));
      configuration.origins[key] = fmt::format("--{}", option_row(id).name);
    }
  }
}

}  // namespace

Result<Configuration> configuration_for(const Arguments& arguments, const Console& console) {
  const auto named = arguments.value(OptionId::ConfigFile);
  const bool none = arguments.has(OptionId::NoConfig);
  if (named && none) return Error{"--config and --no-config exclude each other.", {}, {}};
  if (named) return read_configuration(*named, layout_names());
  if (none) return Configuration{};
  if (const auto path = console.environment("MIGCHECK_CONFIG"); path && !path->empty()) {
    auto configuration = read_configuration(*path, layout_names());
    if (configuration) return configuration;
    Error error = configuration.error();
    if (error.hint.empty()) error.hint = "MIGCHECK_CONFIG names this file.";
    return error;
  }
  const auto found = find_configuration(first_path(arguments));
  return found ? read_configuration(*found, layout_names()) : Configuration{};
}

Result<Done> apply_options(const Arguments& arguments, Configuration& configuration) {
  if (auto done = apply_rule_options(arguments, configuration.settings); !done) return done;
  if (const auto layout = arguments.value(OptionId::Layout)) {
    if (auto done = apply_layout(*layout, configuration); !done) return done;
  }
  for (const std::string& glob : arguments.names(OptionId::Exclude)) configuration.exclude.push_back(glob);
  note_origins(arguments, configuration);
  return Done{};
}

namespace {

Wraps wraps_of(std::string_view word) {
  if (word == "none") return Wraps::Nothing;
  if (word == "file") return Wraps::EachFile;
  if (word == "query") return Wraps::EachFileAsOneQuery;
  return word == "all" ? Wraps::AllFiles : Wraps::AsTheToolDoes;
}

}  // namespace

InputRequest input_of(const Configuration& configuration) {
  InputRequest input;
  input.root = configuration.root;
  input.layout = configuration.layout;
  input.exclude = configuration.exclude;
  for (const MigrationPath& migrations : configuration.migrations) {
    input.default_paths.push_back(migrations.path);
    if (migrations.layout.empty() && migrations.transaction.empty()) continue;
    input.rules.push_back({migrations.path,
                           migrations.layout.empty() ? configuration.layout : migrations.layout,
                           wraps_of(migrations.transaction)});
  }
  input.queries = configuration.queries;
  input.seeds = configuration.seeds;
  input.baselines = configuration.schema_dumps;
  return input;
}

}  // namespace migcheck::cli
