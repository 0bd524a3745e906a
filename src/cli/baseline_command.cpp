// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include "cli/baselines.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/showing.hpp"
#include "config/text_file.hpp"

namespace migcheck::cli {
namespace {

std::string counted(std::size_t count) {
  return count == 1 ? "1 finding" : fmt::format("{} findings", count);
}

// What was known before; a file that a person names for the first time is not there yet.
Result<Baseline> old_baseline(BaselineFile file) {
  file.named = false;
  return baseline_in(file);
}

}  // namespace

Result<int> baseline_command(const Arguments& arguments, const Console& console) {
  const Result<Asked> asked = asked_of(arguments, console);
  if (!asked) return asked.error();
  const Talk talk(console, Loudness::Normal, false);
  Result<LintReport> report = run_pipeline(asked->request, talk);
  if (!report) return report.error();
  const BaselineFile file = baseline_file(arguments, asked->configuration, report->root);
  const Result<Baseline> old = old_baseline(file);
  if (!old) return old.error();
  const BaselineScope scope = scope_of(asked->request.settings, report->root);
  const auto unused = apply_baseline(*old, *report, scope);
  const Baseline renewed =
      arguments.has(OptionId::Prune) ? without(*old, unused) : renewed_baseline(*old, *report, scope);
  const int code = say_unread(report->unread, talk);
  if (renewed == *old) {
    console.out(fmt::format("{} stays as it is: {} in {} files.\n", config::shown_path(file.path),
                            counted(old->size()), old->files.size()));
    return code;
  }
  if (auto done = write_file(file.path, baseline_text(renewed)); !done) return done.error();
  const std::size_t kept = old->size() - unused.size();
  console.out(fmt::format("{} accepts {} in {} files: {} new, {} taken out.\n", config::shown_path(file.path),
                          counted(renewed.size()), renewed.files.size(), renewed.size() - kept,
                          unused.size()));
  return code;
}

}  // namespace migcheck::cli
