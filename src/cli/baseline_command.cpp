// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include "cli/baselines.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/talk.hpp"
#include "cli/unread.hpp"
#include "config/text_file.hpp"
#include "migcheck/unicode.hpp"

namespace migcheck::cli {
namespace {

// "3 findings in 2 files"
std::string size_of(const Baseline& baseline) {
  const std::size_t count = baseline.size();
  return fmt::format("{} {} in {} {}", count, count == 1 ? "finding" : "findings", baseline.files.size(),
                     baseline.files.size() == 1 ? "file" : "files");
}

// How many entries of `these` the others lack.
std::size_t beyond(const Baseline& these, const Baseline& others) {
  std::size_t count = 0;
  for (const auto& [file, checks] : these.files) {
    const auto same_file = others.files.find(file);
    for (const auto& [check, prints] : checks) {
      const auto* known = same_file == others.files.end() ? nullptr : &same_file->second;
      const auto same_check = known == nullptr ? Baseline::Checks::const_iterator{} : known->find(check);
      const bool any = known != nullptr && same_check != known->end();
      for (const std::uint64_t print : prints) count += any && same_check->second.count(print) > 0 ? 0U : 1U;
    }
  }
  return count;
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
  const Loudness loudness = loudness_of(arguments);
  const Talk talk(console, loudness, false);
  Result<LintReport> report = run_pipeline(asked->request, talk);
  if (!report) return report.error();
  const BaselineFile file = baseline_file(arguments, asked->configuration, report->root);
  const Result<Baseline> old = old_baseline(file);
  if (!old) return old.error();
  const BaselineScope scope = scope_of(asked->request.settings, report->root);
  const auto unused = apply_baseline(*old, *report, scope);
  const Baseline renewed =
      arguments.has(OptionId::Prune) ? without(*old, unused) : renewed_baseline(*old, *report, scope);
  const int code = say_unread(report->unread, loudness, talk);
  const std::string shown = printable(config::shown_path(file.path));
  if (renewed == *old) {
    console.out(fmt::format("{} stays as it is: {}.\n", shown, size_of(*old)));
    return code;
  }
  if (auto done = write_file(file.path, baseline_text(renewed)); !done) return done.error();
  console.out(fmt::format("{} accepts {}: {} new, {} taken out.\n", shown, size_of(renewed),
                          beyond(renewed, *old), beyond(*old, renewed)));
  return code;
}

}  // namespace migcheck::cli
