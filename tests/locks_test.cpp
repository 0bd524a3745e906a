// SPDX-License-Identifier: MIT

// What the watch keeps of a replay, and how it is said.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "migcheck/lint.hpp"
#include "migcheck/lock_report.hpp"

namespace migcheck {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Purpose = LintFile::Purpose;

struct Given {
  std::string path;
  std::string text;
  Purpose purpose = Purpose::Target;
  Wrapping wrapping = Wrapping::None;
};

LockReport locks_of(std::vector<Given> files) {
  Settings settings;
  settings.only = {"syntax-error"};
  LockWatch watch(settings.pg_version);
  Linter linter(settings);
  linter.watch(watch);
  linter.begin_history({"", "plain"}, TransactionModel{.tool = "plain"});
  for (Given& given : files) {
    LintFile file;
    file.purpose = given.purpose;
    Section whole;
    whole.span = {0, static_cast<std::uint32_t>(given.text.size())};
    whole.wrapping = given.wrapping;
    file.sections = {whole};
    SourceFile source;
    source.path = std::move(given.path);
    source.text = std::move(given.text);
    file.parsed = parse(std::move(source), file.sections);
    watch.begin_file(*file.parsed.source);
    linter.add(std::move(file));
  }
  linter.finish();
  return watch.report();
}

const Given kHistory = {"1.sql",
                        "CREATE TABLE t (id int PRIMARY KEY, n int);\n"
                        "CREATE TABLE other (id int PRIMARY KEY);\n"
                        "CREATE INDEX t_n ON t (n);\n",
                        Purpose::History};

TEST(Locks, HistoryIsReplayedAndNotListed) {
  const LockReport report = locks_of({kHistory, {"2.sql", "-- wider\nALTER TABLE t ALTER n TYPE bigint;\n"}});
  ASSERT_THAT(report.statements, SizeIs(1));
  const LockStatement& statement = report.statements[0];
  EXPECT_EQ(statement.file, "2.sql");
  EXPECT_EQ(statement.line, 2u);
  EXPECT_FALSE(statement.transaction);
  EXPECT_FALSE(statement.error);
  ASSERT_THAT(statement.effects, SizeIs(1)) << "the rebuilt index has no effect of its own";
  const LockEffect& effect = statement.effects[0];
  EXPECT_EQ(effect.relation, "public.t");
  EXPECT_EQ(effect.lock, LockMode::AccessExclusive);
  EXPECT_TRUE(effect.rewrite);
  EXPECT_FALSE(effect.is_new);
  EXPECT_THAT(effect.builds, ::testing::Contains("t_n"));
}

TEST(Locks, ATransactionHoldsItsLocksUntilItsLastStatement) {
  const LockReport report = locks_of({kHistory,
                                      {"2.sql",
                                       "BEGIN;\nALTER TABLE t ADD a int;\nUPDATE t SET a = 1;\n"
                                       "ALTER TABLE other ADD b int;\nCOMMIT;\nALTER TABLE t DROP a;\n"}});
  ASSERT_THAT(report.statements, SizeIs(6));
  for (std::size_t n = 0; n < 5; ++n) EXPECT_EQ(report.statements[n].transaction, 1u) << n;
  EXPECT_FALSE(report.statements[5].transaction);
  ASSERT_THAT(report.transactions, SizeIs(1));
  EXPECT_TRUE(report.transactions[0].committed);
  const LockEffect& taken = report.statements[1].effects.at(0);
  EXPECT_EQ(taken.taken, 1u);
  EXPECT_EQ(taken.until, 3u);
  const LockEffect& again = report.statements[2].effects.at(0);
  EXPECT_EQ(again.lock, LockMode::RowExclusive);
  EXPECT_EQ(again.held, LockMode::AccessExclusive);
  EXPECT_EQ(again.taken, 1u) << "the stronger lock is held already";
  EXPECT_EQ(report.statements[5].effects.at(0).until, 5u);
}

TEST(Locks, EachBlockHasItsOwnNumberOverAllFiles) {
  const LockReport report =
      locks_of({kHistory,
                {"2.sql", "ALTER TABLE t ADD a int;\n", Purpose::Target, Wrapping::Transaction},
                {"3.sql", "BEGIN;\nALTER TABLE t ADD b int;\nROLLBACK;\n"}});
  ASSERT_THAT(report.transactions, SizeIs(2));
  EXPECT_EQ(report.statements[0].transaction, 1u);
  EXPECT_EQ(report.transactions[0].kind, TransactionKind::Tool);
  EXPECT_EQ(report.statements[1].transaction, 2u);
  EXPECT_FALSE(report.transactions[1].committed);
}

TEST(Locks, WhatTheFileMakesIsNewAndWhatItRefersToIsNot) {
  const LockReport report = locks_of(
      {kHistory, {"2.sql", "CREATE TABLE u (t_id int REFERENCES t (id));\nCREATE INDEX u_t ON u (t_id);\n"}});
  ASSERT_THAT(report.statements, SizeIs(2));
  ASSERT_THAT(report.statements[0].effects, SizeIs(2));
  for (const LockEffect& effect : report.statements[0].effects) {
    EXPECT_EQ(effect.is_new, effect.relation == "public.u") << effect.relation;
  }
  const LockEffect& build = report.statements[1].effects.at(0);
  EXPECT_TRUE(build.is_new);
  EXPECT_THAT(build.builds, ElementsAre("u_t"));
}

TEST(Locks, AnIndexThatIsNamedHasItsEffect) {
  const LockReport report = locks_of({kHistory, {"2.sql", "DROP INDEX t_n;\n"}});
  std::vector<std::string> relations;
  for (const LockEffect& effect : report.statements.at(0).effects) relations.push_back(effect.relation);
  EXPECT_THAT(relations, ::testing::UnorderedElementsAre("public.t", "public.t_n"));
}

TEST(Locks, CertainErrorsHaveTheirCode) {
  const LockReport report = locks_of({kHistory,
                                      {"2.sql",
                                       "BEGIN;\nCREATE INDEX CONCURRENTLY i ON t (n);\nROLLBACK;\n"
                                       "ALTER TABLE t ADD n int;\nALTER TABLE t ADDD n;\n"
                                       "ALTER TABLE never_made ADD n int;\n"}});
  ASSERT_THAT(report.statements, SizeIs(6));
  ASSERT_TRUE(report.statements[1].error);
  EXPECT_EQ(report.statements[1].error->code, "25001");
  EXPECT_EQ(report.statements[1].error->message,
            "CREATE INDEX CONCURRENTLY cannot run inside a transaction block");
  ASSERT_TRUE(report.statements[3].error);
  EXPECT_EQ(report.statements[3].error->code, "42701");
  ASSERT_TRUE(report.statements[4].error);
  EXPECT_EQ(report.statements[4].error->code, "42601");
  EXPECT_FALSE(report.statements[5].error) << "the history may begin after it was made";
}

TEST(Locks, ADoBlocksStatementsHaveTheirOwnLines) {
  const LockReport report = locks_of({kHistory,
                                      {"2.sql",
                                       "DO $$\nBEGIN\n  ALTER TABLE t ADD a int;\n"
                                       "  IF true THEN\n    DROP TABLE other;\n  END IF;\nEND $$;\n"}});
  ASSERT_THAT(report.statements, SizeIs(3));
  EXPECT_EQ(report.statements[0].line, 1u);
  EXPECT_EQ(report.statements[1].line, 3u);
  EXPECT_FALSE(report.statements[1].maybe);
  EXPECT_EQ(report.statements[1].effects.at(0).until, 2u) << "the DO is one transaction";
  EXPECT_EQ(report.statements[2].line, 5u);
  EXPECT_TRUE(report.statements[2].maybe);
}

TEST(Locks, ControlCharactersDoNotReachTheTerminal) {
  const std::string text = lock_report_text(locks_of({{"2.sql", "SELECT '\x1b[2J';\n"}}));
  EXPECT_THAT(text, HasSubstr("\\x1b[2J"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(Locks, AnEmptyRunSaysSo) {
  EXPECT_THAT(lock_report_text(locks_of({kHistory})), HasSubstr("No statement is run."));
  EXPECT_THAT(locks_of({}).statements, IsEmpty());
}

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// MIGCHECK_UPDATE_GOLDEN=1 writes them anew.
void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(MIGCHECK_SOURCE_DIR) + "/fixtures/locks/" + name;
  if (std::getenv("MIGCHECK_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
  EXPECT_EQ(text, read(path)) << path;
}

TEST(Locks, BothRenderingsAreAsTheGoldenFilesHaveThem) {
  const std::string folder = std::string(MIGCHECK_SOURCE_DIR) + "/fixtures/locks/";
  const LockReport report = locks_of({{"history.sql", read(folder + "history.sql"), Purpose::History},
                                      {"targets.sql", read(folder + "targets.sql")}});
  ASSERT_THAT(report.statements, Not(IsEmpty()));
  expect_golden("expected.txt", lock_report_text(report));
  expect_golden("expected.json", lock_report_json(report));
}

}  // namespace
}  // namespace migcheck
