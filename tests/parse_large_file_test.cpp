// SPDX-License-Identifier: MIT

// A file of very many statements is handed out while they are read. Nobody may see a difference.

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <string>
#include <vector>

#include "migcheck/lint.hpp"
#include "support/parsed.hpp"

namespace migcheck {
namespace {

constexpr std::size_t kTables = 3'000;

// Every hundredth statement is broken.
std::string many_tables() {
  std::string sql;
  for (std::size_t n = 0; n < kTables; ++n) {
    sql += n % 100 == 99 ? "CREATE TABLE (;\n" : "CREATE TABLE t" + std::to_string(n) + " (id bigint);\n";
  }
  return sql;
}

std::vector<const ast::Statement*> made_of(const ast::StatementStream& stream) {
  std::vector<const ast::Statement*> seen;
  for (const ast::Statement* statement : stream) seen.push_back(statement);
  return seen;
}

// Statements "numbered" by where they end.
std::vector<ast::Statement> statements_ending_at(std::initializer_list<std::uint32_t> ends) {
  std::vector<ast::Statement> made;
  for (const std::uint32_t end : ends) made.emplace_back().span = {end - 5, end};
  return made;
}

TEST(LargeFile, HasTheStatementsInOrder) {
  const std::string sql = many_tables();
  const test::Parsed parsed(sql);
  ASSERT_EQ(parsed.size(), kTables);
  for (std::size_t n = 0; n < kTables; ++n) {
    const bool broken = n % 100 == 99;
    EXPECT_EQ(parsed.statement(n).kind, broken ? ast::NodeKind::Unparsable : ast::NodeKind::CreateTable) << n;
    EXPECT_EQ(parsed.text(parsed.statement(n).span),
              broken ? "CREATE TABLE (" : "CREATE TABLE t" + std::to_string(n) + " (id bigint)");
  }
}

TEST(LargeFile, IsMovedWhileItIsRead) {
  ParsedFile file = parse({.path = "large.sql", .text = many_tables()});
  const ParsedFile moved = std::move(file);
  EXPECT_EQ(made_of(moved.statements).size(), kTables);
}

TEST(LargeFile, IsDroppedWhileItIsRead) {
  for (int n = 0; n < 20; ++n) {
    const ParsedFile file = parse({.path = "large.sql", .text = many_tables()});
    EXPECT_TRUE(file.statements.has(0));
  }
}

TEST(LargeFile, IsLintedToItsLastLine) {
  Settings settings;
  settings.only = {"syntax-error", "object-exists", "unused-suppression"};
  Linter linter(settings);
  std::string sql = many_tables() + "CREATE TABLE t7 (id bigint);\n";
  sql += "CREATE TABLE t8 (id bigint); -- migcheck:ignore object-exists -- on purpose\n";
  LintFile file{.parsed = parse({.path = "large.sql", .text = sql})};
  linter.add(std::move(file));
  const LintReport report = linter.finish();
  EXPECT_EQ(report.summary.statements, kTables + 2);
  std::size_t refused = 0;
  std::vector<std::string> exist;
  for (const Finding& finding : report.findings) {
    if (finding.check == "syntax-error") refused += 1 + finding.notes.size();
    if (finding.check == "object-exists" && finding.disposition == Disposition::Active)
      exist.emplace_back(sql.substr(finding.statement.begin, finding.statement.size()));
    EXPECT_NE(finding.check, "unused-suppression");
  }
  EXPECT_GE(refused, kTables / 100);
  EXPECT_EQ(exist, std::vector<std::string>{"CREATE TABLE t7 (id bigint)"});
}

TEST(StatementStream, WaitsForWhatIsNotYetThere) {
  const std::vector<ast::Statement> made = statements_ending_at({10, 20, 30});
  std::promise<void> asked;
  const ast::StatementStream stream([&, answer = asked.get_future().share()](const auto& take) {
    take({&made[0]});
    answer.wait();
    take({&made[1], &made[2]});
  });
  EXPECT_TRUE(stream.has(0));
  asked.set_value();
  EXPECT_TRUE(stream.has(2));
  EXPECT_FALSE(stream.has(3));
  EXPECT_EQ(made_of(stream), (std::vector<const ast::Statement*>{&made[0], &made[1], &made[2]}));
}

TEST(StatementStream, FindsAPlaceWithoutWaitingForTheRest) {
  const std::vector<ast::Statement> made = statements_ending_at({10, 20, 30});
  std::promise<void> found;
  const ast::StatementStream stream([&, rest = found.get_future().share()](const auto& take) {
    take({&made[0], &made[1]});
    rest.wait();
    take({&made[2]});
  });
  EXPECT_EQ(stream.first_ending_behind(9), 0u);
  EXPECT_EQ(stream.first_ending_behind(10), 1u);
  found.set_value();
  EXPECT_EQ(stream.first_ending_behind(20), 2u);
  EXPECT_EQ(stream.first_ending_behind(30), 3u);
}

TEST(StatementStream, ThrowsWhatItsWriterThrows) {
  const std::vector<ast::Statement> made = statements_ending_at({10});
  const ast::StatementStream stream([&](const auto& take) {
    take({&made[0]});
    throw std::runtime_error("no memory");
  });
  EXPECT_TRUE(stream.has(0));
  EXPECT_THROW((void)stream.has(1), std::runtime_error);
  EXPECT_THROW((void)stream.all(), std::runtime_error);
}

TEST(StatementStream, TellsItsWriterWhenNobodyReadsOn) {
  const std::vector<ast::Statement> made = statements_ending_at({10});
  bool told = false;
  {
    const ast::StatementStream stream([&](const auto& take) {
      while (take({&made[0]})) {
      }
      told = true;
    });
    EXPECT_TRUE(stream.has(0));
  }
  EXPECT_TRUE(told);
}

}  // namespace
}  // namespace migcheck
