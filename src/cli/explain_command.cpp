// SPDX-License-Identifier: MIT

// The page of one check. On a terminal headings are bold and SQL is set apart; elsewhere it is the Markdown
// as it is.

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "migcheck/nearest.hpp"
#include "migcheck/registry.hpp"
#include "report/paint.hpp"

namespace migcheck::cli {
namespace {

std::string painted(std::string_view page) {
  using report::Ink;
  const report::Paint paint(true);
  std::string out;
  bool code = false;
  for (const std::string_view line : report::lines_of(page)) {
    if (line.starts_with("```")) {
      code = !code;
      continue;
    }
    if (code) {
      out += "    " + paint(Ink::Info, line);
    } else if (line.starts_with("#")) {
      out += paint(Ink::Strong, line.substr(std::min(line.find_first_not_of("# "), line.size())));
    } else {
      out += line;
    }
    out += '\n';
  }
  return out;
}

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
    out += *colour ? painted(check->page) : std::string(check->page);
  }
  console.out(out);
  return 0;
}

}  // namespace migcheck::cli
