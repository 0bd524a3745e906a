// SPDX-License-Identifier: MIT

// Every key of the configuration has a file in fixtures/config/effects that shows what it changes, and every
// kind of mistake one in fixtures/config/mistakes that shows what is said.
//
// An effect is a small project: sections that begin with "== path". "checks" names the checks whose findings
// count (and "exit" for the exit code); where it is empty the whole output does. "arguments" are words for
// `migcheck lint`. "without" is the outcome with --no-config, "with" the other; MIGCHECK_UPDATE_GOLDEN=1
// writes both. A mistake ends with a line "# expect: " and a part of the message.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "cli/options.hpp"
#include "config/keys.hpp"
#include "migcheck/input.hpp"
#include "report/paint.hpp"
#include "support/command_line.hpp"

namespace migcheck {
namespace {

namespace fs = std::filesystem;
using testing::Outcome;

std::vector<fs::path> files_in(const char* folder) {
  std::vector<fs::path> files;
  for (const auto& entry :
       fs::directory_iterator(fs::path(MIGCHECK_SOURCE_DIR) / "fixtures/config" / folder)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string text_of_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Part {
  std::string name;
  std::string text;
};

std::vector<Part> parts_of(const std::string& text) {
  std::vector<Part> parts;
  for (const std::string_view line : report::lines_of(text)) {
    if (line.substr(0, 3) == "== ") {
      parts.push_back({std::string(line.substr(3)), ""});
    } else if (!parts.empty()) {
      parts.back().text.append(line).append("\n");
    }
  }
  return parts;
}

std::vector<std::string> lines_in(const std::vector<Part>& parts, std::string_view name) {
  std::vector<std::string> lines;
  for (const Part& part : parts) {
    if (part.name != name) continue;
    for (const std::string_view line : report::lines_of(part.text)) {
      if (!line.empty()) lines.emplace_back(line);
    }
  }
  return lines;
}

// "path:1:8: error: What happens. [name]" becomes "path:1:8: error [name]": the words may change.
std::string without_message(const std::string& line) {
  std::size_t colon = 0;
  for (int n = 0; n < 4 && colon != std::string::npos; ++n) colon = line.find(':', colon + 1);
  return colon == std::string::npos ? line : line.substr(0, colon) + " " + line.substr(line.rfind('['));
}

class ConfigurationEffects : public testing::CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    fs::remove_all(folder_ / "migrations");
    before_ = fs::current_path();
    fs::current_path(folder_);
  }
  void TearDown() override {
    fs::current_path(before_);
    CommandLine::TearDown();
  }

  [[nodiscard]] std::string outcome(const std::vector<Part>& parts, std::vector<std::string> words) const {
    const auto more = lines_in(parts, "arguments");
    words.insert(words.begin(), {"lint", "-f", "compact"});
    words.insert(words.end(), more.begin(), more.end());
    const Outcome result = run(words);
    const auto checks = lines_in(parts, "checks");
    if (checks.empty()) return result.out;
    std::string kept;
    for (const std::string_view line : report::lines_of(result.out)) {
      const bool counts = std::any_of(checks.begin(), checks.end(), [&](const std::string& check) {
        const std::string end = "[" + check + "]";
        return line.size() > end.size() && line.substr(line.size() - end.size()) == end;
      });
      if (counts) kept += without_message(std::string(line)) + "\n";
    }
    if (std::count(checks.begin(), checks.end(), "exit") > 0) kept += fmt::format("exit {}\n", result.code);
    return kept;
  }

  void make_project(const std::vector<Part>& parts) const {
    static const std::set<std::string> kNoFiles = {"checks", "arguments", "with", "without"};
    for (const Part& part : parts) {
      if (kNoFiles.count(part.name) == 0) write(part.name, part.text);
    }
  }

 private:
  fs::path before_;
};

TEST_F(ConfigurationEffects, AreAsTheFixturesShow) {
  for (const fs::path& file : files_in("effects")) {
    SCOPED_TRACE(file.filename());
    const std::string text = text_of_file(file);
    const std::vector<Part> parts = parts_of(text);
    fs::remove_all(folder_);
    fs::create_directories(folder_ / ".git");
    fs::current_path(folder_);
    make_project(parts);
    const std::string without = outcome(parts, {"--no-config"});
    const std::string with = outcome(parts, {});
    EXPECT_NE(without, with) << "the key changes nothing";
    const std::string shown =
        text.substr(0, text.find("== without\n")) + "== without\n" + without + "== with\n" + with;
    if (std::getenv("MIGCHECK_UPDATE_GOLDEN") != nullptr) std::ofstream(file, std::ios::binary) << shown;
    EXPECT_EQ(text_of_file(file), shown);
  }
}

void expect_fixtures_of(const std::vector<config::Key>& keys, const std::string& prefix,
                        std::set<std::string>& fixtures) {
  for (const config::Key& key : keys) {
    const std::string name = prefix + std::string(key.name);
    if (!key.keys.empty()) expect_fixtures_of(key.keys, name + ".", fixtures);
    if (key.shape != config::Shape::Object && name != "version") {  // there is one version so far
      EXPECT_EQ(fixtures.erase(name), 1u)
          << "fixtures/config/effects/" << name << ".txt shows what the key does";
    }
  }
}

TEST(ConfigurationFixtures, ShowEveryKey) {
  std::set<std::string> fixtures;
  for (const fs::path& file : files_in("effects")) fixtures.insert(file.stem().string());
  expect_fixtures_of(config::all_keys(), "", fixtures);
  EXPECT_THAT(fixtures, ::testing::IsEmpty()) << "these show keys that are not there";
}

void expect_rows_of(const std::vector<config::Key>& keys, const std::string& prefix,
                    const std::string& page) {
  for (const config::Key& key : keys) {
    const std::string name = prefix + std::string(key.name);
    if (!key.keys.empty()) expect_rows_of(key.keys, name + ".", page);
    if (key.shape != config::Shape::Object) {
      EXPECT_THAT(page, ::testing::HasSubstr("\n| `" + name + "` | ")) << "docs/configuration.md";
    }
  }
}

TEST(ConfigurationPage, NamesEveryKeyAndVariable) {
  const std::string page = text_of_file(fs::path(MIGCHECK_SOURCE_DIR) / "docs/configuration.md");
  expect_rows_of(config::all_keys(), "", page);
  for (const cli::EnvironmentRow& row : cli::all_environment()) {
    EXPECT_THAT(page, ::testing::HasSubstr("\n| `" + std::string(row.name) + "` | "));
  }
}

TEST(ConfigurationFixtures, ShowEveryMistake) {
  constexpr std::string_view kMark = "# expect: ";
  for (const fs::path& file : files_in("mistakes")) {
    SCOPED_TRACE(file.filename());
    const std::string text = text_of_file(file);
    const std::size_t mark = text.rfind(kMark);
    ASSERT_NE(mark, std::string::npos);
    std::string expected = text.substr(mark + kMark.size());
    expected.pop_back();
    const auto read = parse_configuration(text.substr(0, mark), "migcheck.yaml", layout_names());
    ASSERT_FALSE(read) << "this is no mistake";
    EXPECT_THAT(read.error().to_string(), ::testing::HasSubstr(expected));
  }
}

}  // namespace
}  // namespace migcheck
