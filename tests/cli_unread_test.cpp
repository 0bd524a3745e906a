// SPDX-License-Identifier: MIT

// What a run did not read is said by every command, at every loudness, and never drowns the rest.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "support/command_line.hpp"

namespace migcheck {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Outcome;
using ::testing::StartsWith;

class UnreadFiles : public testing::CommandLine {
 protected:
  void go_migrations(int count) {
    write("migrations/0001_init.sql", "-- +goose Up\nCREATE TABLE t (id uuid PRIMARY KEY);\n");
    write("migrations/0002_index.sql", "-- +goose Up\nCREATE TABLE u (id uuid PRIMARY KEY);\n");
    for (int n = 0; n < count; ++n) {
      write(fmt::format("migrations/{:04}_code.go", n + 3),
            "package migrations\nfunc init() { goose.AddMigration(up, down) }\n");
    }
  }
};

TEST_F(UnreadFiles, FewAreNamed) {
  go_migrations(2);
  const Outcome outcome = run({"lint", "--no-config", path("migrations")});
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("migrations/0003_code.go"), HasSubstr("migrations/0004_code.go"),
                                 HasSubstr("(2 files not read)")));
}

TEST_F(UnreadFiles, ManyAreOneLineForEachReason) {
  go_migrations(9);
  for (const char* command : {"lint", "locks", "catalog", "tenancy", "baseline"}) {
    const Outcome outcome = run({command, "--no-config", path("migrations")});
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("9 files in migrations: "), HasSubstr("-v names each"),
                                   Not(HasSubstr("0003_code.go"))))
        << command;
    EXPECT_THAT(run({command, "--no-config", "-v", path("migrations")}).err,
                HasSubstr("migrations/0011_code.go"))
        << command;
  }
}

// What a function of a Go template writes is no SQL here, and no syntax error.
TEST_F(UnreadFiles, StatementsThatATemplateWritesAreNamed) {
  write("migrations/000001_init.up.sql", "CREATE TABLE t (id bigint PRIMARY KEY);\n");
  write("migrations/000002_more.up.sql",
        "{{- /* addColumnIfNeeded tableName columnName datatype */ -}}\n"
        "{{ addColumnIfNeeded \"t\" \"c\" \"varchar(64)\" \"\"}}\n"
        "CREATE TABLE {{.prefix}}u (id bigint PRIMARY KEY);\n"
        "{{createIndexIfNeeded \"u\" \"id\"}}\n");
  const Outcome outcome = run({"lint", "--no-config", path("migrations")});
  EXPECT_THAT(outcome.out, Not(HasSubstr("syntax-error")));
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("000002_more.up.sql:2: A function of the template writes this "
                                           "statement: what `addColumnIfNeeded` does is not known here."),
                                 HasSubstr("000002_more.up.sql:4"), HasSubstr("`createIndexIfNeeded`")));
}

TEST_F(UnreadFiles, QuietLeavesTheWarningAndNothingElse) {
  go_migrations(9);
  for (const char* command : {"lint", "locks", "catalog", "tenancy"}) {
    const Outcome outcome = run({command, "--no-config", "-q", path("migrations")});
    EXPECT_THAT(outcome.err, StartsWith("warning: 9 files in migrations: ")) << command;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << command << "\n" << outcome.err;
  }
}

}  // namespace
}  // namespace migcheck
