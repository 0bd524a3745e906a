// SPDX-License-Identifier: MIT

#include <algorithm>
#include <array>
#include <map>

#include "file_versions.hpp"

namespace migcheck::checks {
namespace version_duplicate_check {

using file_versions::folder_of;
using file_versions::version_of;

// Sqitch goes by its plan, Liquibase by its change sets, the others by the whole name.
bool goes_by_version(std::string_view tool) {
  constexpr std::array<std::string_view, 6> kOthers = {"sqitch", "Liquibase",   "Prisma",
                                                       "yoyo",   "sql-migrate", "node-pg-migrate"};
  return std::find(kOthers.begin(), kOthers.end(), tool) == kOthers.end();
}

// Tools know a migration by its version: of two with the same one, the second is refused, or silently never
// runs.
void run(const CheckContext& context, FindingSink& out) {
  if (!goes_by_version(context.transaction_model().tool)) return;
  std::map<std::pair<std::string_view, std::string>, const HistoryFile*> first;
  for (const HistoryFile& file : context.files()) {
    const std::string version = version_of(file.path);
    if (version.empty()) continue;
    const auto [found, inserted] = first.try_emplace({folder_of(file.path), version}, &file);
    if (inserted) continue;
    const HistoryFile& other = *found->second;
    if (!file.target && !other.target) continue;
    const HistoryFile& place = file.target ? file : other;
    const HistoryFile& twin = file.target ? other : file;
    out.report(Place{place.file, {0, 0}})
        .message(
            "{} has the version {}, and so has {}: a tool that goes by versions refuses both, or never runs "
            "the second.",
            place.path, version, twin.path)
        .advice("Give the one that is not deployed yet a new version, after all others.");
  }
}

}  // namespace version_duplicate_check

extern constexpr Check version_duplicate{.since = "0.1.0",
                                         .summary = "Two migrations with the same version.",
                                         .severity = Severity::Error,
                                         .on_history_end = version_duplicate_check::run};

}  // namespace migcheck::checks
