// SPDX-License-Identifier: MIT

// What every check must have: metadata that reads well, and a page with the four headings.

#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "migcheck/registry.hpp"

namespace migcheck {
namespace {

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

}  // namespace
}  // namespace migcheck
