// SPDX-License-Identifier: MIT

// Functions of the history that a statement calls run their bodies there.

#include <gtest/gtest.h>

#include "replay_history.hpp"

namespace migcheck {
namespace {

using ::migcheck::testing::History;

TEST(ReplayCalls, TheBodyOfACalledFunctionRunsAtTheCall) {
  History history;
  history.run(
      "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE t (x int); END $$;");
  EXPECT_FALSE(history.has("t"));
  history.run("SELECT f();");
  ASSERT_TRUE(history.has("t"));
  EXPECT_FALSE(history.table("t")->uncertain);
  EXPECT_EQ(history.table("t")->origin.place.file, 1U);
}

TEST(ReplayCalls, ASqlFunctionAndAProcedureToo) {
  History history;
  history.run(
      "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'CREATE TABLE t (x int)';"
      "CREATE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC INSERT INTO u VALUES (1); END;"
      "CREATE PROCEDURE q() LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE v (x int); END $$;"
      "SELECT f(); CALL q();");
  EXPECT_TRUE(history.has("t"));
  EXPECT_TRUE(history.has("v"));
}

TEST(ReplayCalls, ConstantsOfTheCallAreTheValuesOfItsParameters) {
  History history;
  history.run(
      "CREATE FUNCTION make(name text, extra text[], n int DEFAULT 1) RETURNS void LANGUAGE plpgsql AS $$"
      " DECLARE c text; BEGIN"
      " EXECUTE format('CREATE TABLE %I (id int)', name);"
      " FOREACH c IN ARRAY extra LOOP EXECUTE 'ALTER TABLE ' || quote_ident(name) || ' ADD ' || c || ' int'; "
      "END LOOP;"
      " END $$;"
      "SELECT make('Orders', ARRAY['a', 'b']); SELECT make(extra => '{z}', name => 'items');");
  ASSERT_TRUE(history.has("Orders"));
  EXPECT_NE(history.table("Orders")->column("a"), nullptr);
  EXPECT_NE(history.table("Orders")->column("b"), nullptr);
  ASSERT_TRUE(history.has("items"));
  EXPECT_NE(history.table("items")->column("z"), nullptr);
  EXPECT_FALSE(history.table("items")->uncertain);
}

TEST(ReplayCalls, FunctionsThatFunctionsCallRunInTurn) {
  History history;
  history.run(
      "CREATE FUNCTION inner_one(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
      " EXECUTE format('CREATE TABLE %I (x int)', t); END $$;"
      "CREATE FUNCTION outer_one() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM inner_one('made'); END "
      "$$;"
      "SELECT * FROM outer_one();");
  ASSERT_TRUE(history.has("made"));
  EXPECT_FALSE(history.table("made")->uncertain);
}

TEST(ReplayCalls, WhatMayNotBeCalledIsUncertain) {
  History history;
  history.run(
      "CREATE TABLE t (x int); CREATE TABLE u (x int);"
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE t ADD y int; RETURN 1; END "
      "$$;"
      "SELECT f() FROM u;");
  ASSERT_NE(history.table("t")->column("y"), nullptr);
  EXPECT_TRUE(history.table("t")->is_doubtful(catalog::TablePart::Column, "y"));
  EXPECT_FALSE(history.table("u")->uncertain);
}

TEST(ReplayCalls, WhatStaysUnknownMakesExactlyWhatItNamesUncertain) {
  History history;
  history.run(
      "CREATE TABLE t (x int); CREATE TABLE u (x int); CREATE TABLE seen (x int);"
      "CREATE FUNCTION f(name text, at date) RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
      " PERFORM 1 FROM seen;"
      " EXECUTE 'ALTER TABLE ' || name || ' RENAME TO ' || name || to_char(at, 'YYYY'); END $$;"
      "SELECT f('t', now()::date);");
  EXPECT_TRUE(history.table("t")->uncertain);
  EXPECT_FALSE(history.table("u")->uncertain);
  EXPECT_FALSE(history.table("seen")->uncertain) << "a statement that can be read is no doubt";
}

TEST(ReplayCalls, AFunctionsOwnSearchPathHoldsWhileItRuns) {
  History history;
  history.run(
      "CREATE SCHEMA app;"
      "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql SET search_path = app AS $$ BEGIN"
      " CREATE TABLE t (x int); END $$;"
      "SELECT f(); CREATE TABLE after (x int);");
  const std::vector<std::string> none;
  EXPECT_NE(history.catalog().relation("app", "t", none), nullptr);
  EXPECT_NE(history.catalog().relation("public", "after", none), nullptr);
}

TEST(ReplayCalls, AStrictFunctionThatIsGivenNullDoesNothing) {
  History history;
  history.run(
      "CREATE FUNCTION f(a text) RETURNS void STRICT LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE t (x int); "
      "END $$;"
      "SELECT f(NULL);");
  EXPECT_FALSE(history.has("t"));
}

TEST(ReplayCalls, RollbackTakesBackWhatTheFunctionDid) {
  History history;
  history.run(
      "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE t (x int); END $$;"
      "BEGIN; SELECT f(); ROLLBACK;");
  EXPECT_FALSE(history.has("t"));
}

TEST(ReplayCalls, AFunctionThatCallsItselfEnds) {
  History history;
  history.run(
      "CREATE FUNCTION f(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN"
      " CREATE TABLE IF NOT EXISTS t (x int); PERFORM f(n); PERFORM f(n); RETURN f(n); END $$;"
      "SELECT f(3);");
  EXPECT_TRUE(history.has("t"));
}

}  // namespace
}  // namespace migcheck
