// SPDX-License-Identifier: MIT

#include "support/temporary_project.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <fstream>
#include <iterator>

#include "input/git.hpp"

namespace migcheck::testing {
namespace fs = std::filesystem;

TemporaryProject::TemporaryProject() {
  std::string name = (fs::temp_directory_path() / "migcheck-XXXXXX").string();
  EXPECT_NE(::mkdtemp(name.data()), nullptr);
  folder_ = fs::canonical(name);
}

TemporaryProject::~TemporaryProject() {
  std::error_code error;
  fs::remove_all(folder_, error);
}

std::string TemporaryProject::path(std::string_view name) const {
  return name.empty() ? folder_.generic_string() : (folder_ / name).generic_string();
}

void TemporaryProject::write(std::string_view name, std::string_view bytes) const {
  const fs::path file = folder_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

void TemporaryProject::git(std::vector<std::string> arguments) const {
  std::vector<std::string> command = {"git",
                                      "-C",
                                      path(),
                                      "-c",
                                      "user.name=t",
                                      "-c",
                                      "user.email=t@t",
                                      "-c",
                                      "init.defaultBranch=main",
                                      "-c",
                                      "commit.gpgsign=false"};
  command.insert(command.end(), std::make_move_iterator(arguments.begin()),
                 std::make_move_iterator(arguments.end()));
  const input::ProgramOutput output = input::run_program(command);
  ASSERT_EQ(output.status, 0) << output.err;
}

void TemporaryProject::commit(const std::string& message) const {
  git({"add", "--all"});
  git({"commit", "--quiet", "--no-verify", "-m", message});
}

InputRequest TemporaryProject::request(const std::vector<std::string>& paths) const {
  InputRequest request;
  request.root = path();
  for (const std::string& one : paths) request.paths.push_back(path(one == "." ? "" : one));
  return request;
}

std::vector<std::string> roles_and_paths(const InputSet& set) {
  constexpr std::array<std::string_view, 7> kWords = {"target ", "history ",     "baseline ",  "query ",
                                                      "seed ",   "other-query ", "other-seed "};
  std::vector<std::string> lines;
  for (const FileEntry& entry : set.files) {
    lines.push_back(std::string(kWords[static_cast<std::size_t>(entry.role)]) + entry.path);
  }
  return lines;
}

}  // namespace migcheck::testing
