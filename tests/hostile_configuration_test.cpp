// SPDX-License-Identifier: MIT

// YAML that was made to break its reader, as configuration and as baseline: an error with a place, in bounded
// time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

#include "migcheck/config.hpp"
#include "support/binary_run.hpp"
#include "support/hostile_texts.hpp"

namespace migcheck {
namespace {

using testing::repeated;

struct HostileYaml {
  std::string name;
  std::string text;
};

void PrintTo(const HostileYaml& yaml, std::ostream* out) {
  *out << yaml.name;
}

// Each alias stands for a list of ten of the one before.
std::string alias_bomb(std::string_view key) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int n = 1; n < 20; ++n) {
    const std::string before = "*a" + std::to_string(n - 1);
    text += "a" + std::to_string(n) + ": &a" + std::to_string(n) + " [" + before;
    for (int m = 0; m < 9; ++m) text += ", " + before;
    text += "]\n";
  }
  return text + std::string(key) + ": *a19\n";
}

std::vector<HostileYaml> hostile_yaml() {
  return {
      {"AliasBomb", alias_bomb("exclude")},
      {"AliasBombInFiles", alias_bomb("files")},
      {"AliasToItself", "exclude: &a [*a]\n"},
      {"AliasOfNothing", "exclude: *nothing\n"},
      {"DeepLists", "exclude: " + std::string(100'000, '[')},
      {"DeepMappings", "checks: " + repeated({}, "{a: ", 100'000)},
      {"DeepDashes", "exclude:\n" + repeated({}, "- ", 50'000)},
      {"DeepKeys", repeated({}, "? ", 50'000)},
      {"HugeScalar", "preset: " + std::string(5'000'000, 'x')},
      {"HugeKey", std::string(1'000'000, 'x') + ": 1\n"},
      {"HugeNumber", "postgres: " + std::string(100'000, '9')},
      {"Tabs", "checks:\n\ttable-dropped: off\n"},
      {"ManyKeys", repeated("checks:\n", "  table-dropped: off\n", 50'000)},
      {"NulByte", std::string("preset: sa\0as\n", 14)},
      {"InvalidUtf8", "preset: \xFF\xFE\xFA\n"},
      {"Utf16", std::string("\xFF\xFEp\0o\0s\0t\0", 10)},
      {"OpenQuote", "preset: \"" + std::string(100'000, 'x')},
      {"OpenFlow", "exclude: [" + repeated({}, "a, ", 50'000)},
      {"ManyDocuments", repeated({}, "---\n", 50'000)},
      {"CommaAlone", ",NDEX"},
      {"Directives", repeated({}, "%YAML 1.2\n", 10'000)},
      {"Binary", "preset: !!binary " + std::string(100'000, 'A')},
      {"Tags", "preset: " + repeated({}, "!!str ", 20'000) + "saas\n"},
      {"MergeKeys", "a: &a {version: 1}\n<<: *a\n"},
      {"Escapes", "preset: \"\\x00\\uD800\\U00110000\"\n"},
  };
}

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

class Yaml : public ::testing::TestWithParam<HostileYaml> {};

TEST_P(Yaml, OfAConfigurationIsRefusedWithAPlace) {
  const double begun = cpu_seconds();
  const auto read = parse_configuration(GetParam().text, "migcheck.yaml", {"goose"});
  EXPECT_LT(cpu_seconds() - begun, testing::kSanitized ? 30 : 3);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().where.rfind("migcheck.yaml:", 0), 0u) << read.error().where;
  EXPECT_LT(read.error().what.size(), 2'000u);
}

TEST_P(Yaml, OfABaselineIsRefusedWithAPlace) {
  const double begun = cpu_seconds();
  const auto read = parse_baseline(GetParam().text, "baseline.yaml");
  EXPECT_LT(cpu_seconds() - begun, testing::kSanitized ? 30 : 3);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().where.rfind("baseline.yaml:", 0), 0u) << read.error().where;
  EXPECT_LT(read.error().what.size(), 2'000u);
}

INSTANTIATE_TEST_SUITE_P(All, Yaml, ::testing::ValuesIn(hostile_yaml()),
                         [](const auto& named) { return named.param.name; });

}  // namespace
}  // namespace migcheck
