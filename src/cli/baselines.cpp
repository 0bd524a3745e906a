// SPDX-License-Identifier: MIT

#include "cli/baselines.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace migcheck::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUsualFile = ".migcheck-baseline.yaml";

}  // namespace

BaselineFile baseline_file(const Arguments& arguments, const Configuration& configuration,
                           const std::string& root) {
  if (const auto file = arguments.value(OptionId::BaselineFile)) return {*file, true};
  if (!configuration.baseline.empty()) {
    return {(fs::path(configuration.root) / configuration.baseline).string(), true};
  }
  return {(fs::path(root) / kUsualFile).string(), false};
}

Result<Baseline> baseline_in(const BaselineFile& file) {
  std::error_code failed;
  if (!file.named && !fs::exists(file.path, failed)) return Baseline{};
  Result<Baseline> baseline = read_baseline(file.path);
  if (baseline || fs::exists(file.path, failed)) return baseline;
  Error error = baseline.error();
  error.hint = "`migcheck baseline` writes it; --no-baseline does without.";
  return error;
}

BaselineScope scope_of(const Settings& settings, const std::string& root) {
  return {settings, [root](const std::string& path) {
            std::error_code failed;
            return !fs::exists(fs::path(root) / path, failed) && !failed;
          }};
}

Result<std::vector<BaselineEntry>> use_baseline(const Arguments& arguments, const Asked& asked,
                                                LintReport& report) {
  if (arguments.has(OptionId::NoBaseline)) return std::vector<BaselineEntry>{};
  const BaselineFile file = baseline_file(arguments, asked.configuration, report.root);
  const Result<Baseline> baseline = baseline_in(file);
  if (!baseline) return baseline.error();
  if (baseline->files.empty()) return std::vector<BaselineEntry>{};
  return apply_baseline(*baseline, report, scope_of(asked.request.settings, report.root));
}

void say_unused(const std::vector<BaselineEntry>& unused, const Talk& talk) {
  for (const BaselineEntry& entry : unused) {
    talk.detail(fmt::format("{}: {} of the baseline is found no more", entry.file, entry.check));
  }
  if (unused.empty()) return;
  const bool one = unused.size() == 1;
  talk.warning(fmt::format("{} of the baseline {} found no more: `migcheck baseline --prune` takes {} out.",
                           one ? "1 entry" : fmt::format("{} entries", unused.size()), one ? "is" : "are",
                           one ? "it" : "them"));
}

}  // namespace migcheck::cli
