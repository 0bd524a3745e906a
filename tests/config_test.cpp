// SPDX-License-Identifier: MIT

#include "migcheck/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "config/keys.hpp"

namespace migcheck {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<std::string> kLayouts = {"goose", "flyway"};

Configuration read(std::string_view text) {
  auto configuration = parse_configuration(text, "migcheck.yaml", kLayouts);
  EXPECT_TRUE(configuration) << configuration.error().to_string();
  return configuration ? *configuration : Configuration{};
}

std::string refused(std::string_view text) {
  const auto configuration = parse_configuration(text, "migcheck.yaml", kLayouts);
  EXPECT_FALSE(configuration) << text;
  return configuration ? "" : configuration.error().to_string();
}

TEST(Configuration, AnEmptyFileIsTheDefaults) {
  EXPECT_EQ(read("").settings.pg_version, kDefaultPgVersion);
  EXPECT_EQ(read("# nothing\n---\n").settings.preset, "safety");
}

TEST(Configuration, EveryKeyReachesItsSetting) {
  const Configuration all = read(R"(version: 1
postgres: 14
migrations: db/migrations
layout: goose
queries: [db/queries, db/reports]
seeds: db/fill
schema_dumps: db/schema.sql
exclude: ["**/seed/**"]
preset: saas
tables: {countries: small}
tenancy:
  enabled: yes
  column: team_id
  root: teams
  global_tables: [plans]
  setting: app.team_id
  bypass_roles: [admin]
  trust_foreign_keys: false
lock_timeout: {set_by_runner: true, longest: 5s}
suppressions: {require_reason: true}
fail_on: never
checks:
  index-not-concurrent: info
  table-dropped: {severity: warning}
  column-dropped: off
  indexes: error
)");
  const Settings& settings = all.settings;
  EXPECT_EQ(settings.pg_version, 14);
  ASSERT_EQ(all.migrations.size(), 1u);
  EXPECT_EQ(all.migrations[0].path, "db/migrations");
  EXPECT_EQ(all.layout, "goose");
  EXPECT_THAT(all.queries, ElementsAre("db/queries", "db/reports"));
  EXPECT_THAT(all.seeds, ElementsAre("db/fill"));
  EXPECT_THAT(all.schema_dumps, ElementsAre("db/schema.sql"));
  EXPECT_THAT(all.exclude, ElementsAre("**/seed/**"));
  EXPECT_EQ(settings.preset, "saas");
  EXPECT_EQ(settings.tables.at("countries"), TableSize::Small);
  EXPECT_TRUE(settings.tenancy.enabled);
  EXPECT_THAT(settings.tenancy.columns, ElementsAre("team_id"));
  EXPECT_EQ(settings.tenancy.root, "teams");
  EXPECT_THAT(settings.tenancy.global_tables, ElementsAre("plans"));
  EXPECT_EQ(settings.tenancy.setting, "app.team_id");
  EXPECT_THAT(settings.tenancy.bypass_roles, ElementsAre("admin"));
  EXPECT_FALSE(settings.tenancy.trust_foreign_keys);
  EXPECT_TRUE(settings.timeouts.lock_timeout_set_by_runner);
  EXPECT_EQ(settings.timeouts.longest_lock_timeout_ms, 5000);
  EXPECT_TRUE(settings.require_reason);
  EXPECT_TRUE(settings.never_fail);
  EXPECT_EQ(settings.checks.at("index-not-concurrent").severity, Severity::Info);
  EXPECT_EQ(settings.checks.at("table-dropped").severity, Severity::Warning);
  EXPECT_EQ(settings.checks.at("column-dropped").enabled, false);
  EXPECT_EQ(settings.categories.at("indexes").severity, Severity::Error);
  EXPECT_EQ(all.origins.at("lock_timeout.longest"), "migcheck.yaml:19:37");
}

TEST(Configuration, MistakesSayWhereAndWhatWasMeant) {
  EXPECT_EQ(refused("version: 1\nexcludes: x\n"),
            "migcheck.yaml:2:1: Unknown key \"excludes\". Did you mean \"exclude\"?");
  EXPECT_EQ(refused("tenancy:\n  colum: [a]\n"),
            "migcheck.yaml:2:3: Unknown key \"colum\" in \"tenancy\". Did you mean \"column\"?");
  EXPECT_EQ(refused("postgres: 14\npreset: saas\npostgres: 15\n"),
            "migcheck.yaml:3:1: The key \"postgres\" stands at migcheck.yaml:1:1 already.");
  EXPECT_EQ(refused("checks: {index-not-concurent: off}"),
            "migcheck.yaml:1:10: There is no check or category \"index-not-concurent\". Did you mean "
            "\"index-not-concurrent\"?");
  EXPECT_EQ(refused("checks: {table-dropped: warn}"),
            "migcheck.yaml:1:25: \"checks.table-dropped\" cannot be \"warn\". Did you mean \"warning\"?");
  EXPECT_EQ(refused("checks: {table-dropped: {options: {x: 1}}}"),
            "migcheck.yaml:1:36: The check \"table-dropped\" has no option \"x\". It has no options.");
  EXPECT_EQ(
      refused("checks: {blocking: {options: {}}}"),
      "migcheck.yaml:1:21: Unknown key \"options\" in \"checks.blocking\". A category has a severity only.");
  EXPECT_EQ(refused("layout: goos"),
            "migcheck.yaml:1:9: \"layout\" cannot be \"goos\". Did you mean \"goose\"?");
  EXPECT_EQ(refused("tables: {a: tiny}"),
            "migcheck.yaml:1:13: \"tables.a\" cannot be \"tiny\". There are: small.");
}

TEST(Configuration, TypesAreStrict) {
  EXPECT_EQ(refused("postgres: fifteen"),
            "migcheck.yaml:1:11: \"postgres\" must be a whole number from 9 to 99, not \"fifteen\".");
  EXPECT_EQ(refused("version: 2"), "migcheck.yaml:1:10: \"version\" must be 1, not \"2\".");
  EXPECT_EQ(refused("suppressions: {require_reason: 3}"),
            "migcheck.yaml:1:32: \"suppressions.require_reason\" must be true or false, not \"3\".");
  EXPECT_EQ(refused("lock_timeout: {longest: 5}"),
            "migcheck.yaml:1:25: \"lock_timeout.longest\" must be a duration such as 500ms, 10s or 2min, not "
            "\"5\".");
  EXPECT_EQ(refused("exclude: {a: b}"),
            "migcheck.yaml:1:10: \"exclude\" must be a string or a list of strings.");
  EXPECT_EQ(refused("exclude: [[a]]"), "migcheck.yaml:1:11: \"exclude\" must be a list of strings.");
  EXPECT_EQ(refused("preset: [saas]"), "migcheck.yaml:1:9: \"preset\" must be a word or a string.");
  EXPECT_EQ(refused("tenancy: team_id"), "migcheck.yaml:1:10: \"tenancy\" must be a mapping (name: value).");
  EXPECT_EQ(refused("- a"), "migcheck.yaml:1:1: A configuration must be a mapping (name: value).");
}

TEST(Configuration, WhatIsNotYamlIsSaidWithItsPlace) {
  EXPECT_THAT(refused("a: [1"),
              HasSubstr("migcheck.yaml:1:1: This is not YAML: end of sequence flow not found."));
  EXPECT_THAT(refused("a: b: c"), HasSubstr("migcheck.yaml:1:5: This is not YAML: "));
  EXPECT_EQ(refused("version: 1\n---\nversion: 1\n"),
            "migcheck.yaml:3:1: A configuration is one YAML document.");
  EXPECT_THAT(refused(std::string(100'000, '[')), HasSubstr("This is not YAML: "));
}

TEST(Configuration, IsFoundUpwardsUntilTheRepositoryEnds) {
  namespace fs = std::filesystem;
  const fs::path root = fs::path(::testing::TempDir()) / "migcheck_config_test";
  fs::remove_all(root);
  fs::create_directories(root / "project/.git");
  fs::create_directories(root / "project/db/migrations");
  std::ofstream(root / "migcheck.yaml") << "version: 1\n";
  std::ofstream(root / "project/db/migrations/1.sql") << "SELECT 1;\n";
  const std::string file = root / "project/db/migrations/1.sql";
  EXPECT_EQ(find_configuration(file), std::nullopt) << "the one above the repository is not the project's";
  std::ofstream(root / "project/.migcheck.yml") << "version: 1\n";
  EXPECT_EQ(find_configuration(file), (root / "project/.migcheck.yml").string());
  std::ofstream(root / "project/db/migcheck.yaml") << "postgres: 13\n";
  EXPECT_EQ(find_configuration((root / "project/db/migrations").string()),
            (root / "project/db/migcheck.yaml").string());
  const auto configuration = read_configuration(root / "project/db/migcheck.yaml", kLayouts);
  ASSERT_TRUE(configuration);
  EXPECT_EQ(configuration->root, (root / "project/db").string());
  EXPECT_THAT(read_configuration(root / "nothing.yaml", kLayouts).error().to_string(),
              HasSubstr("nothing.yaml: The configuration cannot be read: No such file or directory."));
  fs::remove_all(root);
}

TEST(Configuration, TheDescriptionNamesOriginsAndReadsBackAsItself) {
  const Configuration given = read(
      "postgres: 13\nexclude: [\"a b\", '*.x']\nchecks: {table-dropped: info}\nlock_timeout: {longest: "
      "2min}\n");
  const std::string text = describe_configuration(given);
  EXPECT_THAT(text, HasSubstr("postgres: 13                            # migcheck.yaml:1:1\n"));
  EXPECT_THAT(text, HasSubstr("preset: safety                          # default\n"));
  EXPECT_THAT(text, HasSubstr("table-dropped: info"));
  const Configuration again = read(text);
  EXPECT_EQ(again.settings.pg_version, 13);
  EXPECT_EQ(again.exclude, given.exclude);
  EXPECT_EQ(again.settings.timeouts.longest_lock_timeout_ms, 120'000);
  EXPECT_EQ(again.settings.checks.at("table-dropped").severity, Severity::Info);
}

TEST(ConfigurationKeys, AllCanBeAppliedAndShown) {
  const auto complete = [](const config::Key& key) {
    const bool special = key.shape == config::Shape::Checks || key.shape == config::Shape::Tables ||
                         key.shape == config::Shape::Paths;
    return special || (key.apply != nullptr && key.show != nullptr);
  };
  for (const config::Key& key : config::all_keys()) {
    EXPECT_FALSE(key.summary.empty()) << key.name;
    if (key.shape != config::Shape::Object) {
      EXPECT_TRUE(complete(key)) << key.name;
      continue;
    }
    for (const config::Key& inner : key.keys) EXPECT_TRUE(complete(inner)) << inner.name;
  }
}

}  // namespace
}  // namespace migcheck
