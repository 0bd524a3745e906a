// SPDX-License-Identifier: MIT

#include "cli/survey.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/configured.hpp"
#include "config/yaml_text.hpp"
#include "migcheck/tenancy.hpp"
#include "migcheck/unicode.hpp"
#include "migcheck/version.hpp"

namespace migcheck::cli {
namespace {

// The tenants of the first history that has any.
void find_tenants(const LintRequest& request, const std::string& root, Survey& into, const Talk& talk) {
  for (const History& history : into.histories) {
    LintRequest one = request;
    one.input.root = root;
    one.input.paths = {history.path == "." ? root : root + "/" + history.path};
    if (into.server) one.settings.pg_version = into.server->major;
    const auto replayed = run_replay(one, talk, [&](const catalog::Catalog& catalog, const PlaceText&) {
      const TenantMap map = tenant_map(catalog, one.settings.tenancy);
      if (!map.on()) return std::string();
      into.tenant_columns = map.columns;
      into.tenant_root = map.root_name;
      return map.root_name;
    });
    if (replayed && !into.tenant_columns.empty()) return;
  }
}

std::string migrations_block(const Survey& survey) {
  std::string text = "\n";
  for (const History& history : survey.histories) {
    const std::string& why = history.why.empty() ? history.layout : history.why;
    text += fmt::format("# {}: {}\n", printable(history.path), printable(why));
  }
  std::string list;
  std::vector<std::string> paths;
  for (const History& history : survey.histories) {
    const bool aside = is_aside(survey, history);
    list += fmt::format("{}  - {}\n", aside ? "#" : "", config::yaml_text(history.path));
    if (!aside) paths.push_back(history.path);
  }
  if (survey.histories.size() == 1)
    return text + fmt::format("migrations: {}\n", config::yaml_text(paths[0]));
  return text + "migrations:\n" + list;
}

std::string server_block(const Survey& survey) {
  if (!survey.server) {
    return fmt::format(
        "\n# The oldest PostgreSQL that will run these files; {} is the default.\n# postgres: {}\n",
        kDefaultPgVersion, kDefaultPgVersion);
  }
  return fmt::format("\n# The oldest PostgreSQL that will run these files; {} names it.\npostgres: {}\n",
                     printable(survey.server->where), survey.server->major);
}

std::string tenancy_block(const Survey& survey) {
  if (survey.tenant_columns.empty()) return "";
  std::string text =
      "\n# The column that tells the tenants apart; `migcheck tenancy` shows what follows from "
      "it.\ntenancy:\n";
  if (survey.tenant_columns.size() == 1) {
    text += fmt::format("  column: {}\n", config::yaml_text(survey.tenant_columns[0]));
  } else {
    text += "  column:\n";
    for (const std::string& column : survey.tenant_columns)
      text += fmt::format("    - {}\n", config::yaml_text(column));
  }
  if (!survey.tenant_root.empty()) text += fmt::format("  root: {}\n", config::yaml_text(survey.tenant_root));
  return text;
}

}  // namespace

// out.
bool is_aside(const Survey& survey, const History& history) {
  const bool any_tool = std::any_of(survey.histories.begin(), survey.histories.end(),
                                    [](const History& other) { return other.layout != "plain"; });
  return any_tool && history.layout == "plain";
}

Result<Survey> survey(const LintRequest& request, const std::string& root, const Talk& talk) {
  const Result<InputSet> set = discover(request.input);
  if (!set) return set.error();
  Survey found;
  const auto has_migrations = [&](std::size_t history) {
    return std::any_of(set->files.begin(), set->files.end(), [&](const FileEntry& file) {
      return file.history == history && file.role != Role::Query && file.role != Role::OtherQuery;
    });
  };
  for (std::size_t n = 0; n < set->histories.size(); ++n) {
    if (has_migrations(n)) found.histories.push_back(set->histories[n]);
  }
  found.server = oldest_server(root);
  find_tenants(request, root, found, talk);
  // What lint will say is found under the configuration that is written.
  const auto written = parse_configuration(first_configuration(found), "migcheck.yaml", layout_names());
  if (!written) return written.error();
  LintRequest run;
  run.settings = written->settings;
  run.input = input_of(*written);
  run.input.root = root;
  Result<LintReport> report = run_pipeline(run, talk);
  if (!report) return report.error();
  found.report = std::move(*report);
  return found;
}

std::string first_configuration(const Survey& survey) {
  std::string text =
      fmt::format("# yaml-language-server: $schema={}/raw/v{}/migcheck.schema.json\n", kUrl, kVersion);
  text += "version: 1\n";
  text += migrations_block(survey) + server_block(survey) + tenancy_block(survey);
  text +=
      "\n# The severity from which the exit code is 1: info, warning, error or never.\n"
      "fail_on: error\n"
      "\n# Checks and categories by name: off, on, info, warning or error. `migcheck checks` lists them.\n"
      "# checks:\n"
      "#   table-dropped: warning\n";
  return text;
}

}  // namespace migcheck::cli
