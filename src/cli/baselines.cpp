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

Result<Done> use_baseline(const Arguments& arguments, const Asked& asked, LintReport& report,
                          const Talk& talk) {
  if (arguments.has(OptionId::NoBaseline)) return Done{};
  const BaselineFile file = baseline_file(arguments, asked.configuration, report.root);
  const Result<Baseline> baseline = baseline_in(file);
  if (!baseline) return baseline.error();
  if (baseline->files.empty()) return Done{};
  const auto unused = apply_baseline(*baseline, report, scope_of(asked.request.settings, report.root));
  for (const BaselineEntry& entry : unused) {
    talk.detail(fmt::format("{}: {} of the baseline is found no more", entry.file, entry.check));
  }
  if (!unused.empty()) {
    talk.warning(fmt::format("{} of the baseline {} found no more: `migcheck baseline --prune` takes {} out.",
                             unused.size() == 1 ? "1 entry" : fmt::format("{} entries", unused.size()),
                             unused.size() == 1 ? "is" : "are", unused.size() == 1 ? "it" : "them"));
  }
  return Done{};
}

}  // namespace migcheck::cli
