// SPDX-License-Identifier: MIT

// Whole small projects, one for each migration tool: what is found, in which order, in which sections.
// MIGCHECK_UPDATE=1 writes the descriptions anew; read the difference before you keep it.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "migcheck/input.hpp"
#include "support/input_description.hpp"

namespace migcheck {
namespace {
namespace fs = std::filesystem;

constexpr const char* kProjects = MIGCHECK_SOURCE_DIR "/fixtures/projects";
constexpr const char* kExpected = "expected.txt";

std::vector<std::string> projects() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kProjects))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

InputRequest request_for(const fs::path& folder) {
  InputRequest request;
  request.root = folder.string();
  request.paths = {folder.string()};
  return request;
}

class Project : public ::testing::TestWithParam<std::string> {};

TEST_P(Project, IsReadAsItsToolRunsIt) {
  const fs::path folder = fs::path(kProjects) / GetParam();
  const InputRequest request = request_for(folder);
  const Result<InputSet> set = discover(request);
  ASSERT_TRUE(set) << set.error().to_string();
  const std::string description = testing::describe(*set, request);
  if (::getenv("MIGCHECK_UPDATE") != nullptr)
    std::ofstream(folder / kExpected, std::ios::binary) << description;
  EXPECT_EQ(description, read(folder / kExpected));
}

// Every SQL file is read, or it is said why not.
TEST_P(Project, LosesNoFile) {
  const fs::path folder = fs::path(kProjects) / GetParam();
  const Result<InputSet> set = discover(request_for(folder));
  ASSERT_TRUE(set);
  std::multiset<std::string> known;
  for (const FileEntry& entry : set->files) known.insert(entry.path);
  for (const Unread& unread : set->unread) {
    if (unread.line == 0) known.insert(unread.path);
  }
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".sql") continue;
    const std::string path = entry.path().lexically_relative(folder).generic_string();
    EXPECT_EQ(known.count(path), 1u) << path;
  }
}

TEST(Projects, EveryLayoutHasOne) {
  std::string all;
  for (const std::string& name : projects()) all += read(fs::path(kProjects) / name / kExpected);
  for (const std::string& layout : layout_names()) {
    EXPECT_NE(all.find(" " + layout + ": "), std::string::npos) << layout;
  }
}

INSTANTIATE_TEST_SUITE_P(Input, Project, ::testing::ValuesIn(projects()), [](const auto& name) {
  std::string word = name.param;
  std::replace(word.begin(), word.end(), '-', '_');
  return word;
});

}  // namespace
}  // namespace migcheck
