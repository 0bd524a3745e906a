// SPDX-License-Identifier: MIT

#include "input/histories.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "input/code_migrations.hpp"
#include "input/file_kinds.hpp"
#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"
#include "input/scripts.hpp"

namespace migcheck::input {
namespace fs = std::filesystem;
namespace {

// A migration of any tool lies at most this far below its history's folder (Flyway's and sqitch's
// sub-folders).
constexpr int kFarthestAbove = 4;
constexpr std::string_view kAsSaid = "as --layout or the configuration says";

// Scripts of one history: those of a folder, or those of the versions that lie in it (3.0/, 3.1/,
// v0.10-users/).
struct ScriptGroup {
  std::string folder;
  bool of_versions = false;
  bool operator<(const ScriptGroup& other) const {
    return std::tie(folder, of_versions) < std::tie(other.folder, other.of_versions);
  }
};

// v0.10, 3.2, V2.0-users, 10-index, 2024: where folders are numbered, the numbers say in which order they
// run.
bool names_version(std::string_view folder) {
  if (folder.starts_with('v') || folder.starts_with('V')) folder.remove_prefix(1);
  if (leading_digits(folder).empty()) return false;
  const std::size_t end = folder.find_first_not_of("0123456789.");
  return end == std::string_view::npos || folder[end] == '-' || folder[end] == '_';
}

// The version that a folder is, or lies in; empty if there is none.
std::string_view version_around(std::string_view folder, std::string_view top) {
  for (std::string_view at = folder; at.size() > top.size(); at = folder_of(at)) {
    if (names_version(name_of(at))) return at;
  }
  return {};
}

bool lies_in_migrations(std::string_view folder, std::string_view top) {
  while (folder.size() > top.size() && !is_usual_folder(folder)) folder = folder_of(folder);
  return folder.size() > top.size();
}

std::string location_in(const std::string& folder, const std::string& path) {
  // Nearly all are plain names below the folder: nothing to make normal.
  const bool plain = !path.starts_with('/') && !path.starts_with('.') &&
                     path.find("/.") == std::string::npos && path.find("//") == std::string::npos;
  if (plain && !path.empty()) return join_path(folder, path);
  return (fs::path(folder) / path).lexically_normal().generic_string();
}

}  // namespace

bool is_usual_folder(std::string_view folder) {
  const std::string name = lowered(name_of(folder));
  return name == "migrations" || name == "migration" || name == "migrate";
}

const Said::Rule* Said::rule_for(std::string_view location) const {
  const Rule* nearest = nullptr;
  for (const Rule& rule : rules) {
    if (!lies_below(location, rule.location)) continue;
    if (nearest == nullptr || rule.location.size() > nearest->location.size()) nearest = &rule;
  }
  return nearest;
}

const Layout* Said::layout_for(std::string_view location) const {
  const Rule* rule = rule_for(location);
  return rule == nullptr ? everywhere : rule->layout;
}

bool HistoryFinder::is_query_folder(std::string_view location) const {
  return std::any_of(queries_.begin(), queries_.end(),
                     [&](const std::string& folder) { return lies_below(location, folder); });
}

Wraps HistoryFinder::wraps_for(std::string_view location) const {
  const Said::Rule* rule = said_.rule_for(location);
  return rule == nullptr ? Wraps::AsTheToolDoes : rule->wraps;
}

bool HistoryFinder::is_seeds_path(std::string_view location) const {
  return std::any_of(seeds_.begin(), seeds_.end(),
                     [&](const std::string& path) { return lies_below(location, path); });
}

// With `wanted`, only a history that runs a file there is taken.
bool HistoryFinder::try_layout(const Folder& folder, const Layout& layout, std::string_view wanted) {
  const Layout* forced = said_.layout_for(folder.location());
  std::string why = forced == &layout ? std::string(kAsSaid) : layout.detect(folder);
  if (why.empty()) return false;
  Arrangement arrangement = layout.arrange(folder);
  FoundHistory history{folder.location(), &layout, std::move(why), wraps_for(folder.location()), {}};
  bool hit = wanted.empty();
  for (const Arrangement::File& file : arrangement.files) {
    std::string location = location_in(folder.location(), file.path);
    if (claimed_.contains(location) || is_query_folder(location) || is_seeds_path(location)) continue;
    // A folder further down was said to be another tool's.
    if (const Layout* other = said_.layout_for(location); other != nullptr && other != &layout) continue;
    hit = hit || lies_below(location, wanted);
    history.files.push_back({std::move(location), file.role, file.part});
  }
  for (const Unread& one : arrangement.unread) {
    hit = hit || lies_below(location_in(folder.location(), one.path), wanted);
  }
  if (!hit || (history.files.empty() && arrangement.unread.empty())) return false;
  history.schema = std::move(arrangement.schema);
  for (const auto& file : history.files) claimed_.insert(file.location);
  for (Unread& one : arrangement.unread) {
    const std::string location = location_in(folder.location(), one.path);
    if (one.line == 0) claimed_.insert(location);
    one.path = tree_.relative(location);
    unread.push_back(std::move(one));
  }
  if (!history.files.empty()) histories.push_back(std::move(history));
  return true;
}

bool HistoryFinder::offer(const Folder& folder, std::string_view wanted) {
  if (const Layout* forced = said_.layout_for(folder.location())) {
    return forced != find_layout("plain") && try_layout(folder, *forced, wanted);
  }
  const auto& all = all_layouts();
  return std::any_of(all.begin(), all.end(), [&](const Layout* layout) {
    return layout->name != "plain" && try_layout(folder, *layout, wanted);
  });
}

void HistoryFinder::search_above(const std::string& folder, std::string_view wanted) {
  std::string at = folder;
  for (int up = 0; up < kFarthestAbove; ++up) {
    if (::access(at.c_str(), R_OK) != 0) return;  // nobody asked for the folders above
    const Folder here(tree_, at);
    if (here.is_everybodys()) return;
    if (offer(here, wanted)) return note_code(here);
    if (here.is_root() || here.parent().location() == at) return;
    at = here.parent().location();
  }
}

void HistoryFinder::note_code(const Folder& folder) {
  for (const std::string& name : folder.other_files()) {
    const std::string location = join_path(folder.location(), name);
    if (!may_hold_migration(location) || !seen_code_.insert(location).second) continue;
    std::string reason = code_migration(location, folder.head(name));
    if (!reason.empty()) unread.push_back({tree_.relative(location), 0, std::move(reason), false});
  }
}

LooseFile::Kind HistoryFinder::kind_of(const std::string& location) const {
  const std::string& head = tree_.head(location);
  if (is_seeds_path(location)) return LooseFile::Kind::Seed;
  if (is_query_folder(location) || is_query_file(head)) return LooseFile::Kind::Query;
  if (is_schema_dump(location, head)) return LooseFile::Kind::Dump;
  return is_seed(tree_.relative(location)) ? LooseFile::Kind::Seed : LooseFile::Kind::Script;
}

void HistoryFinder::note_loose(const std::string& location, bool named) {
  if (!claimed_.insert(location).second) return;
  LooseFile::Kind kind = kind_of(location);
  // Who names a dump wants it checked.
  if (named && kind == LooseFile::Kind::Dump) kind = LooseFile::Kind::Script;
  loose.push_back({location, kind, {}});
}

void HistoryFinder::search(const std::string& folder) {
  const std::size_t histories_before = histories.size();
  const std::size_t loose_before = loose.size();
  tree_.look_ahead(folder);
  const Folder top(tree_, folder);
  note_settings_above(top);
  if (!top.is_root() && top.parent().location() != folder) search_above(top.parent().location(), folder);
  std::vector<Folder> open = {top};
  std::vector<Folder> seen;
  while (!open.empty()) {
    const Folder here = open.back();
    open.pop_back();
    seen.push_back(here);
    const std::size_t folders = here.folders().size();  // what is not there need not be asked for by name
    note_settings(here);
    offer(here, {});
    note_code(here);
    for (std::size_t n = folders; n > 0; --n) open.push_back(here.folder(n - 1));
  }
  for (const Folder& here : seen) {
    for (const std::string& name : here.sql_files()) note_loose(join_path(here.location(), name), false);
  }
  group_scripts(
      folder, loose_before,
      histories.size() > histories_before || (top.is_root() && said_.layout_for(folder) == nullptr));
}

// Scripts that no tool runs: one history if the folder holds nothing else, else one for each of the outermost
// folders that hold any; what lies in a folder that is called migrations joins nothing around it. Versions
// side by side are one history, and what lies beside them (the schema as it is after all of them, mostly) is
// none of it.
void HistoryFinder::group_scripts(const std::string& top, std::size_t first_loose, bool any_tool) {
  std::map<ScriptGroup, std::vector<std::string>> groups;
  std::map<std::string, std::set<std::string>, std::less<>> versions;  // folders, by where they lie
  for (std::size_t n = first_loose; n < loose.size(); ++n) {
    if (loose[n].kind != LooseFile::Kind::Script) continue;
    const std::string_view version = version_around(folder_of(loose[n].location), top);
    if (!version.empty()) versions[std::string(folder_of(version))].insert(std::string(version));
  }
  std::vector<LooseFile> rest(loose.begin(), loose.begin() + static_cast<std::ptrdiff_t>(first_loose));
  std::string current;
  std::string of_migrations;
  for (std::size_t n = first_loose; n < loose.size(); ++n) {
    if (loose[n].kind != LooseFile::Kind::Script) {
      rest.push_back(std::move(loose[n]));
      continue;
    }
    const std::string_view lies_in = folder_of(loose[n].location);
    const auto around = versions.find(folder_of(version_around(lies_in, top)));
    if (around != versions.end() && around->second.size() > 1) {
      groups[{around->first, true}].push_back(loose[n].location);
      continue;
    }
    const std::string folder(any_tool ? lies_in : std::string_view(top));
    // Files come folder by folder from the top, so that the outermost one is seen first.
    std::string& outermost = any_tool && lies_in_migrations(lies_in, top) ? of_migrations : current;
    if (outermost.empty() || !lies_below(folder, outermost) || outermost == top) outermost = folder;
    groups[{outermost, false}].push_back(loose[n].location);
  }
  loose = std::move(rest);
  for (const auto& [group, locations] : groups) scripts_.insert(locations.begin(), locations.end());
  for (auto& [group, locations] : groups) {
    std::erase_if(locations, [&](const std::string& script) { return !scripts_.contains(script); });
    if (!locations.empty()) add_scripts(group.folder, locations).of_versions = group.of_versions;
  }
  scripts_.clear();
}

FoundHistory& HistoryFinder::add_scripts(const std::string& folder,
                                         const std::vector<std::string>& locations) {
  const Folder here(tree_, folder);
  std::vector<std::string> paths;
  for (const std::string& location : locations)
    paths.push_back(location.substr(folder == "/" ? 1 : folder.size() + 1));
  sort_naturally(paths);
  Arrangement order = order_by_includes(here, paths);
  FoundHistory history{folder, find_layout("plain"), {}, wraps_for(folder), {}};
  history.why =
      said_.layout_for(folder) == history.layout ? kAsSaid : std::string_view("no migration tool recognised");
  std::unordered_set<std::string> own(locations.begin(), locations.end());
  for (const Arrangement::File& file : order.files) {
    std::string location = location_in(folder, file.path);
    const bool included = scripts_.erase(location) > 0;  // with scripts around it that nobody has taken yet
    if (!own.contains(location) && !included && !claimed_.insert(location).second)
      continue;  // another history runs it
    own.insert(location);
    history.files.push_back({std::move(location), file.role, file.part});
  }
  for (Unread& one : order.unread) {
    one.path = tree_.relative(location_in(folder, one.path));
    unread.push_back(std::move(one));
  }
  return histories.emplace_back(std::move(history));
}

void HistoryFinder::search_around_file(const std::string& location) {
  if (claimed_.contains(location)) return;
  const std::string folder(folder_of(location));
  note_settings_above(Folder(tree_, folder));
  search_above(folder, location);
  if (claimed_.contains(location)) return;
  const Layout* forced = said_.layout_for(location);
  if (forced != nullptr && forced->name != "plain") {
    claimed_.insert(location);
    histories.push_back(
        {folder, forced, std::string(kAsSaid), wraps_for(location), {{location, Role::Target, {}}}});
    return;
  }
  note_loose(location, true);
  if (loose.empty() || loose.back().location != location || loose.back().kind != LooseFile::Kind::Script)
    return;
  loose.pop_back();
  // Numbered files are a history of their own kind; other neighbours have nothing to do with the file.
  std::vector<std::string> locations = {location};
  if (starts_with_number(name_of(location))) {
    for (const std::string& name : Folder(tree_, folder).sql_files()) {
      const std::string neighbour = join_path(folder, name);
      if (!starts_with_number(name) || claimed_.contains(neighbour)) continue;
      if (kind_of(neighbour) != LooseFile::Kind::Script) continue;
      claimed_.insert(neighbour);
      locations.push_back(neighbour);
    }
  }
  add_scripts(folder, locations);
}

}  // namespace migcheck::input
