// SPDX-License-Identifier: MIT

#include <map>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace version_duplicate_check {

// "0012" of "0012_users.sql", "1.2" of "V1.2__users.sql"; empty: the name carries none.
std::string_view version_of(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  if (name.find(".down.") != std::string_view::npos || name.find("_down.") != std::string_view::npos)
    return {};
  if (name.size() > 1 && name[0] == 'V') name.remove_prefix(1);
  std::size_t end = 0;
  while (end < name.size() && ((name[end] >= '0' && name[end] <= '9') || (end > 0 && name[end] == '.')))
    ++end;
  while (end > 0 && name[end - 1] == '.') --end;
  name = name.substr(0, end);
  while (name.size() > 1 && name[0] == '0' && name[1] != '.') name.remove_prefix(1);
  return name;
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

// Tools know a migration by its version: of two with the same one, the second is refused, or silently never
// runs.
void run(const CheckContext& context, FindingSink& out) {
  std::map<std::pair<std::string_view, std::string_view>, const HistoryFile*> first;
  for (const HistoryFile& file : context.files()) {
    const std::string_view version = version_of(file.path);
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
