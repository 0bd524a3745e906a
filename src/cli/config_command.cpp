// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include "cli/asked.hpp"
#include "cli/commands.hpp"
#include "cli/config_schema.hpp"
#include "cli/survey.hpp"
#include "migcheck/unicode.hpp"

namespace migcheck::cli {
namespace {

// What a run would find out by itself, where nobody said it. A project without migrations has nothing to add.
void add_what_files_say(Asked& asked) {
  Configuration& configuration = asked.configuration;
  const Result<InputSet> set = discover(asked.request.input);
  if (!set) return;
  if (const auto server = server_of(*set); server && asked.request.version_origin.empty()) {
    configuration.settings.pg_version = server->major;
    configuration.origins["postgres"] = server->where;
  }
  if (!configuration.migrations.empty()) return;
  std::string found;
  for (const History& history : set->histories) {
    configuration.migrations.push_back({history.path, "", ""});
    found +=
        fmt::format("{}{}: {}", found.empty() ? "found: " : "; ", history.layout, printable(history.why));
  }
  configuration.origins["migrations"] = found;
}

}  // namespace

Result<int> config_command(const Arguments& arguments, const Console& console) {
  if (arguments.has(OptionId::Schema)) {
    console.out(configuration_schema());
    return 0;
  }
  Result<Asked> asked = asked_of(arguments, console);
  if (!asked) return asked.error();
  add_what_files_say(*asked);
  const Configuration& configuration = asked->configuration;
  const std::string file = configuration.path.empty() ? "no configuration file" : configuration.path;
  console.out("# The settings in force (" + printable(file) + "), each with where it came from.\n");
  console.out(describe_configuration(configuration));
  return 0;
}

}  // namespace migcheck::cli
