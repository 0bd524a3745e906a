// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

constexpr std::string_view kHeader = "-- liquibase formatted sql";
constexpr std::size_t kMostChangelogs = 2000;

bool is_formatted(const Folder& folder, const std::string& path) {
  return header_has(folder.head(path), kHeader);
}

std::size_t count_formatted(const Folder& folder) {
  const std::vector<Beginning>& beginnings = folder.beginnings();
  return static_cast<std::size_t>(
      std::count_if(beginnings.begin(), beginnings.end(), [](const Beginning& beginning) {
        return is_marked(beginning, {kHeader}) && header_has(beginning.head.text, kHeader);
      }));
}

bool is_changelog(std::string_view name) {
  const std::string lower = lowered(name);
  return lower.find("changelog") != std::string::npos &&
         (lower.ends_with(".xml") || lower.ends_with(".yaml") || lower.ends_with(".yml") ||
          lower.ends_with(".json"));
}

std::vector<std::string> changelogs(const Folder& folder) {
  std::vector<std::string> names;
  for (const std::string& name : folder.other_files()) {
    if (is_changelog(name)) names.push_back(name);
  }
  // A master or root changelog first: it includes the others.
  std::stable_partition(names.begin(), names.end(), [](const std::string& name) {
    return contains_ignoring_case(name, "master") || contains_ignoring_case(name, "root");
  });
  return names;
}

std::string detect(const Folder& folder) {
  std::size_t count = count_formatted(folder);
  if (count == 0 && !changelogs(folder).empty()) {
    for (const std::string& path : folder.sql_files_below()) count += is_formatted(folder, path) ? 1u : 0u;
  }
  return count == 0 ? std::string() : counted(count, "file", "with `--liquibase formatted sql`");
}

// What a changelog in XML, YAML or JSON includes, in its order: the values of file and path.
std::vector<std::string> included(std::string_view changelog) {
  std::vector<std::string> paths;
  std::size_t at = 0;
  while (at < changelog.size()) {
    const std::size_t file = changelog.find("file", at);
    const std::size_t path = changelog.find("path", at);
    const std::size_t key = std::min(file, path);
    if (key == std::string_view::npos) break;
    at = key + 4;
    if (key > 0 && is_identifier_char(changelog[key - 1])) continue;  // "logicalFile", "changelogFile"
    std::size_t value = changelog.find_first_not_of("\" \t", at);
    if (value == std::string_view::npos || (changelog[value] != '=' && changelog[value] != ':')) continue;
    value = changelog.find_first_not_of("=: \t\"'", value);
    if (value == std::string_view::npos) break;
    const std::size_t end = std::min(changelog.find_first_of("\"'\r\n,}", value), changelog.size());
    paths.emplace_back(trimmed(changelog.substr(value, end - value)));
    at = end;
  }
  return paths;
}

// Changelogs name files relative to themselves or to the class path: the longest common ending decides.
bool names_same(std::string_view path, std::string_view reference) {
  while (reference.starts_with("./") || reference.starts_with("../"))
    reference.remove_prefix(reference.find('/') + 1);
  if (reference.starts_with("classpath:")) reference.remove_prefix(10);
  while (reference.starts_with('/')) reference.remove_prefix(1);
  if (path == reference || path.ends_with(fmt::format("/{}", reference))) return true;
  return reference.ends_with(fmt::format("/{}", path));
}

bool lies_in(std::string_view path, std::string_view folder) {
  while (folder.ends_with('/')) folder.remove_suffix(1);
  const std::string_view above = folder_of(path);
  return names_same(above, folder) || name_of(folder) == above || (above.empty() && !folder.empty());
}

// Follows the changelogs from the first one; each is read once.
class ChangelogWalk {
 public:
  explicit ChangelogWalk(const Folder& folder) : folder_(folder), left_(folder.sql_files_below()) {
    const std::vector<std::string>& names = folder.folders();
    for (std::size_t n = 0; n < names.size(); ++n) {
      for (const std::string& file : folder.folder(n).other_files()) {
        if (is_changelog(file) || file.ends_with(".xml") || file.ends_with(".yaml") ||
            file.ends_with(".yml")) {
          others_.push_back(join_path(names[n], file));
        }
      }
    }
    for (const std::string& name : changelogs(folder)) others_.push_back(name);
  }

  Arrangement walk() {
    const std::vector<std::string> tops = changelogs(folder_);
    if (!tops.empty()) follow(tops.front());
    Arrangement arrangement;
    const bool found_any = !files_.empty();
    for (std::string& path : files_) arrangement.files.push_back({std::move(path), Role::Target});
    for (std::string& path : left_) {
      if (!is_formatted(folder_, path)) continue;
      if (found_any) {
        arrangement.unread.push_back(
            {path, 0, fmt::format("{} does not include it: Liquibase never runs it.", tops.front()), false});
      } else {
        arrangement.files.push_back({std::move(path), Role::Target});
      }
    }
    return arrangement;
  }

