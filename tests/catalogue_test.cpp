// SPDX-License-Identifier: MIT

// What every check must have: metadata that reads well, and a page with the four headings.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/registry.hpp"

namespace migcheck {
namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Catalogue : public testing::TestWithParam<RegisteredCheck> {};

TEST_P(Catalogue, HasMetadataThatReadsWell) {
  const RegisteredCheck& check = GetParam();
  EXPECT_TRUE(std::regex_match(std::string(check.name), std::regex("[a-z]+(-[a-z0-9]+)*")));
  EXPECT_TRUE(std::regex_match(std::string(check.check->since), std::regex(R"(\d+\.\d+\.\d+)")));
  ASSERT_FALSE(check.check->summary.empty());
  EXPECT_EQ(check.check->summary.back(), '.') << "the summary is one sentence";
  EXPECT_EQ(check.check->summary.find('\n'), std::string_view::npos);
  EXPECT_LE(check.check->summary.size(), 120u);
  EXPECT_NE(find_category(check.category), nullptr) << check.category << " is no category";
}

TEST_P(Catalogue, HasAPageWithTheFourHeadings) {
  const RegisteredCheck& check = GetParam();
  const std::string page(check.page);
  EXPECT_EQ(page.rfind("# " + std::string(check.name) + "\n", 0), 0u)
      << "the page begins with the check's name";
  std::size_t from = 0;
  for (const char* heading :
       {"\n## What happens\n", "\n## Unsafe\n", "\n## Safe\n", "\n## When to ignore\n"}) {
    const std::size_t at = page.find(heading, from);
    ASSERT_NE(at, std::string::npos) << "missing or out of order: " << heading;
    from = at + 1;
  }
}

// It is not even asked of other kinds than it names, so it has to name all that it asks for.
TEST_P(Catalogue, NamesTheStatementsThatItAsksFor) {
  const RegisteredCheck& check = GetParam();
  std::string file(check.name);
  std::replace(file.begin(), file.end(), '-', '_');
  const std::string source = read(std::filesystem::path(MIGCHECK_SOURCE_DIR) / "checks" /
                                  std::string(check.category) / (file + ".cpp"));
  const std::size_t begin = source.find(".statements = {");
  if (begin == std::string::npos) return;
  const std::string named = source.substr(begin, source.find('}', begin) - begin);
  const std::regex asked("statement_as<ast::(\\w+)>");
  for (auto found = std::sregex_iterator(source.begin(), source.end(), asked);
       found != std::sregex_iterator(); ++found) {
    EXPECT_TRUE(std::regex_search(named, std::regex("NodeKind::" + found->str(1) + "\\b")))
        << found->str() << " never gives anything";
  }
}

// A check that runs has fixtures; one that only the engine reports is covered by the engine's tests and has
// them too.
TEST_P(Catalogue, HasFixtures) {
  const RegisteredCheck& check = GetParam();
  std::string folder(check.name);
  const std::filesystem::path place =
      std::filesystem::path(MIGCHECK_SOURCE_DIR) / "fixtures/checks" / std::string(check.category) / folder;
  EXPECT_TRUE(std::filesystem::is_directory(place)) << place;
}

INSTANTIATE_TEST_SUITE_P(Checks, Catalogue, testing::ValuesIn(all_checks()), [](const auto& tested) {
  std::string name(tested.param.name);
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Catalogue);

TEST(CatalogueTable, NamesAreUniqueAndSortedByCategory) {
  std::set<std::string_view> names;
  for (const RegisteredCheck& check : all_checks())
    EXPECT_TRUE(names.insert(check.name).second) << check.name;
}

// What a category promises: without a word of the project its checks are in this preset, at this severity.
// Those that are not are listed by name, each for its reason.
struct Departs {
  std::string_view check;
  Severity severity;
  Preset preset;
};

const std::vector<Departs>& departures_of_saas() {
  static const std::vector<Departs> departures = {
      // A type or a key that hurts whatever conventions a project has.
      {"timestamp-without-time-zone", Severity::Warning, Preset::Safety},
      {"integer-primary-key", Severity::Warning, Preset::Safety},
      {"primary-key-missing", Severity::Warning, Preset::Safety},
      {"json-column", Severity::Warning, Preset::Safety},
      {"foreign-key-type-mismatch", Severity::Warning, Preset::Safety},
      // Worth knowing, and right in many projects.
      {"enum-created", Severity::Info, Preset::Saas},
      {"updated-at-not-maintained", Severity::Info, Preset::Saas},
      {"comment-missing", Severity::Info, Preset::OptIn},
  };
  return departures;
}

TEST(CatalogueTable, SchemaNamingAndQueriesAreInTheirPresetsAtTheirSeverities) {
  std::size_t met = 0;
  std::size_t naming = 0;
  for (const RegisteredCheck& check : all_checks()) {
    if (check.category != "schema" && check.category != "naming" && check.category != "queries") continue;
    naming += static_cast<std::size_t>(check.category == "naming");
    const auto& listed = departures_of_saas();
    const auto departs = std::find_if(listed.begin(), listed.end(),
                                      [&](const Departs& one) { return one.check == check.name; });
    const Category* home = find_category(check.category);
    const bool is_listed = departs != listed.end();
    met += static_cast<std::size_t>(is_listed);
    EXPECT_EQ(check.severity(), is_listed ? departs->severity : home->severity) << check.name;
    EXPECT_EQ(check.preset(), is_listed ? departs->preset : home->preset) << check.name;
  }
  EXPECT_EQ(met, departures_of_saas().size()) << "a listed check is not there";
  EXPECT_EQ(naming, 11u);
}

TEST(CatalogueTable, EachPresetHoldsTheOneBefore) {
  Settings safety;
  Settings saas;
  saas.preset = "saas";
  Settings strict;
  strict.preset = "strict";
  std::size_t counts[3] = {};
  for (const RegisteredCheck& check : all_checks()) {
    const bool on[] = {is_enabled(check, safety), is_enabled(check, saas), is_enabled(check, strict)};
    EXPECT_LE(on[0], on[1]) << check.name;
    EXPECT_LE(on[1], on[2]) << check.name;
    for (std::size_t at = 0; at < 3; ++at) counts[at] += static_cast<std::size_t>(on[at]);
    const bool newer = check.check->min_pg > safety.pg_version;
    const bool older = check.check->max_pg != 0 && check.check->max_pg < safety.pg_version;
    if (check.preset() == Preset::OptIn || newer || older) continue;
    EXPECT_TRUE(on[2]) << check.name << ": strict is everything but the opt-ins";
    if (check.category == "naming") {
      EXPECT_TRUE(!on[0] && on[1]) << check.name;
    }
    if (check.category == "queries") {
      EXPECT_TRUE(!on[1] && on[2]) << check.name;
    }
  }
  EXPECT_LT(counts[0], counts[1]);
  EXPECT_LT(counts[1], counts[2]);
}

}  // namespace
}  // namespace migcheck
