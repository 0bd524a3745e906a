// SPDX-License-Identifier: MIT

#include <string>

#include "cli/commands.hpp"
#include "cli/configured.hpp"
#include "cli/pipeline.hpp"
#include "cli/request.hpp"
#include "cli/talk.hpp"

namespace migcheck::cli {

Result<int> catalog_command(const Arguments& arguments, const Console& console) {
  const std::string format = arguments.value(OptionId::Format).value_or("json");
  if (format != "json") {
    return Error{"The catalog is printed as json only, not as \"" + format + "\".", {}, {}};
  }
  auto configuration = configuration_for(arguments);
  if (!configuration) return configuration.error();
  if (auto done = apply_options(arguments, *configuration); !done) return done.error();
  LintRequest request;
  request.settings = configuration->settings;
  request.input = input_of(*configuration);
  if (const auto jobs = arguments.value(OptionId::Jobs)) {
    const auto number = number_named(*jobs, "--jobs", 1, 256);
    if (!number) return number.error();
    request.jobs = static_cast<unsigned>(*number);
  }
  if (auto done = apply_input_options(arguments, console, request.input); !done) return done.error();
  const Talk talk(console, Loudness::Normal, false);
  const Result<Replayed> replayed = run_replay(request, talk);
  if (!replayed) return replayed.error();
  console.out(replayed->catalog);
  bool failed = false;
  for (const Unread& unread : replayed->unread) {
    const std::string line = unread.line == 0 ? "" : ":" + std::to_string(unread.line);
    talk.warning(unread.path + line + ": " + unread.reason);
    failed = failed || unread.failed;
  }
  return failed ? 2 : 0;
}

}  // namespace migcheck::cli
