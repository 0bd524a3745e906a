// SPDX-License-Identifier: MIT

// Code inside strings: read at its real places, whatever quotes are around it.

#include <gtest/gtest.h>

#include "support/parsed.hpp"

namespace migcheck {
namespace {

using test::Parsed;

const ast::Body& body_of(const ast::CreateFunction& function) {
  static const ast::Body kNone{};
  EXPECT_NE(function.body, nullptr);
  return function.body == nullptr ? kNone : *function.body;
}

TEST(FunctionBody, OfSqlInDollarQuotes) {
  const Parsed parsed(
      "CREATE FUNCTION s.f(IN a int, b text DEFAULT 'x') RETURNS TABLE (c int) LANGUAGE SQL STABLE SECURITY "
      "DEFINER "
      "STRICT SET search_path = s, pg_temp COST 5 AS $body$ SELECT 1; DELETE FROM t WHERE x = a $body$");
  const auto& function = parsed.as<ast::CreateFunction>();
  EXPECT_EQ(parsed.text(function.name.span), "s.f");
  ASSERT_EQ(function.parameters.size(), 3u);
  EXPECT_EQ(parsed.text(function.parameters[0].name.span), "a");
  EXPECT_EQ(parsed.text(function.parameters[1].default_value->span), "'x'");
  EXPECT_EQ(parsed.text(function.parameters[2].name.span), "c");
  EXPECT_TRUE(function.returns_table);
  EXPECT_EQ(function.language, "sql");
  EXPECT_EQ(function.volatility, ast::Volatility::Stable);
  EXPECT_TRUE(function.security_definer);
  EXPECT_TRUE(function.strict);
  ASSERT_EQ(function.settings.size(), 1u);
  EXPECT_EQ(function.settings[0].name, "search_path");
  EXPECT_EQ(function.settings[0].values.size(), 2u);
  ASSERT_EQ(function.options.size(), 1u);
  EXPECT_EQ(function.options[0]->name, "cost");
  const ast::Body& body = body_of(function);
  ASSERT_EQ(body.statements.size(), 2u);
  EXPECT_EQ(parsed.text(body.statements[1].statement->span), "DELETE FROM t WHERE x = a");
  const auto& removal = *ast::as<ast::Delete>(body.statements[1].statement);
  EXPECT_EQ(parsed.text(removal.relation.span), "t");
  EXPECT_EQ(parsed.text(removal.where->span), "x = a");
}

TEST(FunctionBody, InSingleQuotesKeepsItsPlaces) {
  const Parsed parsed(
      "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'INSERT INTO t VALUES (''it''''s'', now()); SELECT "
      "\"B\" FROM u'");
  const ast::Body& body = body_of(parsed.as<ast::CreateFunction>());
  ASSERT_EQ(body.statements.size(), 2u);
  const auto& second = *ast::as<ast::Select>(body.statements[1].statement);
  EXPECT_EQ(parsed.text(second.span), "SELECT \"B\" FROM u");
  EXPECT_EQ(parsed.text(second.items[0]->span), "\"B\"");
  EXPECT_EQ(parsed.text(ast::as<ast::TableRef>(second.from[0])->relation.span), "u");
  const auto& first = *ast::as<ast::Insert>(body.statements[0].statement);
  EXPECT_EQ(parsed.text(first.source->values[0][1]->span), "now()");
}

TEST(FunctionBody, OfTheSqlStandardIsPartOfTheStatement) {
  const Parsed parsed(
      "CREATE PROCEDURE p(a int) BEGIN ATOMIC INSERT INTO t VALUES (a); UPDATE u SET b = a WHERE c = 1; END; "
      "SELECT 1");
  ASSERT_EQ(parsed.size(), 2u);
  const auto& procedure = parsed.as<ast::CreateFunction>();
  EXPECT_TRUE(procedure.procedure);
  EXPECT_EQ(procedure.language, "sql");
  const ast::Body& body = body_of(procedure);
  ASSERT_EQ(body.statements.size(), 2u);
  EXPECT_EQ(parsed.text(body.statements[1].statement->span), "UPDATE u SET b = a WHERE c = 1");
  EXPECT_EQ(parsed.text(procedure.body_span).substr(0, 12), "BEGIN ATOMIC");
}

TEST(DoBlock, KnowsWhatMayRun) {
  const Parsed parsed(
      "DO $$\nDECLARE n int;\nBEGIN\n  ALTER TABLE t ADD COLUMN a int;\n  IF n > 1 THEN\n    DROP TABLE u;\n "
      " END IF;\n"
      "  EXECUTE 'CREATE INDEX ON t (a)';\n  EXECUTE n;\nEND $$;");
  const auto& block = parsed.as<ast::DoBlock>();
  EXPECT_EQ(block.language, "plpgsql");
  ASSERT_NE(block.body, nullptr);
  const ast::Body& body = *block.body;
  ASSERT_EQ(body.statements.size(), 3u);
  EXPECT_FALSE(body.statements[0].maybe);
  EXPECT_EQ(parsed.text(body.statements[0].statement->span), "ALTER TABLE t ADD COLUMN a int");
  EXPECT_TRUE(body.statements[1].maybe);
  EXPECT_EQ(body.statements[1].statement->kind, ast::NodeKind::Drop);
  EXPECT_TRUE(body.statements[2].dynamic);
  EXPECT_EQ(parsed.text(ast::as<ast::CreateIndex>(body.statements[2].statement)->table.span), "t");
  EXPECT_EQ(body.opaque.size(), 1u);
  ASSERT_EQ(body.variables.size(), 1u);
  EXPECT_EQ(body.variables[0].text, "n");
  EXPECT_FALSE(body.expressions.empty());
}

TEST(DoBlock, InAnotherLanguageIsNotRead) {
  const Parsed parsed("DO LANGUAGE plpython3u 'x = 1'");
  const auto& block = parsed.as<ast::DoBlock>();
  EXPECT_EQ(block.language, "plpython3u");
  EXPECT_EQ(block.body, nullptr);
  EXPECT_EQ(block.text, "x = 1");
}

TEST(Bodies, InsideBodiesAreRead) {
  const Parsed parsed(
      "DO $a$ BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $b$ SELECT 7 $b$; END $a$");
  const auto& block = parsed.as<ast::DoBlock>();
  ASSERT_EQ(block.body->statements.size(), 1u);
  const auto& inner = *ast::as<ast::CreateFunction>(block.body->statements[0].statement);
  ASSERT_EQ(body_of(inner).statements.size(), 1u);
  EXPECT_EQ(parsed.text(body_of(inner).statements[0].statement->span), "SELECT 7");
}

TEST(Bodies, ABadStatementInsideIsKeptAsOne) {
  const Parsed parsed("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; SELEC 2 $$");
  const ast::Body& body = body_of(parsed.as<ast::CreateFunction>());
  ASSERT_EQ(body.statements.size(), 2u);
  const auto* bad = ast::as<ast::Unparsable>(body.statements[1].statement);
  ASSERT_NE(bad, nullptr);
  EXPECT_EQ(parsed.text(bad->at), "SELEC");
}

TEST(Clone, OutlivesTheFile) {
  ast::Arena arena;
  const ast::CreateFunction* copy = nullptr;
  {
    const Parsed parsed(
        "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT b FROM t WHERE c = 'text' $$");
    copy = ast::clone_as(&parsed.as<ast::CreateFunction>(), arena);
  }
  ASSERT_NE(copy->body, nullptr);
  EXPECT_EQ(copy->parameters[0].name.text, "a");
  EXPECT_EQ(copy->parameters[0].type->name, "int4");
  const auto& select = *ast::as<ast::Select>(copy->body->statements[0].statement);
  EXPECT_EQ(ast::as<ast::ColumnRef>(select.items[0]->value)->column(), "b");
  EXPECT_EQ(ast::as<ast::TableRef>(select.from[0])->relation.name, "t");
  const auto& where = *ast::as<ast::Operation>(select.where);
  EXPECT_EQ(ast::as<ast::Constant>(where.right)->text, "text");
  EXPECT_EQ(ast::clone(static_cast<const ast::Node*>(nullptr), arena), nullptr);
}

}  // namespace
}  // namespace migcheck
