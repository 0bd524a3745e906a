// SPDX-License-Identifier: MIT

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "input/layouts/parts.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

bool is_rollback(std::string_view name) {
  return ends_with_ignoring_case(without_ending(name), ".rollback");
}

std::string detect(const Folder& folder) {
  const std::size_t marked = count_marked(folder, {"-- depends:"});
  if (marked > 0) return counted(marked, "file", "with `-- depends:`");
  for (const std::string& name : folder.sql_files()) {
    if (is_rollback(name)) return "files named <name>.rollback.sql";
  }
  return !folder.sql_files().empty() && !folder.find_above("yoyo.ini").empty() ? "yoyo.ini" : "";
}

std::set<std::string, std::less<>> dependencies(std::string_view text) {
  std::set<std::string, std::less<>> names;
  for (const Marker& marker : find_markers(text, {"-- depends:"})) {
    std::string_view rest = trimmed(text_of(text, marker.line));
    rest = rest.substr(rest.find(':') + 1);
    while (!(rest = trimmed(rest)).empty()) {
      const std::size_t end = std::min(rest.find_first_of(" \t"), rest.size());
      names.emplace(rest.substr(0, end));
      rest.remove_prefix(end);
    }
  }
  return names;
}

// Topological: the first by name of those whose dependencies have run. A circle is cut by name.
Arrangement arrange(const Folder& folder) {
  std::vector<std::string> waiting;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> needs;
  for (const std::string& name : folder.sql_files()) {
    if (!is_rollback(name)) waiting.push_back(name);
  }
  for (const std::string& name : waiting) needs[name] = dependencies(folder.head(name));
  std::set<std::string, std::less<>> known;
  for (const std::string& name : waiting) known.emplace(without_ending(name));
  std::set<std::string, std::less<>> ran;
  const auto ready = [&](const std::string& name) {
    return std::all_of(needs[name].begin(), needs[name].end(),
                       [&](const std::string& need) { return ran.contains(need) || !known.contains(need); });
  };
  Arrangement arrangement;
  while (!waiting.empty()) {
    auto next = std::find_if(waiting.begin(), waiting.end(), ready);
    if (next == waiting.end()) next = waiting.begin();
    const std::string stem(without_ending(*next));
    arrangement.files.push_back({*next, Role::Target});
    ran.insert(stem);
    waiting.erase(next);
    const std::string back = stem + ".rollback.sql";
    if (folder.has_file(back)) arrangement.files.push_back({back, Role::Target});
  }
  return arrangement;
}

Parts parts(const MigrationText& file) {
  const bool alone = header_has(file.text, "-- transactional: false");
  return one_part(file, alone ? Wrapping::None : Wrapping::Transaction,
                  is_rollback(name_of(file.path)) ? Direction::Down : Direction::Up);
}

}  // namespace

const Layout layouts::yoyo{.name = "yoyo",
                           .tool = "yoyo",
                           .opt_out = "write `-- transactional: false` at the top",
                           .detect = detect,
                           .arrange = arrange,
                           .parts = parts};

}  // namespace migcheck::input
