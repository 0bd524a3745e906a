// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "input/layouts/parts.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

constexpr std::string_view kPlan = "sqitch.plan";
constexpr std::array<std::string_view, 3> kKinds = {"deploy", "revert", "verify"};

// A change of the plan. A reworked change keeps its old scripts under the name of a tag that stood between
// the two ("users@v1.0.sql"): the last one when it was reworked, which need not be the last one in the plan.
struct Change {
  std::string name;
  std::vector<std::string> endings;  // "@v1.0"; none: the scripts have the change's plain name
};

std::vector<Change> changes_of(std::string_view plan) {
  std::vector<Change> changes;
  std::map<std::string, std::size_t, std::less<>> latest;
  std::vector<std::pair<std::size_t, std::string>> tags;  // how many changes stand above it, and its name
  LineWalker lines(plan);
  Span line;
  while (lines.next(line)) {
    std::string_view content = trimmed(text_of(plan, line));
    if (content.empty() || content.front() == '#' || content.front() == '%') continue;
    if (content.front() == '+')
      content = trimmed(content.substr(1));  // "+ name": deployed, as without the sign
    const std::string word(content.substr(0, content.find_first_of(" \t")));
    if (word.front() == '@') {
      tags.emplace_back(changes.size(), word);
      continue;
    }
    if (const auto old = latest.find(word); old != latest.end()) {
      for (auto tag = tags.rbegin(); tag != tags.rend() && tag->first > old->second; ++tag) {
        changes[old->second].endings.push_back(tag->second);
      }
    }
    latest[word] = changes.size();
    changes.push_back({word, {}});
  }
  return changes;
}

// The change's script of this kind, taken out of those that are left.
std::string take_script(std::set<std::string, std::less<>>& left, std::string_view kind,
                        const Change& change) {
  std::vector<std::string> paths;
  for (const std::string& ending : change.endings) {
    paths.push_back(fmt::format("{}/{}{}.sql", kind, change.name, ending));
  }
  if (paths.empty()) paths.push_back(fmt::format("{}/{}.sql", kind, change.name));
  for (const std::string& path : paths) {
    if (left.erase(path) > 0) return path;
  }
  return {};
}

std::string detect(const Folder& folder) {
  return folder.has_file(kPlan) ? fmt::format("{} lists the changes", kPlan) : std::string();
}

// Deploy scripts in the order of the plan; behind each its way back and its verification, which are not
// deployed.
Arrangement arrange(const Folder& folder) {
  Arrangement arrangement;
  std::set<std::string, std::less<>> left;
  for (const std::string_view kind : kKinds) {
    if (!folder.has_folder(kind)) continue;
    for (const std::string& path : folder.folder(kind).sql_files_below()) left.insert(join_path(kind, path));
  }
  for (const Change& change : changes_of(folder.text(kPlan))) {
    for (const std::string_view kind : kKinds) {
      std::string path = take_script(left, kind, change);
      if (!path.empty()) {
        arrangement.files.push_back({std::move(path), Role::Target});
      } else if (kind == "deploy") {
        arrangement.unread.push_back(
            {fmt::format("deploy/{}.sql", change.name), 0,
             fmt::format("{} names this change, but its script is not there: sqitch stops here.", kPlan),
             true});
      }
    }
  }
  for (const std::string& path : left) {
    arrangement.unread.push_back(
        {path, 0, fmt::format("{} does not name it: sqitch never runs it.", kPlan), false});
  }
  return arrangement;
}

// psql runs the scripts: a transaction is where the script says BEGIN.
Parts parts(const MigrationText& file) {
  return one_part(file, Wrapping::None, file.path.starts_with("deploy/") ? Direction::Up : Direction::Down);
}

}  // namespace

const Layout layouts::sqitch{.name = "sqitch",
                             .tool = "sqitch",
                             .opt_out = "leave BEGIN and COMMIT out of the script",
                             .keeps_session = false,  // a psql of its own for each script
                             .detect = detect,
                             .arrange = arrange,
                             .parts = parts};

}  // namespace migcheck::input
