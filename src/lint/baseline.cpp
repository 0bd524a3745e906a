// SPDX-License-Identifier: MIT

#include "migcheck/baseline.hpp"

#include <algorithm>

#include "lint/count.hpp"
#include "migcheck/registry.hpp"

namespace migcheck {
namespace {

// What a baseline of this run holds: what no comment accepts already.
Baseline accepted_by(const LintReport& report) {
  Baseline found;
  for (const Finding& finding : report.findings) {
    if (finding.place.file >= report.files.size()) continue;
    if (finding.disposition == Disposition::Suppressed) continue;
    found.files[report.files[finding.place.file].path][std::string(finding.check)].insert(
        finding.fingerprint);
  }
  return found;
}

bool holds(const Baseline& baseline, std::string_view file, std::string_view check,
           std::uint64_t fingerprint) {
  const auto checks = baseline.files.find(file);
  if (checks == baseline.files.end()) return false;
  const auto fingerprints = checks->second.find(check);
  return fingerprints != checks->second.end() && fingerprints->second.count(fingerprint) > 0;
}

// Could the run have found it?
class Judge {
 public:
  Judge(const LintReport& report, const BaselineScope& scope) : scope_(scope) {
    for (const ReportFile& file : report.files) {
      if (file.checked) {
        checked_.insert(file.path);
      } else {
        replayed_.insert(file.path);
      }
    }
  }

  [[nodiscard]] bool covers(const std::string& file, const std::string& check) const {
    const RegisteredCheck* registered = find_check(check);
    if (registered == nullptr) return true;  // the check is gone: nothing will ever find it again
    if (checked_.count(file) > 0) return is_enabled(*registered, scope_.settings);
    return replayed_.count(file) == 0 && scope_.is_gone(file);
  }

 private:
  const BaselineScope& scope_;
  std::set<std::string> checked_;
  std::set<std::string> replayed_;
};

// Checks that have something new to say. What is said once for a whole history stands on its last file, so an
// entry of theirs may have moved with a new file instead of being mended.
std::set<std::string_view> active_checks(const LintReport& report) {
  std::set<std::string_view> checks;
  for (const Finding& finding : report.findings) {
    if (finding.disposition == Disposition::Active) checks.insert(finding.check);
  }
  return checks;
}

template <typename Visit>
void for_each_entry(const Baseline& baseline, Visit visit) {
  for (const auto& [file, checks] : baseline.files) {
    for (const auto& [check, fingerprints] : checks) {
      for (const std::uint64_t fingerprint : fingerprints) visit(file, check, fingerprint);
    }
  }
}

}  // namespace

std::size_t Baseline::size() const {
  std::size_t count = 0;
  for_each_entry(*this, [&](const auto&, const auto&, const auto&) { ++count; });
  return count;
}

std::vector<BaselineEntry> apply_baseline(const Baseline& baseline, LintReport& report,
                                          const BaselineScope& scope) {
  for (Finding& finding : report.findings) {
    if (finding.disposition != Disposition::Active || finding.place.file >= report.files.size()) continue;
    const std::string& path = report.files[finding.place.file].path;
    if (holds(baseline, path, finding.check, finding.fingerprint))
      finding.disposition = Disposition::Baselined;
  }
  count_findings(report);
  const Baseline found = accepted_by(report);
  const Judge judge(report, scope);
  const auto active = active_checks(report);
  std::vector<BaselineEntry> unused;
  for_each_entry(baseline, [&](const std::string& file, const std::string& check, std::uint64_t print) {
    const bool gone = !holds(found, file, check, print) && judge.covers(file, check);
    if (gone && active.count(check) == 0) unused.push_back({file, check, print});
  });
  return unused;
}

Baseline renewed_baseline(const Baseline& old, const LintReport& report, const BaselineScope& scope) {
  Baseline renewed = accepted_by(report);
  const Judge judge(report, scope);
  for_each_entry(old, [&](const std::string& file, const std::string& check, std::uint64_t print) {
    if (!judge.covers(file, check)) renewed.files[file][check].insert(print);
  });
  return renewed;
}

Baseline without(Baseline baseline, const std::vector<BaselineEntry>& unused) {
  for (const BaselineEntry& entry : unused) {
    auto& checks = baseline.files[entry.file];
    auto& fingerprints = checks[entry.check];
    fingerprints.erase(entry.fingerprint);
    if (fingerprints.empty()) checks.erase(entry.check);
    if (checks.empty()) baseline.files.erase(entry.file);
  }
  return baseline;
}

}  // namespace migcheck
