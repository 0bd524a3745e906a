// SPDX-License-Identifier: MIT

#include "cli/manual.hpp"

#include <fmt/format.h>

#include "cli/known_words.hpp"
#include "migcheck/version.hpp"

namespace migcheck::cli {
namespace {

// Text as roff wants it: a backslash is an escape, a minus sign in a word that is typed is not a hyphen, and
// a line must not begin with a dot or an apostrophe.
std::string roff(std::string_view text) {
  std::string out;
  bool line_begins = true;
  for (const char letter : text) {
    if (line_begins && (letter == '.' || letter == '\'')) out += "\\&";
    line_begins = letter == '\n';
    if (letter == '\\') {
      out += "\\e";
    } else if (letter == '-') {
      out += "\\-";
    } else {
      out += letter;
    }
  }
  return out;
}

std::string paragraph(std::string_view text) {
  return fmt::format(".PP\n{}\n", roff(text));
}

std::string section(std::string_view title) {
  return fmt::format(".SH {}\n", title);
}

// ".TP\n\fB\-f\fR, \fB\-\-format\fR \fINAME\fR\n…"
std::string option_entry(const OptionRow& option) {
  std::string tag;
  if (option.letter != 0) tag += fmt::format("\\fB\\-{}\\fR, ", option.letter);
  tag += fmt::format("\\fB\\-\\-{}\\fR", roff(option.name));
  if (!option.value.empty()) tag += fmt::format(" \\fI{}\\fR", roff(option.value));
  std::string takers;
  bool all = true;
  for (const CommandRow& command : all_commands()) {
    if (!takes(command.id, option)) {
      all = false;
      continue;
    }
    takers += fmt::format("{}{}", takers.empty() ? "" : ", ", command.name);
  }
  std::string help(option.help);
  help[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(help[0])));
  if (help.back() != '.') help += ".";
  if (!all) help += fmt::format(" ({})", takers);
  return fmt::format(".TP\n{}\n{}\n", tag, roff(help));
}

std::string commands_section() {
  std::string text = section("COMMANDS");
  for (const CommandRow& command : all_commands()) {
    text += fmt::format(".TP\n\\fB{}\\fR", roff(command.name));
    if (!command.operands.empty()) text += fmt::format(" \\fI{}\\fR", roff(command.operands));
    // Indented lines of a help text are commands to type: they keep their lines.
    text += "\n";
    bool typed = false;
    std::string_view rest = command.text;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      const std::string_view one = rest.substr(0, end);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      const bool typed_now = one.starts_with("  ");
      if (typed_now != typed) text += typed_now ? ".nf\n" : ".fi\n";
      typed = typed_now;
      if (!one.empty()) text += roff(one) + "\n";
    }
    if (typed) text += ".fi\n";
  }
  return text;
}

std::string options_section() {
  std::string text = section("OPTIONS");
  text += "After an option stand the commands that take it.\n";
  for (const Group group : {Group::Input, Group::Rules, Group::Output, Group::Result, Group::Config}) {
    text += fmt::format(".SS {}\n", group_title(group));
    for (const OptionRow& option : all_options()) {
      if (option.group == group) text += option_entry(option);
    }
  }
  text += ".SS Words\n";
  const auto list = [&](std::string_view title, CommandId command, Expects expects) {
    text += fmt::format(".TP\n{}\n{}.\n", roff(title),
                        roff(fmt::format("{}", fmt::join(known_words(command, expects), ", "))));
  };
  list("Formats of lint", CommandId::Lint, Expects::Format);
  list("Layouts", CommandId::Lint, Expects::Layout);
  return text;
}

std::string status_section() {
  return section("EXIT STATUS") +
         ".TP\n0\nNothing was found at or above the threshold of \\fB\\-\\-fail\\-on\\fR.\n"
         ".TP\n1\nThere are findings at or above it; a syntax error is one.\n"
         ".TP\n2\nThe job could not be done: a wrong option or configuration, a file that cannot be read, no "
         "file "
         "at all. It wins over 1, and findings are still printed.\n";
}

std::string surroundings() {
  std::string text = section("ENVIRONMENT");
  for (const EnvironmentRow& row : all_environment()) {
    text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(row.name), roff(row.help));
  }
  text += section("FILES");
  text += ".TP\n\\fImigcheck.yaml\\fR\n" +
          roff(
              "The configuration: found upwards from the first path to the root of the repository, also as "
              "migcheck.yml, .migcheck.yaml or .migcheck.yml. `migcheck config` shows what is in force.") +
          "\n";
  return text;
}

std::string examples() {
  std::string text = section("EXAMPLES");
  const auto example = [&](std::string_view what, std::string_view typed) {
    text += fmt::format(".TP\n{}\n\\fB{}\\fR\n", roff(what), roff(typed));
  };
  example("Check a folder of migrations:", "migcheck lint migrations/");
  example("Check what a branch adds; the rest is replayed as history:", "migcheck lint --since origin/main");
  example("Read why a finding matters:", "migcheck explain index-not-concurrent");
  return text;
}

}  // namespace

std::string manual_page() {
  // No date: the page is the same bytes whenever it is built.
  std::string text = fmt::format(".TH MIGCHECK 1 \"\" \"migcheck {}\" \"User Commands\"\n", kVersion);
  text += section("NAME") + "migcheck \\- check PostgreSQL migrations before they run\n";
  text += section("SYNOPSIS") + "\\fBmigcheck\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR] [\\fIOPERANDS\\fR]\n";
  text +=
      section("DESCRIPTION") +
      roff(
          "migcheck says what a PostgreSQL migration will lock, rewrite, break or leak, before it runs. It "
          "replays the history of migrations as the project's own migration tool would run it, and judges "
          "each "
          "statement against the schema at that moment. It opens no network connection and needs no "
          "database.") +
      "\n";
  text += paragraph(
      "A finding is accepted by a comment before its statement: -- migcheck:ignore CHECK -- reason.");
  text += commands_section() + options_section() + status_section() + surroundings() + examples();
  text += section("SEE ALSO") + fmt::format("\\fBpsql\\fR(1), {}\n", roff(kUrl));
  return text;
}

}  // namespace migcheck::cli
