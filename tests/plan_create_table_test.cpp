// SPDX-License-Identifier: MIT
// What a table is after CREATE TABLE, with the names that PostgreSQL chooses.
#include <gtest/gtest.h>

#include "support/planned_world.hpp"

namespace migcheck {
namespace {

using test::PlannedWorld;

std::string names(const catalog::Parts<catalog::Constraint>& constraints) {
  std::string all;
  for (const catalog::Constraint& constraint : constraints) all += (all.empty() ? "" : " ") + constraint.name;
  return all;
}

TEST(PlanCreateTable, names_constraints_indexes_and_sequences_as_the_server_does) {
  PlannedWorld world(
      "CREATE TABLE t (id serial PRIMARY KEY, a int CHECK (a > 0) CHECK (a < 9) UNIQUE, b int,"
      "  CHECK (a < b), UNIQUE (a, b), FOREIGN KEY (b) REFERENCES t);"
      "CREATE INDEX ON t (b); CREATE INDEX ON t (b); CREATE INDEX ON t (lower(a::text), b);");
  EXPECT_EQ(names(world.table("t").constraints),
            "t_a_check t_a_check1 t_check t_pkey t_a_key t_a_b_key t_b_fkey");
  for (const char* name : {"t_id_seq", "t_b_idx", "t_b_idx1", "t_lower_b_idx", "t_a_b_key"}) {
    EXPECT_TRUE(world.has_relation(name)) << name;
  }
}

TEST(PlanCreateTable, cuts_names_at_63_bytes_and_between_characters) {
  const std::string table(40, 'a');
  const std::string column =
      "b" + std::string(20, 'x') + "\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4";
  PlannedWorld world("CREATE TABLE " + table + " (\"" + column + "\" int UNIQUE);");
  const std::string& name = world.table(table).constraints.front().name;
  EXPECT_LE(name.size(), 63U);
  EXPECT_EQ(name,
            std::string(29, 'a') + "_b" + std::string(20, 'x') + "\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4_key");
}

// The name is taken by a constraint of any table of the schema, whatever the table is called: cut names of
// two tables meet, and people give names too.
TEST(PlanCreateTable, numbers_names_that_other_tables_constraints_have) {
  const std::string word(50, 'a');
  const std::string column(50, 'b');
  PlannedWorld world("CREATE TABLE p (id int PRIMARY KEY);");
  const std::string cut = std::string(29, 'a') + "_" + std::string(28, 'b');
  for (const char* number : {"1", "2", "3"}) {
    world.run("CREATE TABLE " + word + number + " (" + column + " int REFERENCES p);");
  }
  EXPECT_EQ(names(world.table(word + "1").constraints), cut + "_fkey");
  EXPECT_EQ(names(world.table(word + "2").constraints),
            std::string(28, 'a') + "_" + std::string(28, 'b') + "_fkey1");
  EXPECT_EQ(names(world.table(word + "3").constraints),
            std::string(28, 'a') + "_" + std::string(28, 'b') + "_fkey2");
  world.run(
      "CREATE TABLE other (a int, CONSTRAINT orders_p_fkey CHECK (a > 0));"
      "CREATE TABLE orders (p int REFERENCES p); CREATE SCHEMA s; CREATE TABLE s.orders (p int REFERENCES "
      "p);");
  EXPECT_EQ(names(world.table("orders").constraints), "orders_p_fkey1");
  world.run(
      "ALTER TABLE other RENAME CONSTRAINT orders_p_fkey TO free; ALTER TABLE orders ADD FOREIGN KEY (p)"
      " REFERENCES p;");
  EXPECT_EQ(names(world.table("orders").constraints), "orders_p_fkey1 orders_p_fkey");
}

TEST(PlanCreateTable, locks_only_what_it_refers_to) {
  PlannedWorld world("CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE parent (a int);");
  EXPECT_EQ(world.work("CREATE TABLE t (p int REFERENCES p)"), "p ShareRowExclusive");
  EXPECT_EQ(world.work("CREATE TABLE t (LIKE p)"), "p AccessShare");
  EXPECT_EQ(world.work("CREATE TABLE t () INHERITS (parent)"), "parent ShareUpdateExclusive");
  EXPECT_EQ(world.work("CREATE TABLE t AS SELECT * FROM p"), "p AccessShare scan");
  EXPECT_EQ(world.work("CREATE TABLE t (id int, p int REFERENCES t)"), "error 42704");
  EXPECT_EQ(world.work("CREATE TABLE p (id int)"), "error 42P07");
  EXPECT_EQ(world.work("CREATE TABLE IF NOT EXISTS p (id int)"), "");
}

TEST(PlanCreateTable, like_copies_what_is_asked_for) {
  PlannedWorld world(
      "CREATE TABLE s (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int NOT NULL DEFAULT 1,"
      "  b int REFERENCES s, CONSTRAINT c CHECK (a > 0)); CREATE INDEX i ON s (a);");
  world.run("CREATE TABLE bare (LIKE s); CREATE TABLE full_copy (LIKE s INCLUDING ALL);");
  const catalog::Table& bare = world.table("bare");
  EXPECT_TRUE(bare.column("a")->not_null);
  EXPECT_EQ(bare.column("a")->default_value, nullptr);
  EXPECT_EQ(bare.column("id")->identity, catalog::Identity::No);
  EXPECT_EQ(names(bare.constraints), "");
  const catalog::Table& full = world.table("full_copy");
  EXPECT_NE(full.column("a")->default_value, nullptr);
  EXPECT_EQ(full.column("id")->identity, catalog::Identity::Always);
  EXPECT_EQ(names(full.constraints), "c full_copy_pkey");  // no foreign keys
  EXPECT_TRUE(world.has_relation("full_copy_a_idx"));
  EXPECT_TRUE(world.has_relation("full_copy_id_seq"));
}

TEST(PlanCreateTable, as_takes_names_and_types_and_nothing_else) {
  PlannedWorld world(
      "CREATE TABLE s (id int PRIMARY KEY, v varchar(5) NOT NULL);"
      "CREATE TABLE t AS SELECT id, v AS name, count(*) FROM s GROUP BY 1, 2;");
  const catalog::Table& table = world.table("t");
  ASSERT_EQ(table.columns.size(), 3U);
  EXPECT_EQ(table.columns[1].name, "name");
  EXPECT_EQ(catalog::to_string(table.columns[1].type), "character varying(5)");
  EXPECT_FALSE(table.columns[1].not_null);
  EXPECT_TRUE(table.constraints.empty());
}

TEST(PlanCreateTable, a_default_names_its_sequence) {
  PlannedWorld world("CREATE TABLE t (id bigserial);");
  const catalog::Column* column = world.table("t").column("id");
  ASSERT_NE(column, nullptr);
  EXPECT_TRUE(column->not_null);
  EXPECT_NE(column->default_value, nullptr);
  EXPECT_EQ(world.work("INSERT INTO t DEFAULT VALUES"), "t RowExclusive; t_id_seq RowExclusive");
}

}  // namespace
}  // namespace migcheck
