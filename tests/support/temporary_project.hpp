// SPDX-License-Identifier: MIT
#pragma once

// A project on disk for the length of a test.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/input.hpp"

namespace migcheck::testing {

class TemporaryProject {
 public:
  TemporaryProject();
  ~TemporaryProject();
  TemporaryProject(const TemporaryProject&) = delete;
  TemporaryProject& operator=(const TemporaryProject&) = delete;

  [[nodiscard]] std::string path(std::string_view name = {}) const;
  void write(std::string_view name, std::string_view bytes) const;
  // Runs git in the project; fails the test if git fails.
  void git(std::vector<std::string> arguments) const;
  // Adds and commits everything.
  void commit(const std::string& message) const;

  // A request whose root is the project and whose paths lie in it.
  [[nodiscard]] InputRequest request(const std::vector<std::string>& paths = {}) const;

 private:
  std::filesystem::path folder_;
};

// "target db/1.sql", "history db/2.sql" … in order.
std::vector<std::string> roles_and_paths(const InputSet& set);

}  // namespace migcheck::testing
