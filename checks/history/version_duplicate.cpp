// SPDX-License-Identifier: MIT

#include <algorithm>
#include <array>
#include <map>

#include "file_versions.hpp"

namespace migcheck::checks {
namespace version_duplicate_check {

using file_versions::folder_of;
using file_versions::is_version_folder;
using file_versions::name_of;
using file_versions::parent_of;
using file_versions::version_of;

// Sqitch goes by its plan, Liquibase by its change sets, the others by the whole name.
bool goes_by_version(std::string_view tool) {
  constexpr std::array<std::string_view, 6> kOthers = {"sqitch", "Liquibase",   "Prisma",
                                                       "yoyo",   "sql-migrate", "node-pg-migrate"};
  return std::find(kOthers.begin(), kOthers.end(), tool) == kOthers.end();
}

struct Pair {
  const HistoryFile* file;
  const HistoryFile* twin;  // that was there first
  std::string version;
};

std::vector<Pair> pairs_of(const CheckContext& context) {
  std::vector<Pair> pairs;
  std::map<std::pair<std::string_view, std::string>, const HistoryFile*> first;
  for (const HistoryFile& file : context.files()) {
    const std::string version = version_of(file.path);
    if (version.empty() || !file.has_up || is_version_folder(name_of(parent_of(file.path)))) continue;
    // 1.1_to_1.2.sql: where it begins is no version of its own.
    if (name_of(file.path).find("_to_") != std::string_view::npos && version.find('.') != std::string::npos)
      continue;
    const auto [found, inserted] = first.try_emplace({folder_of(file.path), version}, &file);
    if (!inserted) pairs.push_back({&file, found->second, version});
  }
  return pairs;
}

bool is_deployed(const Pair& pair) {
  return !pair.file->target && !pair.twin->target;
}

FindingBuilder report(FindingSink& out, const Pair& pair, std::string_view consequence) {
  const HistoryFile& place = pair.file->target ? *pair.file : *pair.twin;
  const HistoryFile& twin = pair.file->target ? *pair.twin : *pair.file;
  return out.report(Place{place.file, {0, 0}})
      .message("{} has the version {}, and so has {}{}", place.path, pair.version, twin.path, consequence)
      .advice("Give the one that is not deployed yet a new version, after all others.");
}

// Recognised by nothing but `.up.sql`, as other runners have it too. The tool itself refuses the first pair
// that it meets: a history with several is another one's.
bool is_known_by_names(std::string_view tool) {
  return tool == "golang-migrate";
}
constexpr std::size_t kHabit = 3;

// Tools know a migration by its version: of two with the same one, the second is refused, or silently never
// runs. A runner that nobody recognises may go by whole names: what the history did before answers for it,
// and of a whole history it is asked once.
void run(const CheckContext& context, FindingSink& out) {
  const std::string_view tool = context.transaction_model().tool;
  if (!goes_by_version(tool)) return;
  const std::vector<Pair> pairs = pairs_of(context);
  if (tool == "plain" || (is_known_by_names(tool) && pairs.size() >= kHabit)) {
    if (pairs.empty() || std::any_of(pairs.begin(), pairs.end(), is_deployed)) return;
    report(
        out, pairs.front(),
        fmt::format("{}: a tool that goes by versions refuses both, or never runs the second; one that goes "
                    "by whole names runs both, in an order that nobody chose.",
                    pairs.size() == 1 ? std::string()
                                      : fmt::format(", and {} more migrations share one", pairs.size() - 1)))
        .severity(Severity::Warning);
    return;
  }
  for (const Pair& pair : pairs) {
    if (!is_deployed(pair))
      report(out, pair, ": a tool that goes by versions refuses both, or never runs the second.");
  }
}

}  // namespace version_duplicate_check

extern constexpr Check version_duplicate{.since = "0.1.0",
                                         .summary = "Two migrations with the same version.",
                                         .severity = Severity::Error,
                                         .on_history_end = version_duplicate_check::run};

}  // namespace migcheck::checks
