// SPDX-License-Identifier: MIT

// Which checks run: presets, --only, --enable and --disable, by name and by category, in any order.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "support/command_line.hpp"

namespace migcheck {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

using testing::Outcome;

class Switches : public testing::CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    write("migrations/0003_more.sql",
          "ALTER TABLE members ADD COLUMN born timestamp;\n"
          "ALTER TABLE members ALTER COLUMN email SET NOT NULL;\n"
          "CREATE TABLE \"Badge\" (id bigint PRIMARY KEY, Price money);\n"
          "CREATE VIEW nobody AS SELECT id FROM members WHERE email = NULL;\n");
  }

  // The names of the checks that find something.
  [[nodiscard]] std::set<std::string> found(std::vector<std::string> words) const {
    words.insert(words.begin(), "lint");
    words.insert(words.end(), {"--no-config", "--format=json", path("migrations")});
    const std::string out = run(words).out;
    const std::regex name("\"check\": \"([a-z-]+)\"");
    std::set<std::string> names;
    for (std::sregex_iterator at(out.begin(), out.end(), name), end; at != end; ++at) names.insert((*at)[1]);
    return names;
  }
};

TEST_F(Switches, OnlyTakesNamesAndCategories) {
  EXPECT_THAT(found({"--only=blocking"}), ElementsAre("index-not-concurrent", "set-not-null-scan"));
  EXPECT_THAT(found({"--only=set-not-null-scan"}), ElementsAre("set-not-null-scan"));
  EXPECT_THAT(found({"--only=money-column,blocking"}),
              ElementsAre("index-not-concurrent", "money-column", "set-not-null-scan"));
}

TEST_F(Switches, DisableTakesAwayFromOnlyAndEnableAddsToIt) {
  EXPECT_THAT(found({"--only=blocking", "--disable=index-not-concurrent"}), ElementsAre("set-not-null-scan"));
  EXPECT_THAT(found({"--disable=index-not-concurrent", "--only=blocking"}), ElementsAre("set-not-null-scan"));
  EXPECT_THAT(found({"--only=blocking", "--rule=index-not-concurrent=off"}),
              ElementsAre("set-not-null-scan"));
  EXPECT_THAT(found({"--only=set-not-null-scan", "--enable=money-column"}),
              ElementsAre("money-column", "set-not-null-scan"));
  EXPECT_THAT(found({"--only=set-not-null-scan", "--disable=blocking"}), ElementsAre("set-not-null-scan"));
}

TEST_F(Switches, ANameSaysMoreThanItsCategoryInEitherOrder) {
  for (const bool first : {true, false}) {
    std::vector<std::string> keep = {"--disable=blocking", "--enable=set-not-null-scan"};
    std::vector<std::string> drop = {"--enable=schema", "--disable=money-column"};
    if (!first) std::swap(keep[0], keep[1]);
    if (!first) std::swap(drop[0], drop[1]);
    EXPECT_THAT(found(keep), AllOf(Contains("set-not-null-scan"), Not(Contains("index-not-concurrent"))));
    EXPECT_THAT(found(drop), Not(Contains("money-column")));
  }
  EXPECT_THAT(found({"--enable=money-column"}), Contains("money-column"));
  EXPECT_THAT(found({"--enable=money-column", "--disable=money-column"}), Not(Contains("money-column")));
}

TEST_F(Switches, TheCommandLineHasTheLastWordOverTheConfiguration) {
  write("migcheck.yaml", "checks:\n  set-not-null-scan: off\n  blocking: error\n  money-column: warning\n");
  const auto checks = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"lint", "--config", path("migcheck.yaml"), "--format=compact"});
    words.push_back(path("migrations"));
    return run(words).out;
  };
  EXPECT_THAT(checks({}), AllOf(HasSubstr("index-not-concurrent"), HasSubstr("money-column"),
                                Not(HasSubstr("set-not-null-scan"))));
  EXPECT_THAT(checks({"--enable=set-not-null-scan"}), HasSubstr("set-not-null-scan"));
  EXPECT_THAT(checks({"--enable=blocking"}), HasSubstr("set-not-null-scan"));
  EXPECT_THAT(checks({"--only=set-not-null-scan"}), HasSubstr("set-not-null-scan"));
  EXPECT_THAT(checks({"--disable=schema"}), Not(HasSubstr("money-column")));
  EXPECT_THAT(checks({"--disable=money-column"}), Not(HasSubstr("money-column")));
}

TEST_F(Switches, EachPresetHoldsTheOneBefore) {
  const auto preset = [&](const std::string& name) {
    write("migcheck.yaml", "preset: " + name + "\n");
    const std::string out =
        run({"lint", "--config", path("migcheck.yaml"), "--format=json", path("migrations")}).out;
    const std::regex pattern("\"check\": \"([a-z-]+)\"");
    std::set<std::string> names;
    for (std::sregex_iterator at(out.begin(), out.end(), pattern), end; at != end; ++at)
      names.insert((*at)[1]);
    return names;
  };
  const std::set<std::string> safety = preset("safety");
  const std::set<std::string> saas = preset("saas");
  const std::set<std::string> strict = preset("strict");
  EXPECT_THAT(safety, AllOf(Contains("index-not-concurrent"), Contains("timestamp-without-time-zone"),
                            Not(Contains("money-column")), Not(Contains("equals-null"))));
  EXPECT_THAT(saas, AllOf(IsSupersetOf(safety), Contains("money-column"), Not(Contains("equals-null"))));
  EXPECT_THAT(strict, AllOf(IsSupersetOf(saas), Contains("equals-null")));
}

TEST_F(Switches, UnknownNamesAreRefusedWithWhatWasMeant) {
  for (const char* option : {"--only", "--enable", "--disable"}) {
    const Outcome outcome = run({"lint", std::string(option) + "=index-not-concurent", path("migrations")});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.err, AllOf(HasSubstr(std::string(option) + ": there is no check or category"),
                                   HasSubstr("Did you mean \"index-not-concurrent\"?")));
  }
  const Outcome category = run({"lint", "--only=bloking", path("migrations")});
  EXPECT_EQ(category.code, 2);
  EXPECT_THAT(category.err, HasSubstr("Did you mean \"blocking\"?"));
  const Outcome nothing = run({"lint", "--only=money-column", "--disable=money-column", path("migrations")});
  EXPECT_EQ(nothing.code, 2);
  EXPECT_THAT(nothing.err, HasSubstr("leave no check"));
}

}  // namespace
}  // namespace migcheck
