// SPDX-License-Identifier: MIT

#include "cli/showing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/asked.hpp"
#include "migcheck/nearest.hpp"

namespace migcheck::cli {

Result<LintRequest> showing_request(const Arguments& arguments, const Console& console) {
  Result<Asked> asked = asked_of(arguments, console);
  if (!asked) return asked.error();
  return std::move(asked->request);
}

Result<std::string> format_named(const Arguments& arguments, const std::vector<std::string_view>& formats) {
  const std::string format = arguments.value(OptionId::Format).value_or(std::string(formats.front()));
  if (std::find(formats.begin(), formats.end(), format) != formats.end()) return format;
  std::string hint = did_you_mean(format, formats);
  if (hint.empty()) hint = fmt::format("There are: {}.", fmt::join(formats, ", "));
  return Error{fmt::format("--format: {} has no format \"{}\".", command_row(arguments.command).name, format),
               {},
               hint};
}

}  // namespace migcheck::cli
