// SPDX-License-Identifier: MIT
#pragma once

// What discovery has read, so that load() need not read it again. All of it may be called from several
// threads at once.

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/folder.hpp"

namespace migcheck::input {

class FilesRead {
 public:
  explicit FilesRead(std::string root) : root_(std::move(root)) {}

  // A file that discovery read whole. Returns the number under which it is kept.
  std::uint32_t keep(FileRead file);
  // Hands it over, once.
  std::optional<FileRead> take(std::uint32_t number);

  // The nearest file of this name from a folder up to the project root: a tool's settings, which every
  // migration of a folder asks for.
  NearestFile nearest(const std::string& folder, std::string_view name);

 private:
  std::string root_;
  std::mutex mutex_;
  std::vector<std::optional<FileRead>> files_;
  struct Found {
    std::size_t up = 0;
    std::string text;
  };
  static Found find_nearest(const std::string& root, std::string folder, std::string_view name);
  ByLocation<Found> nearest_;  // by folder and name
};

}  // namespace migcheck::input
