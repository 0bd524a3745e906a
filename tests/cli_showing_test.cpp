// SPDX-License-Identifier: MIT

// The commands that show what migrations do, as a person runs them: locks and tenancy.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "migcheck/cli.hpp"

namespace migcheck {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
};

Outcome run(const std::vector<std::string>& words, const std::string& input = "") {
  Outcome outcome;
  Console console;
  console.out = [&](std::string_view text) {
    outcome.out += text;
    return true;
  };
  console.err = [&](std::string_view text) { outcome.err += text; };
  console.read_input = [&] { return Result<std::string>(input); };
  console.environment = [](const char*) { return std::optional<std::string>(); };
  outcome.code = run_command_line(words, console);
  return outcome;
}

std::string project(const std::string& name) {
  return std::string(MIGCHECK_SOURCE_DIR) + "/fixtures/projects/" + name;
}

TEST(LocksCommand, TellsPeopleAndMachines) {
  const Outcome text = run({"locks", project("saas")});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out, AllOf(StartsWith("Locks on PostgreSQL 15\n"), HasSubstr("public.projects")));
  EXPECT_THAT(text.out, Not(HasSubstr("queries/"))) << "the application's queries are no migration";
  const Outcome json = run({"locks", "--format", "json", "--pg-version", "13", project("saas")});
  EXPECT_EQ(json.code, 0) << json.err;
  EXPECT_THAT(json.out, AllOf(StartsWith("{\n  \"version\": 1,\n  \"pg_version\": 13,\n"),
                              HasSubstr("\"lock\": \"AccessExclusiveLock\"")));
}

TEST(LocksCommand, ReadsStandardInput) {
  const Outcome outcome = run({"locks", "--no-config", "-"}, "BEGIN;\nLOCK TABLE t;\nCOMMIT;\n");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("t  ACCESS EXCLUSIVE: reads, writes, DDL and VACUUM wait"));
}

TEST(LocksCommand, AnUnknownFormatIsNamed) {
  const Outcome outcome = run({"locks", "--format", "jsno", project("saas")});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, HasSubstr("locks has no format \"jsno\". Did you mean \"json\"?"));
}

TEST(TenancyCommand, ShowsTheMapAsConfigured) {
  const Outcome text = run({"tenancy", project("saas")});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out, AllOf(HasSubstr("The tenants are in teams.\n"),
                              HasSubstr("\nprojects\n  by team_id\n  row level security: on, forced\n")));
  const Outcome json = run({"tenancy", "--format", "json", project("saas")});
  EXPECT_EQ(json.code, 0) << json.err;
  EXPECT_THAT(json.out, AllOf(HasSubstr("\"root\": \"teams\""), HasSubstr("\"inferred\": false")));
}

TEST(TenancyCommand, TheConfiguredQueriesAreLinted) {
  const Outcome outcome = run({"lint", "--only", "tenant-filter-missing", project("saas")});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("queries/projects.sql:20:8"));
}

}  // namespace
}  // namespace migcheck
