// SPDX-License-Identifier: MIT
#pragma once

// A baseline: the findings that a project had when it began, so that only what is new is reported.
//
// An entry is a finding's fingerprint, which knows the check, the file's path and the statement's text but no
// line: edits elsewhere in the file leave it valid. A finding that an entry names stays in the report as
// Baselined. An entry that a run could have found and did not is unused.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "migcheck/lint_report.hpp"
#include "migcheck/settings.hpp"

namespace migcheck {

struct Baseline {
  using Fingerprints = std::set<std::uint64_t>;
  using Checks = std::map<std::string, Fingerprints, std::less<>>;
  std::map<std::string, Checks, std::less<>> files;  // by path, as findings name it

  [[nodiscard]] std::size_t size() const;
  friend bool operator==(const Baseline&, const Baseline&) = default;
};

// One entry, for messages.
struct BaselineEntry {
  std::string file;
  std::string check;
  std::uint64_t fingerprint = 0;
};

// What a run could judge: files that were checked and checks that are on. `is_gone` says of a path that was
// not part of the run whether the file exists no more.
struct BaselineScope {
  const Settings& settings;
  std::function<bool(const std::string& path)> is_gone;
};

// Marks the active findings that the baseline names, counts the report anew, and gives the unused entries. As
// long as a check has something new to say, its entries are not called unused: they may have moved there.
std::vector<BaselineEntry> apply_baseline(const Baseline& baseline, LintReport& report,
                                          const BaselineScope& scope);

// The baseline that accepts the report's active and baselined findings. What of the old one the run could not
// judge stays.
Baseline renewed_baseline(const Baseline& old, const LintReport& report, const BaselineScope& scope);

// The old one without its unused entries.
Baseline without(Baseline baseline, const std::vector<BaselineEntry>& unused);

}  // namespace migcheck
