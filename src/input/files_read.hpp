// SPDX-License-Identifier: MIT
#pragma once

// What discovery has read, so that load() need not read it again. All of it may be called from several
// threads at once.

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "input/folder.hpp"

namespace migcheck::input {

class FilesRead {
 public:
  explicit FilesRead(std::string root) : root_(std::move(root)) {}

  // The bytes of a file that discovery read whole.
  void keep(std::string location, std::string bytes);
  // Hands them over; nothing if the file must be read (again).
  std::optional<std::string> take(const std::string& location);

  // The nearest file of this name from a folder up to the project root: a tool's settings, which every
  // migration of a folder asks for.
  NearestFile nearest(const std::string& folder, std::string_view name);

 private:
  std::string root_;
  std::mutex mutex_;
  ByLocation<std::string> bytes_;
  ByLocation<NearestFile> nearest_;  // by folder and name
};

}  // namespace migcheck::input
