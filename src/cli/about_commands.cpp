// SPDX-License-Identifier: MIT

// version and help.

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "migcheck/parse.hpp"
#include "migcheck/version.hpp"
#include "report/json_writer.hpp"

namespace migcheck::cli {

Result<int> version_command(const Arguments& arguments, const Console& console) {
  const Grammar spoken = grammar();
  if (arguments.has(OptionId::Json)) {
    std::string out;
    report::JsonWriter(out)
        .begin_object()
        .member("name", "migcheck")
        .member("version", kVersion)
        .object("grammar")
        .member("postgresql", spoken.version)
        .member("major", spoken.major)
        .member("libpg_query", spoken.library)
        .end_object()
        .end_object();
    console.out(out);
    return 0;
  }
  std::string text = fmt::format("migcheck {} (PostgreSQL {} grammar", kVersion, spoken.version);
  if (!spoken.library.empty()) text += fmt::format(", libpg_query {}", spoken.library);
  console.out(text + ")\n");
  return 0;
}

Result<int> help_command(const Arguments& arguments, const Console& console) {
  if (arguments.operands.empty()) {
    console.out(help_overview());
    return 0;
  }
  const Result<CommandId> command = command_named(arguments.operands[0]);
  if (!command) return command.error();
  console.out(help_of(*command));
  return 0;
}

}  // namespace migcheck::cli
