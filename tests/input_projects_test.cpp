// SPDX-License-Identifier: MIT

// Whole small projects, one for each migration tool: what is found, in which order, in which sections, what a
// run says of it, and how its files add up. Where CONCURRENTLY is refused, the advice names the tool's own
// switch. MIGCHECK_UPDATE_GOLDEN=1 writes the descriptions anew; read the difference before you keep it.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "migcheck/input.hpp"
#include "support/input_description.hpp"
#include "support/run_description.hpp"

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
  const Result<LintReport> report = testing::lint(request);
  ASSERT_TRUE(report) << report.error().to_string();
  const std::string description = testing::describe(*set, request) + testing::describe(*report);
  if (::getenv("MIGCHECK_UPDATE_GOLDEN") != nullptr)
    std::ofstream(folder / kExpected, std::ios::binary) << description;
  EXPECT_EQ(description, read(folder / kExpected));
}

std::set<std::string> sql_files_below(const fs::path& folder) {
  std::set<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".sql")
      paths.insert(entry.path().lexically_relative(folder).generic_string());
  }
  return paths;
}

// Each SQL file is linted, replayed or named with a reason, and only one of these; the summary's numbers say
// the same.
TEST_P(Project, LosesNoFile) {
  const fs::path folder = fs::path(kProjects) / GetParam();
  const Result<LintReport> report = testing::lint(request_for(folder));
  ASSERT_TRUE(report) << report.error().to_string();
  const testing::Accounts accounts = testing::accounts_of(*report);
  for (const std::string& path : sql_files_below(folder)) {
    EXPECT_EQ(accounts.linted.count(path) + accounts.replayed.count(path) + accounts.unread.count(path), 1u)
        << path;
  }
  const Summary& summary = report->summary;
  EXPECT_EQ(accounts.linted.size(), summary.files);
  EXPECT_EQ(accounts.replayed.size(), summary.history_files);
  EXPECT_EQ(accounts.unread.size(), summary.unread_files);
}

// Where the files of a project lead back, by path; in the files' own bytes.
std::map<std::string, std::vector<Span>> ways_back(const InputSet& set, const InputRequest& request) {
  std::map<std::string, std::vector<Span>> ways;
  for (std::size_t n = 0; n < set.files.size(); ++n) {
    const Result<LoadedFile> loaded = load(set, n, request);
    if (!loaded) continue;
    for (const Section& section : loaded->sections) {
      if (section.direction == Direction::Down)
        ways[set.files[n].path].push_back(loaded->source.to_original(section.span));
    }
  }
  return ways;
}

std::vector<const Finding*> findings_on(const std::map<std::string, std::vector<Span>>& ways,
                                        const LintReport& report) {
  std::vector<const Finding*> found;
  for (const Finding& finding : report.findings) {
    const auto spans = ways.find(report.files[finding.place.file].path);
    // That the way back does not lead back is said of it unasked.
    if (spans == ways.end() || finding.check == "down-mismatch") continue;
    const auto holds = [&](Span span) { return span.contains(finding.place.span); };
    if (std::any_of(spans->second.begin(), spans->second.end(), holds)) found.push_back(&finding);
  }
  return found;
}

TEST_P(Project, IsCheckedOnTheWayBackOnlyIfAsked) {
  const fs::path folder = fs::path(kProjects) / GetParam();
  const InputRequest request = request_for(folder);
  const Result<InputSet> set = discover(request);
  ASSERT_TRUE(set);
  const auto ways = ways_back(*set, request);
  const Result<LintReport> unasked = testing::lint(request);
  ASSERT_TRUE(unasked);
  EXPECT_TRUE(findings_on(ways, *unasked).empty());
  Settings settings;
  settings.way_back = true;
  const Result<LintReport> asked = testing::lint(request, settings);
  ASSERT_TRUE(asked);
  const auto found = findings_on(ways, *asked);
  // Each of them drops a table or a column there. What cannot be checked is told.
  const bool told = std::any_of(asked->unread.begin(), asked->unread.end(), [](const Unread& one) {
    return one.reason.find("The way back is not checked here") != std::string::npos;
  });
  EXPECT_EQ(found.empty(), ways.empty() || told);
  for (const Finding* finding : found) EXPECT_NE(finding->severity, Severity::Error) << finding->check;
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
