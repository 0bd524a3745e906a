// SPDX-License-Identifier: MIT

// Where a configuration lies.

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "migcheck/config.hpp"

namespace migcheck {
namespace {

namespace fs = std::filesystem;

constexpr std::array kNames = {"migcheck.yaml", "migcheck.yml", ".migcheck.yaml", ".migcheck.yml"};

}  // namespace

std::optional<std::string> find_configuration(const std::string& start) {
  std::error_code failed;
  fs::path folder = fs::absolute(start.empty() ? fs::path(".") : fs::path(start), failed).lexically_normal();
  if (failed) return std::nullopt;
  if (!fs::is_directory(folder, failed)) folder = folder.parent_path();
  while (true) {
    for (const char* name : kNames) {
      if (fs::is_regular_file(folder / name, failed)) return (folder / name).string();
    }
    // .git is a folder, or in a worktree a file.
    if (fs::exists(folder / ".git", failed) || folder == folder.parent_path()) return std::nullopt;
    folder = folder.parent_path();
  }
}

Result<Configuration> read_configuration(const std::string& path, const std::vector<std::string>& layouts) {
  std::error_code failed;
  // In messages as a person in the working directory would write it.
  const fs::path near = fs::proximate(path, failed);
  const std::string shown = failed || near.empty() || *near.begin() == ".." ? path : near.string();
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad() || errno != 0) {
    return Error{fmt::format("The configuration cannot be read: {}.", std::strerror(errno)), shown, {}};
  }
  auto configuration = parse_configuration(text, shown, layouts);
  if (configuration)
    configuration->root = fs::absolute(path, failed).lexically_normal().parent_path().string();
  return configuration;
}

}  // namespace migcheck
