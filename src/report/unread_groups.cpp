// SPDX-License-Identifier: MIT

// What was not read, by reason and folder.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "migcheck/report.hpp"

namespace migcheck {
namespace {

// With more folders than this, one reason is told for the folder that holds them all.
constexpr std::size_t kFoldersApart = 3;

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view(".") : path.substr(0, slash);
}

std::string_view common_folder(std::string_view a, std::string_view b) {
  std::size_t end = 0;
  for (std::size_t at = 0; at <= a.size(); ++at) {
    const bool boundary = at == a.size() || a[at] == '/';
    if (boundary && b.substr(0, at) == a.substr(0, at) && (b.size() == at || b[at] == '/')) end = at;
    if (at < a.size() && (at >= b.size() || a[at] != b[at])) break;
  }
  return end == 0 ? std::string_view(".") : a.substr(0, end);
}

// Reasons that tell of one statement (": syntax error at …") or one name (`\i a.sql`) are one kind.
std::string kind_of(const Unread& unread) {
  if (unread.line == 0) return unread.reason;
  std::string kind = unread.reason.substr(0, unread.reason.find(": "));
  const std::size_t open = kind.find('`');
  const std::size_t close = open == std::string::npos ? open : kind.find('`', open + 1);
  if (close != std::string::npos) {
    const std::size_t word = std::min(kind.find(' ', open), close);
    kind.erase(word, close - word);
  }
  if (kind.back() != '.') kind += '.';
  return kind;
}

struct Members {
  std::map<std::string_view, UnreadGroup> by_folder;
};

}  // namespace

std::vector<UnreadGroup> unread_groups(std::span<const Unread> all_unread) {
  std::map<std::string, Members> kinds;
  for (const Unread& unread : all_unread) {
    if (unread.failed) continue;
    UnreadGroup& group = kinds[kind_of(unread)].by_folder[folder_of(unread.path)];
    (unread.line == 0 ? group.files : group.parts) += 1;
  }
  std::vector<UnreadGroup> groups;
  for (auto& [reason, members] : kinds) {
    UnreadGroup all;
    std::string_view common = members.by_folder.begin()->first;
    for (auto& [folder, group] : members.by_folder) {
      common = common_folder(common, folder);
      all.files += group.files;
      all.parts += group.parts;
      group.reason = reason;
      group.folder = folder;
    }
    if (members.by_folder.size() > kFoldersApart) {
      all.reason = reason;
      all.folder = common;
      groups.push_back(std::move(all));
    } else {
      for (auto& [folder, group] : members.by_folder) groups.push_back(std::move(group));
    }
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const UnreadGroup& a, const UnreadGroup& b) { return a.count() > b.count(); });
  return groups;
}

std::string sentence_of(const UnreadGroup& group) {
  const auto counted = [](std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
  };
  std::string what = group.files > 0 ? counted(group.files, "file") : std::string();
  if (group.parts > 0) what += (what.empty() ? "" : " and ") + counted(group.parts, "place");
  const std::string where = group.folder == "." ? "the project" : group.folder;
  return fmt::format("{} in {}: {}", what, where, group.reason);
}

}  // namespace migcheck
