// SPDX-License-Identifier: MIT

// Where a configuration lies.

#include <array>
#include <cstdint>
#include <filesystem>

#include "config/text_file.hpp"
#include "input/read_file.hpp"
#include "migcheck/config.hpp"

namespace migcheck {
namespace {

namespace fs = std::filesystem;

// More than anybody writes. A file of YAML takes its reader a hundred times the memory.
constexpr std::uint64_t kMostBytes = 16u << 20;

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

namespace config {

std::string shown_path(const std::string& path) {
  std::error_code failed;
  const fs::path near = fs::proximate(path, failed);
  return failed || near.empty() || *near.begin() == ".." ? path : near.string();
}

Result<std::string> read_text(const std::string& path, std::string_view what) {
  auto text = input::read_whole(path, kMostBytes, what);
  if (text) return text;
  return Error{text.error().what, shown_path(path), {}};
}

}  // namespace config

Result<Configuration> read_configuration(const std::string& path, const std::vector<std::string>& layouts) {
  const auto text = config::read_text(path, "configuration");
  if (!text) return text.error();
  auto configuration = parse_configuration(*text, config::shown_path(path), layouts);
  std::error_code failed;
  if (configuration) {
    configuration->root = fs::absolute(path, failed).lexically_normal().parent_path().string();
  }
  return configuration;
}

}  // namespace migcheck
