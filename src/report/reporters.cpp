// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>

#include "report/formats.hpp"

namespace migcheck {
namespace {

std::string counted(std::uint32_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

void append_part(std::string& list, const std::string& part) {
  if (!list.empty()) list += ", ";
  list += part;
}

}  // namespace

const std::vector<Reporter>& all_reporters() {
  static const std::vector<Reporter> reporters = {
      {"text", "for people: the SQL, the clause, what happens, what to write instead", true,
       &report::render_text},
      {"compact", "one line per finding, as compilers print them", true, &report::render_compact},
      {"json", "everything, for other programs", false, &report::render_json},
      {"sarif", "SARIF 2.1.0, for code scanning", false, &report::render_sarif},
      {"github", "annotations in GitHub Actions", false, &report::render_github},
      {"gitlab", "GitLab's Code Quality report", false, &report::render_gitlab},
      {"junit", "JUnit's XML", false, &report::render_junit},
      {"checkstyle", "Checkstyle's XML", false, &report::render_checkstyle},
      {"markdown", "a table and details, for comments and summaries", false, &report::render_markdown},
  };
  return reporters;
}

const Reporter* find_reporter(std::string_view name) {
  const auto& reporters = all_reporters();
  const auto found = std::find_if(reporters.begin(), reporters.end(),
                                  [&](const Reporter& reporter) { return reporter.name == name; });
  return found == reporters.end() ? nullptr : &*found;
}

std::string summary_line(const LintReport& report) {
  const Summary& summary = report.summary;
  std::string found;
  if (summary.errors > 0) append_part(found, counted(summary.errors, "error", "errors"));
  if (summary.warnings > 0) append_part(found, counted(summary.warnings, "warning", "warnings"));
  if (summary.infos > 0) append_part(found, counted(summary.infos, "info", "infos"));
  std::string aside;
  if (summary.history_files > 0) append_part(aside, fmt::format("{} more replayed", summary.history_files));
  if (summary.suppressed > 0) append_part(aside, fmt::format("{} suppressed", summary.suppressed));
  if (summary.baselined > 0) append_part(aside, fmt::format("{} in baseline", summary.baselined));
  if (summary.unread_files > 0) {
    append_part(aside, counted(summary.unread_files, "file not read", "files not read"));
  }
  if (const std::uint32_t parts = summary.unread - summary.unread_files; parts > 0) {
    append_part(aside, counted(parts, "place not read", "places not read"));
  }

  const std::string files = counted(summary.files, "file", "files");
  std::string line = found.empty() ? "No findings in " + files
                                   : fmt::format("{} in {} of {}", found, summary.files_with_findings, files);
  if (!aside.empty()) line += " (" + aside + ")";
  return line;
}

}  // namespace migcheck
