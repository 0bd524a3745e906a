// SPDX-License-Identifier: MIT

#include <algorithm>
#include <set>
#include <string>

#include "file_versions.hpp"

namespace migcheck::checks {
namespace down_missing_check {

// Where the ways back are files of their own: 7_users.down.sql of 7_users.up.sql, users/down.sql; empty: the
// name is no way up's.
std::string way_back_of(std::string_view path) {
  const std::string_view name = file_versions::name_of(path);
  const std::size_t at = name == "up.sql" ? 0 : name.find(".up.");
  if (at == std::string_view::npos) return {};
  const std::size_t up = path.size() - name.size() + at + (name == "up.sql" ? 0 : 1);
  return std::string(path.substr(0, up)) + "down" + std::string(path.substr(up + 2));
}

void look_at_pairs(const CheckContext& context, FindingSink& out) {
  std::set<std::string_view> paths;
  for (const HistoryFile& file : context.files()) paths.insert(file.path);
  const auto is_paired = [&](const HistoryFile& file) { return paths.contains(way_back_of(file.path)); };
  if (std::none_of(context.files().begin(), context.files().end(), is_paired)) return;
  for (const HistoryFile& file : context.files()) {
    if (!file.target || way_back_of(file.path).empty() || is_paired(file)) continue;
    out.report(Place{file.file, {0, 0}})
        .message(
            "There is no {}, as other migrations of this project have one: after {} there is no way back by "
            "tool.",
            way_back_of(file.path), file.path)
        .advice("Write one that undoes it; if it cannot be undone, let it say so with an error.");
  }
}

// Asked only where the project writes ways back: one file with a down section says that it does.
void run(const CheckContext& context, FindingSink& out) {
  bool any = false;
  for (const HistoryFile& file : context.files()) any = any || file.has_down;
  if (!any) return look_at_pairs(context, out);
  for (const HistoryFile& file : context.files()) {
    if (file.has_down || !file.target) continue;
    out.report(Place{file.file, {0, 0}})
        .message(
            "{} has no down section, as other migrations of this project do: after it there is no way back "
            "by tool.",
            file.path)
        .advice(
            "Write one that undoes it; if it cannot be undone, let the down section say so with an error.");
  }
}

}  // namespace down_missing_check

extern constexpr Check down_missing{.since = "0.1.0",
                                    .summary = "A migration without a down section, where others have one.",
                                    .preset = Preset::OptIn,
                                    .on_history_end = down_missing_check::run};

}  // namespace migcheck::checks
