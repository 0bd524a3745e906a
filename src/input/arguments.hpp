// SPDX-License-Identifier: MIT
#pragma once

// From what a person wrote to places on disk.

#include <string>
#include <string_view>
#include <vector>

#include "migcheck/input.hpp"
#include "migcheck/result.hpp"

namespace migcheck::input {

// What the arguments name: absolute locations.
struct Named {
  std::vector<std::string> files;
  std::vector<std::string> folders;
  std::vector<std::string> streams;  // pipes and devices: read once, without neighbours
  bool standard_input = false;
};

// Absolute, with "/" and without "." and ".."; relative paths are relative to `base`.
std::string absolute(std::string_view path, std::string_view base);
std::string working_folder();

// Files, folders and globs. A path that is not there is an Error.
Result<Named> resolve(const std::vector<std::string>& paths, std::string_view base);

// The project root: as told, else the repository that holds `start`, else the working folder.
std::string project_root(const InputRequest& request, const std::string& start);

}  // namespace migcheck::input
