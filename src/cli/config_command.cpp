// SPDX-License-Identifier: MIT

#include "cli/commands.hpp"
#include "cli/config_schema.hpp"
#include "cli/configured.hpp"

namespace migcheck::cli {

Result<int> config_command(const Arguments& arguments, const Console& console) {
  if (arguments.has(OptionId::Schema)) {
    console.out(configuration_schema());
    return 0;
  }
  auto configuration = configuration_for(arguments, console);
  if (!configuration) return configuration.error();
  if (auto done = apply_options(arguments, *configuration); !done) return done.error();
  const std::string file = configuration->path.empty() ? "no configuration file" : configuration->path;
  console.out("# The settings in force (" + file + "), each with where it came from.\n");
  console.out(describe_configuration(*configuration));
  return 0;
}

}  // namespace migcheck::cli
