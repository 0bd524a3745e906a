// SPDX-License-Identifier: MIT

// Names that PostgreSQL numbers: the first free one, however many are taken, and whatever became free since.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

#include "support/planned_world.hpp"

namespace migcheck {
namespace {

using test::PlannedWorld;

constexpr std::string_view kTable = "CREATE TABLE t (a int);";

std::string numbered(std::string_view word, int number) {
  return number == 0 ? std::string(word) : fmt::format("{}{}", word, number);
}

std::string first_free(const std::set<std::string>& taken, std::string_view word) {
  int number = 0;
  while (taken.contains(numbered(word, number))) ++number;
  return numbered(word, number);
}

std::set<std::string> constraints_of(const PlannedWorld& world) {
  std::set<std::string> names;
  for (const catalog::Constraint& one : world.table("t").constraints) names.insert(one.name);
  return names;
}

std::set<std::string> indexes_of(const PlannedWorld& world) {
  std::set<std::string> names;
  for (const catalog::Index* one : world.catalog().indexes_of(world.table("t").id)) names.insert(one->name);
  return names;
}

// One of them, at random.
std::string any_of(const std::set<std::string>& names, std::mt19937& random) {
  auto name = names.begin();
  std::advance(name, random() % names.size());
  return *name;
}

TEST(ChosenNames, OfConstraintsAreTheFirstThatIsFree) {
  PlannedWorld world(kTable);
  std::mt19937 random(7);
  std::set<std::string> taken;
  for (int step = 0; step < 900; ++step) {
    const auto what = random() % 10;
    if (what > 3 || taken.size() < 50) {
      taken.insert(first_free(taken, "t_a_check"));
      world.run("ALTER TABLE t ADD CHECK (a > 1)");
    } else if (what == 0) {
      const std::string old = any_of(taken, random);
      taken.erase(old);
      taken.insert(fmt::format("t_a_check{}", 2000 + step));
      world.run(fmt::format("ALTER TABLE t RENAME CONSTRAINT {} TO t_a_check{}", old, 2000 + step));
    } else {
      taken.erase(any_of(taken, random));
      const std::set<std::string> all = constraints_of(world);
      for (const std::string& name : all) {
        if (!taken.contains(name)) world.run("ALTER TABLE t DROP CONSTRAINT " + name);
      }
    }
    ASSERT_EQ(constraints_of(world), taken) << "step " << step;
  }
}

TEST(ChosenNames, OfIndexesAreTheFirstThatIsFree) {
  PlannedWorld world(kTable);
  std::mt19937 random(8);
  std::set<std::string> taken;
  for (int step = 0; step < 900; ++step) {
    const auto what = random() % 10;
    if (what > 3 || taken.size() < 50) {
      taken.insert(first_free(taken, "t_a_idx"));
      world.run("CREATE INDEX ON t (a)");
    } else {
      const std::string gone = any_of(taken, random);
      taken.erase(gone);
      if (what == 0) taken.insert(fmt::format("t_a_idx{}", 2000 + step));
      world.run(what == 0 ? fmt::format("ALTER INDEX {} RENAME TO t_a_idx{}", gone, 2000 + step)
                          : "DROP INDEX " + gone);
    }
    ASSERT_EQ(indexes_of(world), taken) << "step " << step;
  }
}

TEST(ChosenNames, AreFreeAgainWithinTheStatement) {
  PlannedWorld world(kTable);
  for (int n = 0; n < 60; ++n) world.run("ALTER TABLE t ADD CHECK (a > 1)");
  world.run("ALTER TABLE t DROP CONSTRAINT t_a_check44, DROP CONSTRAINT t_a_check9, ADD CHECK (a > 2);");
  EXPECT_TRUE(constraints_of(world).contains("t_a_check9"));
  EXPECT_FALSE(constraints_of(world).contains("t_a_check44"));
  for (int n = 0; n < 60; ++n) world.run("ALTER TABLE t ADD UNIQUE (a)");
  world.run("ALTER TABLE t DROP CONSTRAINT t_a_key50, DROP CONSTRAINT t_a_key33, ADD UNIQUE (a);");
  EXPECT_TRUE(world.has_relation("t_a_key33"));
  EXPECT_FALSE(world.has_relation("t_a_key50"));
}

TEST(ChosenNames, StepOverWhatOtherKindsOfObjectsAreCalled) {
  PlannedWorld world(kTable);
  for (int n = 0; n < 60; ++n) world.run("CREATE INDEX ON t (a)");
  world.run("CREATE TABLE t_a_idx60 (a int); CREATE SEQUENCE t_a_idx61; CREATE INDEX ON t (a);");
  EXPECT_TRUE(world.has_relation("t_a_idx62"));
  world.run("DROP TABLE t_a_idx60; CREATE INDEX ON t (a);");
  EXPECT_TRUE(world.has_relation("t_a_idx60"));
  EXPECT_FALSE(world.has_relation("t_a_idx63"));
}

TEST(ChosenNames, AreTakenInOneSchemaAndFreeInAnother) {
  PlannedWorld world("CREATE TABLE t (a int); CREATE SCHEMA s; CREATE TABLE s.t (a int);");
  for (int n = 0; n < 60; ++n) world.run("CREATE INDEX ON t (a)");
  world.run("CREATE INDEX ON s.t (a)");
  EXPECT_NE(world.catalog().relation("s", "t_a_idx", {}), nullptr);
}

TEST(ChosenNames, OfDomainConstraintsAreTheFirstThatIsFree) {
  PlannedWorld world("CREATE DOMAIN d AS int;");
  for (int n = 0; n < 60; ++n) world.run("ALTER DOMAIN d ADD CHECK (VALUE > 1)");
  world.run("ALTER DOMAIN d DROP CONSTRAINT d_check40; ALTER DOMAIN d DROP CONSTRAINT d_check3;");
  const auto has = [&](std::string_view name) {
    return world.catalog().type({}, "d", world.session.search_path)->constraints.find(name) != nullptr;
  };
  world.run("ALTER DOMAIN d ADD CHECK (VALUE > 1)");
  EXPECT_TRUE(has("d_check3"));
  EXPECT_FALSE(has("d_check40"));
  world.run("ALTER DOMAIN d ADD CHECK (VALUE > 1); ALTER DOMAIN d ADD CHECK (VALUE > 1);");
  EXPECT_TRUE(has("d_check40"));
  EXPECT_TRUE(has("d_check60"));
}

// Cut names are cut anew for each number.
TEST(ChosenNames, ThatAreCutAreTheFirstThatIsFree) {
  const std::string table(40, 'a');
  const std::string column(40, 'b');
  PlannedWorld world(fmt::format("CREATE TABLE {} ({} int);", table, column));
  for (int n = 0; n < 60; ++n) world.run(fmt::format("CREATE INDEX ON {} ({})", table, column));
  const std::string word = std::string(29, 'a') + "_" + std::string(28, 'b') + "_idx";
  EXPECT_TRUE(world.has_relation(word + "9"));
  world.run("DROP INDEX " + word + "7");
  world.run(fmt::format("CREATE INDEX ON {} ({})", table, column));
  EXPECT_TRUE(world.has_relation(word + "7"));
}

}  // namespace
}  // namespace migcheck
