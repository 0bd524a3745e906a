// SPDX-License-Identifier: MIT

#include <map>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace version_duplicate_check {

// "12" of "0012_users.sql", "1.2" of "V1_2__users.sql"; empty: the name carries none.
std::string version_of(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  if (name.find(".down.") != std::string_view::npos || name.find("_down.") != std::string_view::npos)
    return {};
  const bool flyway = name.size() > 1 && name[0] == 'V' && name.find("__") != std::string_view::npos;
  if (flyway) name = name.substr(1, name.find("__") - 1);
  std::string version;
  for (const char c : name) {
    const bool digit = c >= '0' && c <= '9';
    const bool point = c == '.' || (flyway && c == '_');
    if (!digit && !(point && !version.empty())) break;
    const bool at_start = version.empty() || version.back() == '.' || version == "0";
    if (digit && version == "0") version.clear();
    if (digit && c == '0' && at_start && !version.empty() && version.back() != '.') continue;
    version += point ? '.' : c;
  }
  while (!version.empty() && version.back() == '.') version.pop_back();
  return version;
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

// Tools know a migration by its version: of two with the same one, the second is refused, or silently never
// runs.
void run(const CheckContext& context, FindingSink& out) {
  // Sqitch goes by its plan, not by the files' names.
  if (context.transaction_model().tool == "sqitch" || context.transaction_model().tool == "Sqitch") return;
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
