// SPDX-License-Identifier: MIT

// Deep and broken input: nothing overflows the stack, nothing is lost without a word.

#include <gtest/gtest.h>
#include <pthread.h>

#include <functional>

#include "support/parsed.hpp"

namespace migcheck {
namespace {

using test::Parsed;

// Runs on a thread with the stack that a worker has at least.
void on_small_stack(const std::function<void()>& run) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  constexpr std::size_t kStack = 8u * 1024 * 1024;  // instrumented frames are several times as large
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  constexpr std::size_t kStack = 8u * 1024 * 1024;
#else
  constexpr std::size_t kStack = 1024 * 1024;
#endif
#else
  constexpr std::size_t kStack = 1024 * 1024;
#endif
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, kStack), 0);
  pthread_t thread{};
  const auto start = [](void* argument) -> void* {
    (*static_cast<const std::function<void()>*>(argument))();
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, start, const_cast<std::function<void()>*>(&run)), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

std::string repeated(std::string_view begin, std::string_view part, int times, std::string_view end = {}) {
  std::string text(begin);
  for (int n = 0; n < times; ++n) text += part;
  return text += end;
}

std::size_t nodes_in(const ast::Statement& statement) {
  std::size_t count = 0;
  ast::walk(&statement, [&](const ast::Node&) {
    ++count;
    return true;
  });
  return count;
}

