// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "input/layouts/parts.hpp"
#include "input/scripts.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kConfiguration = "sqitch.conf";
constexpr std::array<std::string_view, 3> kKinds = {"deploy", "revert", "verify"};

// Where sqitch.conf says that things lie, relative to the folder of the plan.
struct Places {
  std::string plan = "sqitch.plan";
  std::map<std::string_view, std::string> folders = {
      {"deploy", "deploy"}, {"revert", "revert"}, {"verify", "verify"}};
  std::string ending = "sql";
};

// `key = value` of the sections [core] and [engine "pg"]: the engine's own win.
std::map<std::string, std::string, std::less<>> settings_of(std::string_view configuration) {
  std::map<std::string, std::string, std::less<>> core;
  std::map<std::string, std::string, std::less<>> engine;
  auto* section = &core;
  LineWalker lines(configuration);
  Span line;
  while (lines.next(line)) {
    const std::string_view content = trimmed(text_of(configuration, line));
    if (content.empty() || content.front() == '#' || content.front() == ';') continue;
    if (content.front() == '[') {
      section = content.starts_with("[core]")            ? &core
                : content.starts_with("[engine \"pg\"]") ? &engine
                                                         : nullptr;
      continue;
    }
    const std::size_t equals = content.find('=');
    if (section == nullptr || equals == std::string_view::npos) continue;
    (*section)[std::string(trimmed(content.substr(0, equals)))] = trimmed(content.substr(equals + 1));
  }
  engine.merge(core);
  return engine;
}

Places places_of(const NearestFile& configuration, const fs::path& here) {
  Places places;
  if (configuration.text.empty()) return places;
  const auto settings = settings_of(configuration.text);
  const auto said = [&](std::string_view key, const std::string& otherwise) {
    const auto found = settings.find(key);
    return found == settings.end() ? otherwise : found->second;
  };
  const fs::path home = here / configuration.folder();
  const fs::path top = said("top_dir", ".");
  const auto from_here = [&](const fs::path& path) {
    std::string way = (home / path).lexically_normal().lexically_relative(here).generic_string();
    while (way.size() > 1 && way.ends_with('/')) way.pop_back();
    return way;
  };
  places.plan = from_here(said("plan_file", (top / "sqitch.plan").generic_string()));
  for (const std::string_view kind : kKinds) {
    const std::string key = fmt::format("{}_dir", kind);
    places.folders[kind] = from_here(said(key, (top / std::string(kind)).generic_string()));
  }
  places.ending = said("extension", places.ending);
  return places;
}

// From the plan's folder a plan in `../` is that of a project above.
bool is_here(std::string_view plan) {
  return plan.find('/') == std::string_view::npos;
}

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

using Paths = std::set<std::string, std::less<>>;

// The change's script in this folder, taken out of those that are left.
std::string take_script(Paths& left, std::string_view folder, const Change& change, std::string_view ending) {
  std::vector<std::string> paths;
  for (const std::string& tag : change.endings) {
    paths.push_back(join_path(folder, fmt::format("{}{}.{}", change.name, tag, ending)));
  }
  if (paths.empty()) paths.push_back(join_path(folder, fmt::format("{}.{}", change.name, ending)));
  for (const std::string& path : paths) {
    if (left.erase(path) > 0) return path;
  }
  return {};
}

std::string detect(const Folder& folder) {
  const NearestFile configuration = folder.nearest(kConfiguration);
  if (!configuration.text.empty()) {
    const Places places = places_of(configuration, folder.location());
    if (is_here(places.plan) && folder.has_file(places.plan))
      return fmt::format("{} lists the changes", places.plan);
    // Where its own configuration says that the plan lies elsewhere, this one is left over.
    if (folder.has_file(kConfiguration)) return {};
  }
  return folder.has_file("sqitch.plan") ? "sqitch.plan lists the changes" : std::string();
}

// A plan beside which no configuration of its own stands has its scripts beside it too.
Places places_in(const Folder& folder, const NearestFile& configuration) {
  Places places = places_of(configuration, folder.location());
  return is_here(places.plan) && folder.has_file(places.plan) ? places : Places();
}

// Git keeps no empty folder: a project without a single verification has no verify/.
bool is_there(Folder folder, std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (part == "..") {
      folder = folder.parent();
    } else if (!part.empty() && part != ".") {
      if (!folder.has_folder(part)) return false;
      folder = folder.folder(part);
    }
  }
  return true;
}

void add_script(const Folder& folder, std::string path, bool deploy, Arrangement& arrangement) {
  if (!deploy) {
    arrangement.files.push_back({std::move(path), Role::Target});
    return;
  }
  // Each script is a run of psql of its own, with what it includes.
  Arrangement run = order_by_includes(folder, {std::move(path)});
  std::move(run.files.begin(), run.files.end(), std::back_inserter(arrangement.files));
  std::move(run.unread.begin(), run.unread.end(), std::back_inserter(arrangement.unread));
}

// Deploy scripts in the order of the plan; behind each its way back and its verification, which are not
// deployed.
Arrangement arrange(const Folder& folder) {
  const Places places = places_in(folder, folder.nearest(kConfiguration));
  Arrangement arrangement;
  Paths left;
  for (const auto& [kind, scripts] : places.folders) {
    if (!is_there(folder, scripts)) continue;
    for (const std::string& path : folder.folder(scripts).sql_files_below())
      left.insert(join_path(scripts, path));
  }
  for (const Change& change : changes_of(folder.text(places.plan))) {
    for (const std::string_view kind : kKinds) {
      const std::string& scripts = places.folders.at(kind);
      std::string path = take_script(left, scripts, change, places.ending);
      if (!path.empty()) {
        add_script(folder, std::move(path), kind == "deploy", arrangement);
      } else if (kind == "deploy") {
        arrangement.unread.push_back(
            {join_path(scripts, fmt::format("{}.{}", change.name, places.ending)), 0,
             fmt::format("{} names this change, but its script is not there: sqitch stops here.",
                         places.plan),
             true});
      }
    }
  }
  for (const auto& file : arrangement.files) left.erase(file.path);  // what a script includes
  for (const std::string& path : left) {
    arrangement.unread.push_back(
        {path, 0, fmt::format("{} does not name it: sqitch never runs it.", places.plan), false});
  }
  return arrangement;
}

// psql runs the scripts: a transaction is where the script says BEGIN. What a deploy script includes may lie
// anywhere.
Parts parts(const MigrationText& file) {
  const Places places = places_of(file.nearest(kConfiguration), file.history);
  const auto lies_in = [&](std::string_view folder) {
    return file.path.size() > folder.size() && file.path.starts_with(folder) &&
           file.path[folder.size()] == '/';
  };
  const bool back = lies_in(places.folders.at("revert")) || lies_in(places.folders.at("verify")) ||
                    file.path.starts_with("revert/") || file.path.starts_with("verify/");
  return one_part(file, Wrapping::None, back ? Direction::Down : Direction::Up);
}

}  // namespace

const Layout layouts::sqitch{.name = "sqitch",
                             .tool = "sqitch",
                             .opt_out = "leave BEGIN and COMMIT out of the script",
                             .keeps_session = false,  // a psql of its own for each script
                             .runs_psql = true,
                             .wrapping = Wrapping::None,
                             .detect = detect,
                             .arrange = arrange,
                             .parts = parts};

}  // namespace migcheck::input
