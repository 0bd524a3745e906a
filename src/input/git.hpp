// SPDX-License-Identifier: MIT
#pragma once

// What git knows of the project: which files it ignores, which ones a branch has changed. git is run as a
// program with a list of arguments; no shell sees a file's name, and git starts no program that the
// repository names.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/file_change.hpp"
#include "migcheck/result.hpp"

namespace migcheck::input {

// What a program said, and how it ended.
struct ProgramOutput {
  std::string out;
  std::string err;
  int status = -1;  // its exit code; -1 if it could not be started or was killed
};
ProgramOutput run_program(const std::vector<std::string>& arguments);

class Git {
 public:
  // The repository that holds this folder; nothing if there is none.
  static std::optional<Git> find(const std::string& folder);

  [[nodiscard]] const std::string& top() const { return top_; }
  // Locations that git ignores below a folder: files and whole folders.
  [[nodiscard]] Result<std::set<std::string, std::less<>>> ignored(const std::string& folder) const;
  // Locations that differ from where this branch left `reference`, and how: committed, staged, changed or
  // new. Files that are gone are not named.
  using Changes = std::map<std::string, FileChange, std::less<>>;
  [[nodiscard]] Result<Changes> changed_since(const std::string& reference) const;
  [[nodiscard]] bool is_shallow() const;

 private:
  explicit Git(std::string top) : top_(std::move(top)) {}
  [[nodiscard]] std::vector<std::string> own_filters() const;
  [[nodiscard]] Result<Changes> changes(const std::string& reference) const;
  [[nodiscard]] ProgramOutput run(std::vector<std::string> arguments) const;
  [[nodiscard]] FileChange change_since(const std::string& commit, std::string_view path) const;
  [[nodiscard]] Result<std::string> merge_base(const std::string& reference) const;

  std::string top_;
  std::vector<std::string>
      switched_off_;  // settings that keep git from starting the repository's own programs
};

}  // namespace migcheck::input