TEST(Depth, ChainsThatLeanToTheLeftHaveNoLimit) {
  on_small_stack([] {
    const Parsed chain(repeated("SELECT a", "||a", 100'000));
    EXPECT_FALSE(chain.as<ast::Select>().too_deep);
    EXPECT_GT(nodes_in(chain.statement()), 200'000u);
    const Parsed casts(repeated("SELECT a", "::int", 100'000));
    EXPECT_GT(nodes_in(casts.statement()), 200'000u);
    const Parsed unions(repeated("SELECT 1", " UNION ALL SELECT 1", 100'000));
    EXPECT_GT(nodes_in(unions.statement()), 200'000u);
    const Parsed joins(repeated("SELECT 1 FROM t", " JOIN t ON true", 100'000));
    EXPECT_GT(nodes_in(joins.statement()), 200'000u);
  });
}

TEST(Depth, CopiesOfDeepTreesAreWhole) {
  on_small_stack([] {
    ast::Arena arena;
    const ast::Node* copy = nullptr;
    std::size_t expected = 0;
    {
      const Parsed chain(repeated("SELECT a", "||a", 100'000));
      expected = nodes_in(chain.statement());
      copy = ast::clone(&chain.statement(), arena);
    }
    EXPECT_EQ(nodes_in(*static_cast<const ast::Statement*>(copy)), expected);
  });
}

TEST(Depth, NestingBeyondTheLimitIsSaid) {
  on_small_stack([] {
    const Parsed deep(repeated("SELECT ", "f(", 2'500) + "a" + repeated("", ")", 2'500));
    ASSERT_EQ(deep.size(), 1u);
    if (deep.statement().kind == ast::NodeKind::Unparsable) return;  // PostgreSQL gave up first
    EXPECT_TRUE(deep.statement().too_deep);
    const Parsed queries(repeated("SELECT ", "(SELECT ", 1'200) + "1" + repeated("", ")", 1'200));
    ASSERT_EQ(queries.size(), 1u);
    EXPECT_TRUE(queries.statement().too_deep || queries.statement().kind == ast::NodeKind::Unparsable);
    const Parsed fine(repeated("SELECT ", "f(", 400) + "a" + repeated("", ")", 400));
    EXPECT_FALSE(fine.as<ast::Select>().too_deep);
  });
}

struct Refused {
  std::string sql;
  std::string at;
  std::string hint;  // a part of it
};

void PrintTo(const Refused& it, std::ostream* out) {
  *out << it.sql;
}

class RefusedText : public testing::TestWithParam<Refused> {};

TEST_P(RefusedText, NamesTheTokenAndHints) {
  const Parsed parsed("SELECT 1;\n" + GetParam().sql + ";\nSELECT 2;");
  ASSERT_GE(parsed.size(), 3u);
  const auto* bad = ast::as<ast::Unparsable>(&parsed.statement(1));
  ASSERT_NE(bad, nullptr);
  EXPECT_EQ(parsed.text(bad->at), GetParam().at);
  EXPECT_FALSE(bad->message.empty());
  EXPECT_NE(bad->hint.find(GetParam().hint), std::string_view::npos) << bad->hint;
  EXPECT_EQ(parsed.statement(parsed.size() - 1).kind, ast::NodeKind::Select);
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusedText,
    testing::Values(Refused{"SELECT FORM t WHERE", "", ""}, Refused{"SELECT a FORM t x", "t", ""},
                    Refused{"CREATE TABLE `t` (a int)", "`", "MySQL"},
                    Refused{"CREATE TABLE t (id int AUTO_INCREMENT)", "AUTO_INCREMENT", "MySQL"},
                    Refused{"CREATE TABLE t (id int) ENGINE=InnoDB", "ENGINE", "MySQL"},
                    Refused{"SELECT :tenant", ":", "psql variable"},
                    Refused{"SELECT * FROM {{ table }}", "{", "template"},
                    Refused{"CREATE TABLE a (x int)\nCREATE TABLE b (y int)", "CREATE", "semicolon"},
                    Refused{"SELECT \u2018x\u2019 FROM t, u WHERE (", "", ""},
                    Refused{"SELECT * FROM t WHERE 'éé' = FROM", "FROM", ""}));

TEST(Refused, OneBadStatementHidesNoOther) {
  const Parsed parsed("CREATE TABLE a (x int);\nALTER TABEL a ADD y int;\nDROP TABLE a;");
  ASSERT_EQ(parsed.size(), 3u);
  const auto& bad = parsed.as<ast::Unparsable>(1);
  EXPECT_EQ(bad.message, "syntax error at or near \"TABEL\"");
  EXPECT_EQ(parsed.text(bad.at), "TABEL");
  EXPECT_EQ(parsed.text(bad.span), "ALTER TABEL a ADD y int");
  EXPECT_EQ(parsed.statement(2).kind, ast::NodeKind::Drop);
}

TEST(Refused, WhatTheSplitterRefusesIsAStatementToo) {
  const Parsed nul(std::string("SELECT 1;\nSELECT \0 2;\nSELECT 3;", 31));
  ASSERT_EQ(nul.size(), 3u);
  EXPECT_FALSE(nul.as<ast::Unparsable>(1).message.empty());
  const Parsed open("SELECT 1;\nSELECT 'open;\n");
  ASSERT_EQ(open.size(), 2u);
  EXPECT_FALSE(open.as<ast::Unparsable>(1).message.empty());
  const Parsed operators("SELECT " + std::string(5'000, '+') + "1; SELECT 2");
  ASSERT_EQ(operators.size(), 2u);
  EXPECT_EQ(operators.statement(0).kind, ast::NodeKind::Unparsable);
}

TEST(Refused, ABatchLineOfTSqlStandsBetweenItsNeighbours) {
  const Parsed parsed("SELECT 1\nGO\nSELECT 2;");
  ASSERT_EQ(parsed.size(), 3u);
  EXPECT_EQ(parsed.statement(0).kind, ast::NodeKind::Select);
  EXPECT_EQ(parsed.text(parsed.as<ast::Unparsable>(1).at), "GO");
  EXPECT_EQ(parsed.statement(2).kind, ast::NodeKind::Select);
}

TEST(Grammar, IsTheOneThatWasBuilt) {
  EXPECT_TRUE(grammar().major == 17 || grammar().major == 18);
  EXPECT_EQ(grammar().version.substr(0, 2), std::to_string(grammar().major));
  const Parsed parsed("ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID");
  if (grammar().major >= 18) {
    EXPECT_TRUE(parsed.as<ast::AlterTable>().actions[0]->constraint->not_valid);
  } else {
    EXPECT_NE(parsed.as<ast::Unparsable>().hint.find("PostgreSQL 17"), std::string_view::npos);
  }
}

}  // namespace
}  // namespace migcheck
