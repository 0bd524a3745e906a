// SPDX-License-Identifier: MIT

#include "cli/asked.hpp"

#include <fmt/chrono.h>

#include <chrono>

#include "cli/configured.hpp"
#include "cli/request.hpp"

namespace migcheck::cli {
namespace {

// The day, for suppressions that end: in UTC, so that a team agrees on it.
std::string today() {
  return fmt::format("{:%F}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

}  // namespace

Result<Asked> asked_of(const Arguments& arguments, const Console& console) {
  auto configuration = configuration_for(arguments, console);
  if (!configuration) return configuration.error();
  if (auto done = apply_options(arguments, *configuration); !done) return done.error();
  Asked asked;
  asked.configuration = std::move(*configuration);
  asked.request.settings = asked.configuration.settings;
  asked.request.settings.today = today();
  if (const auto origin = asked.configuration.origins.find("postgres");
      origin != asked.configuration.origins.end()) {
    asked.request.version_origin = origin->second;
  }
  asked.request.input = input_of(asked.configuration);
  if (const auto jobs = arguments.value(OptionId::Jobs)) {
    const auto number = number_named(*jobs, "--jobs", 1, 256);
    if (!number) return number.error();
    asked.request.jobs = static_cast<unsigned>(*number);
  }
  if (auto done = apply_input_options(arguments, console, asked.request.input); !done) return done.error();
  return asked;
}

}  // namespace migcheck::cli
