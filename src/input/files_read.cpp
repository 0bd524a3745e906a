// SPDX-License-Identifier: MIT

#include "input/files_read.hpp"

#include <utility>

#include "input/read_file.hpp"

namespace migcheck::input {
namespace {

// More than any tool's settings for one project.
constexpr std::size_t kSettingsBytes = 256 * 1024;

NearestFile find_nearest(const std::string& root, std::string folder, std::string_view name) {
  std::string way = ".";
  while (!folder.empty()) {
    std::string text = read_head(join_path(folder, name), kSettingsBytes).text;
    if (!text.empty()) return {std::move(way), std::move(text)};
    if (folder == root || folder == "/") break;
    folder = folder_of(folder);
    way = way == "." ? ".." : "../" + way;
  }
  return {};
}

}  // namespace

void FilesRead::keep(std::string location, std::string bytes) {
  const std::lock_guard lock(mutex_);
  bytes_.insert_or_assign(std::move(location), std::move(bytes));
}

std::optional<std::string> FilesRead::take(const std::string& location) {
  const std::lock_guard lock(mutex_);
  auto node = bytes_.extract(location);
  if (node.empty()) return std::nullopt;
  return std::move(node.mapped());
}

NearestFile FilesRead::nearest(const std::string& folder, std::string_view name) {
  const std::string place = join_path(folder, name);
  const std::lock_guard lock(mutex_);
  const auto known = nearest_.find(place);
  if (known != nearest_.end()) return known->second;
  return nearest_.emplace(place, find_nearest(root_, folder, name)).first->second;
}

}  // namespace migcheck::input
