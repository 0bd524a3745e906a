// SPDX-License-Identifier: MIT

// The page of one check: made for reading on a terminal or where colours are asked for; elsewhere it is the
// Markdown as it is.

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "migcheck/nearest.hpp"
#include "migcheck/registry.hpp"
#include "report/page_terminal.hpp"

namespace migcheck::cli {
namespace {

Error unknown_check(const std::string& name) {
  std::vector<std::string_view> names;
  for (const RegisteredCheck& check : all_checks()) names.push_back(check.name);
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) hint = "`migcheck checks` lists them.";
  return {fmt::format("There is no check \"{}\".", name), {}, hint};
}

}  // namespace

Result<int> explain_command(const Arguments& arguments, const Console& console) {
  const Result<bool> colour =
      wants_colour(console, arguments.value(OptionId::Color), console.out_is_terminal);
  if (!colour) return colour.error();
  if (arguments.operands.empty()) {
    return Error{"`migcheck explain` needs the name of a check.", {}, "`migcheck checks` lists them."};
  }
  std::string out;
  for (const std::string& name : arguments.operands) {
    const RegisteredCheck* check = find_check(name);
    if (check == nullptr) return unknown_check(name);
    if (!out.empty()) out += '\n';
    const bool for_reading = *colour || console.out_is_terminal;
    out += for_reading ? report::page_for_terminal(check->page, console.width, *colour)
                       : std::string(check->page);
  }
  console.out(out);
  return 0;
}

}  // namespace migcheck::cli
