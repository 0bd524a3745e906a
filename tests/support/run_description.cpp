// SPDX-License-Identifier: MIT

#include "support/run_description.hpp"

#include <fmt/format.h>

#include "cli/pipeline.hpp"

namespace migcheck::testing {
namespace {

std::string_view word_of(Severity severity) {
  if (severity == Severity::Error) return "error";
  return severity == Severity::Warning ? "warning" : "info";
}

bool is_about_transactions(std::string_view check) {
  return check == "concurrently-in-transaction" || check == "not-in-transaction" ||
         check == "nested-transaction";
}

}  // namespace

Result<LintReport> lint(const InputRequest& input, const Settings& settings) {
  cli::LintRequest request;
  request.settings = settings;
  request.input = input;
  Console console;
  console.out = [](std::string_view) { return true; };
  console.err = [](std::string_view) {};
  return cli::run_pipeline(request, cli::Talk(console, cli::Loudness::Quiet, false));
}

Accounts accounts_of(const LintReport& report) {
  Accounts accounts;
  for (const ReportFile& file : report.files) {
    (file.checked ? accounts.linted : accounts.replayed).insert(file.path);
  }
  for (const Unread& one : report.unread) {
    const bool read = accounts.linted.count(one.path) + accounts.replayed.count(one.path) > 0;
    if (one.line == 0 && !read) accounts.unread.insert(one.path);
  }
  return accounts;
}

std::string describe(const LintReport& report) {
  std::string text;
  for (const Finding& finding : report.findings) {
    const ReportFile& file = report.files[finding.place.file];
    const Position at = file.excerpt.position(finding.place.span.begin);
    text += fmt::format("finding {}:{}:{} {} {}\n", file.path, at.line, at.column, word_of(finding.severity),
                        finding.check);
    if (is_about_transactions(finding.check)) text += fmt::format("  {}\n", finding.advice);
  }
  const Summary& summary = report.summary;
  text += fmt::format("files {} linted, {} replayed, {} unread\n", summary.files, summary.history_files,
                      summary.unread_files);
  return text;
}

}  // namespace migcheck::testing
