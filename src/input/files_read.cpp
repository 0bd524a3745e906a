// SPDX-License-Identifier: MIT

#include "input/files_read.hpp"

#include <utility>

#include "input/read_file.hpp"

namespace migcheck::input {
namespace {

// More than any tool's settings for one project.
constexpr std::size_t kSettingsBytes = 256 * 1024;

}  // namespace

FilesRead::Found FilesRead::find_nearest(const std::string& root, std::string folder, std::string_view name) {
  for (std::size_t up = 0; !folder.empty(); ++up) {
    std::string text = read_head(join_path(folder, name), kSettingsBytes).text;
    if (!text.empty()) return {up, std::move(text)};
    if (folder == root || folder == "/") break;
    folder = folder_of(folder);
  }
  return {};
}

std::uint32_t FilesRead::keep(FileRead file) {
  const std::lock_guard lock(mutex_);
  files_.emplace_back(std::move(file));
  return static_cast<std::uint32_t>(files_.size() - 1);
}

std::optional<FileRead> FilesRead::take(std::uint32_t number) {
  const std::lock_guard lock(mutex_);
  return std::exchange(files_[number], std::nullopt);
}

NearestFile FilesRead::nearest(const std::string& folder, std::string_view name) {
  const std::string place = join_path(folder, name);
  const std::lock_guard lock(mutex_);
  auto known = nearest_.find(place);
  if (known == nearest_.end()) known = nearest_.emplace(place, find_nearest(root_, folder, name)).first;
  return {known->second.up, known->second.text};
}

}  // namespace migcheck::input
