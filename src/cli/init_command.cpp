// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <filesystem>

#include "cli/asked.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/survey.hpp"
#include "migcheck/report.hpp"
#include "migcheck/unicode.hpp"

namespace migcheck::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFileName = "migcheck.yaml";

std::string what_was_found(const Survey& survey) {
  std::string text;
  for (const History& history : survey.histories) {
    const bool aside = is_aside(survey, history);
    text += fmt::format("  migrations  {} ({}{})\n", printable(history.path), history.layout,
                        aside ? ", left out" : "");
  }
  text += survey.server
              ? fmt::format("  postgres    {} ({})\n", survey.server->major, printable(survey.server->where))
              : std::string("  postgres    no file names a version: please look at the comment\n");
  if (!survey.tenant_columns.empty()) {
    text +=
        fmt::format("  tenants     {}", printable(fmt::format("{}", fmt::join(survey.tenant_columns, ", "))));
    if (!survey.tenant_root.empty()) text += fmt::format(", of the table {}", printable(survey.tenant_root));
    text += "\n";
  }
  return text;
}

std::string what_is_next(const Survey& survey) {
  const Summary& summary = survey.report.summary;
  std::string text = fmt::format("\n`migcheck lint` says today: {}.\n", summary_line(survey.report));
  if (summary.errors + summary.warnings + summary.infos == 0) return text;
  return text +
         "What has run already is done. `migcheck baseline` accepts these findings, so that\n"
         "`migcheck lint` reports only what is new.\n";
}

}  // namespace

Result<int> init_command(const Arguments& arguments, const Console& console) {
  if (arguments.operands.size() > 1) return Error{"`migcheck init` takes one folder.", {}, {}};
  std::error_code failed;
  const fs::path folder = arguments.operands.empty() ? fs::path(".") : fs::path(arguments.operands[0]);
  if (!fs::is_directory(folder, failed)) return Error{"This is no folder.", folder.string(), {}};
  if (const auto there = find_configuration(folder.string())) {
    return Error{"There is a configuration already, and it stays as it is.", *there,
                 "`migcheck config` shows what is in force."};
  }
  const std::string root = fs::canonical(folder, failed).string();
  LintRequest request;
  request.input.root = root;
  request.input.paths = {root};
  const Talk talk(console, Loudness::Normal, false);
  const Result<Survey> found = survey(request, root, talk);
  if (!found) return found.error();
  if (found->histories.empty()) {
    return Error{"No migrations were found here.", folder.string(),
                 "Name the project's root: `migcheck init FOLDER`."};
  }
  const std::string path = (folder / kFileName).lexically_normal().string();
  if (auto done = write_new_file(path, first_configuration(*found)); !done) return done.error();
  console.out(
      fmt::format("Wrote {}.\n\n{}{}", printable(path), what_was_found(*found), what_is_next(*found)));
  return 0;
}

}  // namespace migcheck::cli