 private:
  void follow(const std::string& first) {
    std::vector<std::string> open = {first};
    std::size_t read = 0;
    while (!open.empty() && ++read <= kMostChangelogs) {
      const std::string current = std::move(open.back());
      open.pop_back();
      if (is_sql_name(current)) {
        take([&](const std::string& path) { return path == current; });
        continue;
      }
      std::vector<std::string> next;
      for (const std::string& reference : included(folder_.text(current))) resolve(reference, next);
      // Depth first, in order: what it includes comes before what follows it.
      open.insert(open.end(), next.rbegin(), next.rend());
    }
  }

  void resolve(const std::string& reference, std::vector<std::string>& next) {
    const auto match = [&](const std::string& path) { return names_same(path, reference); };
    if (const auto sql = std::find_if(left_.begin(), left_.end(), match); sql != left_.end()) {
      next.push_back(*sql);
    } else if (const auto other = std::find_if(others_.begin(), others_.end(), match);
               other != others_.end()) {
      next.push_back(*other);
      others_.erase(other);
    } else if (name_of(reference).find('.') == std::string_view::npos || reference.ends_with('/')) {
      for (const std::string& path : left_) {
        if (lies_in(path, reference)) next.push_back(path);
      }
    }
  }

  template <typename Match>
  void take(const Match& match) {
    const auto found = std::find_if(left_.begin(), left_.end(), match);
    if (found == left_.end()) return;
    files_.push_back(std::move(*found));
    left_.erase(found);
  }

  const Folder& folder_;
  std::vector<std::string> left_;
  std::vector<std::string> others_;
  std::vector<std::string> files_;
};

Arrangement arrange(const Folder& folder) {
  return ChangelogWalk(folder).walk();
}

// A changeset for other databases only is not run on PostgreSQL.
bool is_for_postgres(std::string_view words) {
  const std::size_t at = words.find("dbms:");
  if (at == std::string_view::npos) return true;
  std::string_view list = words.substr(at + 5);
  if (list.starts_with('"') || list.starts_with('\'')) {
    list = list.substr(1, list.find(list.front(), 1) - 1);
  } else {
    list = list.substr(0, list.find(' '));
  }
  if (list.find("!postgres") != std::string_view::npos) return false;
  return list.find("postgres") != std::string_view::npos || list.find('!') != std::string_view::npos ||
         list.find("all") != std::string_view::npos;
}

Cut cut_of(std::string_view text, const Marker& marker) {
  const bool alone = marker.words.find("runintransaction:false") != std::string::npos;
  const bool in_one = marker.words.find("splitstatements:false") != std::string::npos;
  // The id as it is written: the first word after the mark.
  const std::string_view line = text_of(text, marker.line);
  const std::size_t at = lowered(line).find("changeset");
  std::string_view id = trimmed(line.substr(at + std::string_view("changeset").size()));
  id = id.substr(0, id.find_first_of(" \t"));
  const Wrapping outside = in_one ? Wrapping::SimpleQuery : Wrapping::None;
  return {marker.line.begin, Direction::Up, alone ? outside : Wrapping::Transaction, std::string(id)};
}

Parts parts(const MigrationText& file) {
  const std::vector<Marker> markers = find_markers(file.text, {"-- changeset "});
  if (markers.empty()) return one_part(file, Wrapping::Transaction);  // included as plain SQL: one changeset
  std::vector<Cut> cuts;
  std::vector<bool> runs;
  for (const Marker& marker : markers) {
    cuts.push_back(cut_of(file.text, marker));
    runs.push_back(is_for_postgres(marker.words));
  }
  Parts result = parts_from(file.text, std::move(cuts));
  std::vector<Section> kept;
  for (std::size_t n = 0; n < runs.size(); ++n) {
    if (runs[n]) kept.push_back(std::move(result.sections[n]));
  }
  // No changeset for PostgreSQL: an empty part, so that nothing of the file is taken as run.
  if (kept.empty()) kept.push_back(make_section({0, 0}, Direction::Up, Wrapping::Transaction));
  result.sections = std::move(kept);
  return result;
}

}  // namespace

const Layout layouts::liquibase{
    .name = "liquibase",
    .tool = "Liquibase",
    .opt_out = "add `runInTransaction:false` to the changeset, with the statement alone in it",
    .one_database = false,  // each changeset says for which
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
