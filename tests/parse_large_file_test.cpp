// SPDX-License-Identifier: MIT

// A file of very many statements is handed out while they are read. Nobody may see a difference.

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
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

TEST(LargeFile, IsTheSameWhoeverReadsIt) {
  const auto spans_with = [](std::size_t readers) {
    const ParsedFile file =
        parse({.path = "large.sql", .text = many_tables()}, {}, {.parameter_names = {}, .readers = readers});
    std::vector<std::uint32_t> ends;
    for (const ast::Statement* statement : file.statements) ends.push_back(statement->span.end);
    return ends;
  };
  const std::vector<std::uint32_t> alone = spans_with(1);
  EXPECT_EQ(alone.size(), kTables);
  EXPECT_EQ(spans_with(2), alone);
  EXPECT_EQ(spans_with(100), alone);
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

TEST(StatementStream, HandsOnWhatIsThereWhileTheRestIsRead) {
  const std::vector<ast::Statement> made = statements_ending_at({10, 20, 30});
  std::promise<void> asked;
  const ast::StatementStream stream(2, 2,
                                    [&, answer = asked.get_future().share()](std::size_t batch, std::size_t) {
                                      if (batch == 0) return ast::StatementBatch{&made[0]};
                                      answer.wait();
                                      return ast::StatementBatch{&made[1], &made[2]};
                                    });
  EXPECT_TRUE(stream.has(0));
  asked.set_value();
  EXPECT_TRUE(stream.has(2));
  EXPECT_FALSE(stream.has(3));
  EXPECT_EQ(made_of(stream), (std::vector<const ast::Statement*>{&made[0], &made[1], &made[2]}));
}

// Who waits for the batch that another reader is at reads the next one.
TEST(StatementStream, ReadsOnWhereItWouldWait) {
  const std::vector<ast::Statement> made = statements_ending_at({10, 20});
  std::promise<void> second_is_read;
  std::atomic<std::size_t> first_reader = 0;
  std::atomic<std::size_t> second_reader = 0;
  std::promise<void> first_is_begun;
  const ast::StatementStream stream(2, 2, [&](std::size_t batch, std::size_t reader) {
    (batch == 0 ? first_reader : second_reader) = reader;
    if (batch == 0) {
      first_is_begun.set_value();
      second_is_read.get_future().wait();
    } else {
      second_is_read.set_value();
    }
    return ast::StatementBatch{&made[batch]};
  });
  first_is_begun.get_future().wait();
  EXPECT_EQ(made_of(stream), (std::vector<const ast::Statement*>{&made[0], &made[1]}));
  EXPECT_EQ(first_reader, 1u);
  EXPECT_EQ(second_reader, 0u);
}

TEST(StatementStream, IsReadByOneWhoHasNoOthers) {
  const std::vector<ast::Statement> made = statements_ending_at({10, 20, 30});
  const ast::StatementStream stream(
      3, 1, [&](std::size_t batch, std::size_t) { return ast::StatementBatch{&made[batch]}; });
  EXPECT_EQ(made_of(stream), (std::vector<const ast::Statement*>{&made[0], &made[1], &made[2]}));
}

TEST(StatementStream, FindsAPlaceWithoutWaitingForTheRest) {
  const std::vector<ast::Statement> made = statements_ending_at({10, 20, 30});
  bool rest_is_wanted = false;
  const ast::StatementStream stream(2, 1, [&](std::size_t batch, std::size_t) {
    if (batch == 0) return ast::StatementBatch{&made[0], &made[1]};
    rest_is_wanted = true;
    return ast::StatementBatch{&made[2]};
  });
  EXPECT_EQ(stream.first_ending_behind(9), 0u);
  EXPECT_EQ(stream.first_ending_behind(10), 1u);
  EXPECT_FALSE(rest_is_wanted);
  EXPECT_EQ(stream.first_ending_behind(20), 2u);
  EXPECT_EQ(stream.first_ending_behind(30), 3u);
}

TEST(StatementStream, ThrowsWhatAReaderThrows) {
  const std::vector<ast::Statement> made = statements_ending_at({10});
  for (const std::size_t readers : {std::size_t{1}, std::size_t{2}}) {
    const ast::StatementStream stream(2, readers, [&](std::size_t batch, std::size_t) {
      if (batch == 1) throw std::runtime_error("no memory");
      return ast::StatementBatch{&made[0]};
    });
    EXPECT_TRUE(stream.has(0));
    EXPECT_THROW((void)stream.has(1), std::runtime_error);
    EXPECT_THROW((void)stream.all(), std::runtime_error);
  }
}

// It ends where nobody asks for more, whatever is still to be read.
TEST(StatementStream, ReadsNoMoreThanIsWanted) {
  const std::vector<ast::Statement> made = statements_ending_at({10});
  std::promise<void> begun;
  std::atomic<int> read = 0;
  {
    const ast::StatementStream stream(1'000, 2, [&](std::size_t, std::size_t) {
      if (read++ == 0) begun.set_value();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return ast::StatementBatch{&made[0]};
    });
    begun.get_future().wait();
  }
  EXPECT_LT(read, 1'000);
}

}  // namespace
}  // namespace migcheck
