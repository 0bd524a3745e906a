// SPDX-License-Identifier: MIT

// The examples on the checks' pages are tests. In order of appearance:
//
//   ```sql history …   what was migrated before: replayed for all examples after it
//   ```sql bad …       this check finds something in it
//   ```sql good …      nothing is found in it, with every check of the preset `strict` on, but infos of
//   checks
//                      that warn elsewhere: a brief lock whose wait is bounded
//
// A line "-- next migration" begins another file. Words after bad or good are a fixture's header
// (support/world.hpp); `checks=own` leaves only this check on.

#include <gtest/gtest.h>

#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "migcheck/parse.hpp"
#include "migcheck/registry.hpp"
#include "support/world.hpp"

namespace migcheck {
namespace {

using testing_support::FileText;
using testing_support::World;

struct Example {
  std::string kind;  // "history", "bad", "good"
  std::string header;
  std::string sql;
};

std::vector<Example> examples_of(std::string_view page) {
  std::vector<Example> examples;
  std::istringstream in{std::string(page)};
  bool open = false;
  for (std::string line; std::getline(in, line);) {
    if (line == "```") {
      open = false;
    } else if (line.rfind("```sql ", 0) == 0) {
      std::istringstream words(line.substr(7));
      Example example;
      words >> example.kind;
      std::getline(words, example.header);
      examples.push_back(example);
      open = true;
    } else if (open) {
      examples.back().sql += line + "\n";
    }
  }
  return examples;
}

// A check that warned of a brief lock still says which lock it is when a lock_timeout bounds the wait for it.
bool is_settled(const Finding& finding) {
  return finding.severity == Severity::Info && find_check(finding.check)->severity() != Severity::Info;
}

std::string list(const LintReport& report) {
  std::string text;
  for (const Finding& finding : report.findings) {
    if (finding.disposition == Disposition::Active && !is_settled(finding))
      text += std::string(finding.check) + ": " + finding.message + "\n";
  }
  return text;
}

// "-- file: 0007_add_teams.sql" in the first line: an example about the files' names; with " (added)" or
// another FileChange behind it, about what the base has of them.
struct ExampleName {
  std::string name;
  std::string header;
};

std::optional<ExampleName> name_of(const std::string& sql) {
  constexpr std::string_view kFile = "-- file: ";
  if (sql.compare(0, kFile.size(), kFile) != 0) return std::nullopt;
  const std::string line = sql.substr(kFile.size(), sql.find('\n') - kFile.size());
  const std::size_t change = line.find(" (");
  if (change == std::string::npos) return ExampleName{line, ""};
  return ExampleName{line.substr(0, change),
                     " change=" + line.substr(change + 2, line.find(')') - change - 2)};
}

class PageTest : public testing::TestWithParam<RegisteredCheck> {};

void try_example(const RegisteredCheck& check, const Example& example, std::vector<FileText> files) {
  World world;
  world.settings.preset = "strict";
  std::string header = example.header;
  if (const auto own = header.find("checks=own"); own != std::string::npos) {
    header.erase(own, std::string_view("checks=own").size());
    world.settings.only = {std::string(check.name)};
  }
  // A bad example is about its own check, opt-in or not.
  if (example.kind == "bad") world.settings.checks[std::string(check.name)].enabled = true;
  testing_support::read_header(header, world);
  if (world.settings.pg_version >= 18 && grammar().major < 18) return;
  constexpr std::string_view kNext = "-- next migration\n";
  std::string rest = example.sql;
  for (int number = 1; !rest.empty(); ++number) {
    const std::size_t end = rest.find(kNext);
    // Without a tool the words stand in the file too: whether it holds queries is the file's own matter.
    const ExampleName name =
        name_of(rest).value_or(ExampleName{"999" + std::to_string(number) + "_example.sql", ""});
    const std::string first = world.layout == "plain" ? "-- fixture:" + header + name.header + "\n" : "";
    files.push_back({name.name, first + rest.substr(0, end)});
    rest = end == std::string::npos ? "" : rest.substr(end + kNext.size());
  }
  const LintReport report = testing_support::lint_files(files, world);
  bool own = false;
  for (const Finding& finding : report.findings) own = own || finding.check == check.name;
  if (example.kind == "bad") {
    EXPECT_TRUE(own) << "nothing is found in:\n" << example.sql << list(report);
  } else {
    EXPECT_EQ(list(report), "") << "in:\n" << example.sql;
  }
}

TEST_P(PageTest, BadExamplesAreFoundAndGoodOnesAreClean) {
  const RegisteredCheck& check = GetParam();
  std::vector<FileText> before;
  std::size_t bad = 0;
  std::size_t good = 0;
  for (const Example& example : examples_of(check.page)) {
    if (example.kind == "history") {
      before.push_back({"000" + std::to_string(before.size()) + "_history.sql", example.sql, true});
      continue;
    }
    ASSERT_TRUE(example.kind == "bad" || example.kind == "good") << "```sql " << example.kind;
    ++(example.kind == "bad" ? bad : good);
    try_example(check, example, before);
  }
  EXPECT_GE(bad, 1u) << "the page has no ```sql bad example";
  EXPECT_GE(good, 1u) << "the page has no ```sql good example";
}

INSTANTIATE_TEST_SUITE_P(Checks, PageTest, testing::ValuesIn(all_checks()), [](const auto& tested) {
  std::string name(tested.param.name);
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PageTest);

}  // namespace
}  // namespace migcheck
