// SPDX-License-Identifier: MIT

// What the prover accepts and what it does not, reference by reference.

#include <gtest/gtest.h>

#include <string>

#include "support/tenancy_world.hpp"

namespace migcheck {
namespace {

constexpr const char* kSchema = R"sql(
CREATE TABLE teams (id int PRIMARY KEY, slug text NOT NULL UNIQUE, name text);
CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE, default_team int);
CREATE TABLE countries (code text PRIMARY KEY, name text);
CREATE TABLE memberships (team_id int NOT NULL REFERENCES teams, user_id int NOT NULL REFERENCES users,
                          role text, PRIMARY KEY (team_id, user_id));
CREATE TABLE customers (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams, name text,
                        UNIQUE (team_id, id));
CREATE TABLE orders (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams, customer_id int NOT NULL,
                     number int NOT NULL, total int, note text, UNIQUE (team_id, number),
                     FOREIGN KEY (team_id, customer_id) REFERENCES customers (team_id, id));
CREATE TABLE invoices (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams,
                       order_id int NOT NULL REFERENCES orders);
CREATE TABLE order_items (id int PRIMARY KEY, order_id int NOT NULL REFERENCES orders ON DELETE CASCADE, price int);
CREATE TABLE templates (id int PRIMARY KEY, team_id int REFERENCES teams, body text);
CREATE VIEW open_orders AS SELECT id, team_id, total FROM orders WHERE total > 0;
CREATE VIEW totals AS SELECT sum(total) AS total FROM orders;
)sql";

struct Prover : ::testing::Test {
  static const testing::TenancyWorld& world() {
    static const testing::TenancyWorld the(kSchema);
    return the;
  }
  static std::string prove(std::string sql) { return world().prove(std::move(sql)); }
};

TEST_F(Prover, TheTenantColumnIsInferred) {
  EXPECT_EQ(world().map().columns, std::vector<std::string>{"team_id"});
  EXPECT_EQ(world().map().root_name, "teams");
  EXPECT_TRUE(world().map().inferred);
}

TEST_F(Prover, OneTable) {
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id = $1"), "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM orders o WHERE $1 = o.team_id AND o.id = $2"), "o: bound");
  EXPECT_EQ(prove("SELECT * FROM orders"), "orders: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE id = $1"), "orders: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id > $1"), "orders: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id <> $1"), "orders: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE NOT (team_id = $1)"), "orders: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id = team_id"), "orders: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id = $1::int"), "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id::text = $1"), "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id = current_setting('app.team')::int"), "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id = coalesce($1, team_id)"),
            "orders: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id = (random() * 5)::int"),
            "orders: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM countries WHERE code = $1"), "");
}

TEST_F(Prover, ListsAndRows) {
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id IN ($1)"), "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id IN ($1, $1)"), "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id IN ($1, $2)"), "orders: unbound (list)");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id = ANY (ARRAY[$1])"), "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id = ANY ($1)"), "orders: unbound (list)");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE (team_id, id) = ($1, $2)"), "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE (team_id, id) <> ($1, $2)"), "orders: unbound (no condition)");
}

TEST_F(Prover, NullsDecide) {
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id IS NOT DISTINCT FROM $1"), "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM templates WHERE team_id IS NOT DISTINCT FROM $1"),
            "templates: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM templates WHERE team_id = $1 OR team_id IS NULL"), "templates: bound");
  EXPECT_EQ(prove("SELECT * FROM templates WHERE team_id = $1 OR $1 IS NULL"), "templates: unbound (or)");
  // The null here is the join's, so whether it is there depends on other tenants' rows.
  EXPECT_EQ(prove("SELECT * FROM countries c LEFT JOIN orders o ON o.note = c.code "
                  "WHERE o.team_id = $1 OR o.team_id IS NULL"),
            "o: unbound (or)");
}

TEST_F(Prover, Disjunctions) {
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id = $1 OR id = $2"), "orders: unbound (or)");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE (team_id = $1 AND id = 1) OR (team_id = $1 AND id = 2)"),
            "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id = $1 OR team_id = $2"), "orders: unbound (or)");
  EXPECT_EQ(prove("SELECT * FROM orders o JOIN customers c ON c.team_id = o.team_id AND (c.team_id = $1 OR "
                  "o.team_id = $1)"),
            "o: bound, c: bound");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id = $1 AND (id = 1 OR id = 2)"), "orders: bound");
}

TEST_F(Prover, Joins) {
  EXPECT_EQ(prove("SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id AND c.team_id = o.team_id "
                  "WHERE o.team_id = $1"),
            "o: bound, c: bound");
  EXPECT_EQ(prove("SELECT * FROM orders o JOIN customers c USING (team_id) WHERE team_id = $1"),
            "o: bound, c: bound");
  EXPECT_EQ(prove("SELECT * FROM orders o, customers c WHERE o.team_id = $1"),
            "o: bound, c: unbound (other)");
  EXPECT_EQ(prove("SELECT * FROM orders o JOIN customers c ON c.name = o.note WHERE o.team_id = $1 AND "
                  "c.team_id = $2"),
            "o: bound, c: unbound (other)");
  EXPECT_EQ(prove("SELECT * FROM orders o JOIN teams t ON t.id = o.team_id WHERE t.slug = $1"),
            "o: bound, t: bound");
  EXPECT_EQ(prove("SELECT * FROM orders o JOIN teams t ON t.id = o.team_id WHERE t.name = $1"),
            "o: unbound (no condition), t: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM orders o JOIN users u ON u.default_team = o.team_id WHERE u.id = $1"),
            "o: bound");
}

TEST_F(Prover, ForeignKeys) {
  // The key holds the tenant, and customers.id alone names the row.
  EXPECT_EQ(prove("SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.team_id = $1"),
            "o: bound, c: bound");
  EXPECT_EQ(prove("SELECT * FROM invoices i JOIN orders o ON o.id = i.order_id WHERE o.team_id = $1"),
            "i: assumed, o: bound");
  EXPECT_EQ(prove("SELECT * FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.team_id = $1"),
            "i: bound, o: bound");
  EXPECT_EQ(prove("SELECT * FROM order_items WHERE order_id = $1"), "order_items: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM order_items WHERE order_id IN (SELECT id FROM orders WHERE team_id = $1)"),
            "order_items: bound, orders: bound");
  EXPECT_EQ(prove("SELECT * FROM order_items i WHERE EXISTS (SELECT 1 FROM orders o WHERE o.id = i.order_id "
                  "AND o.team_id = $1)"),
            "i: bound, o: bound");
}

// Large tables leave the key out; the name says it, and trust goes as far as with a key.
TEST(ProverOfNames, ReferencesWithoutAKey) {
  const std::string schema =
      "CREATE TABLE teams (id int PRIMARY KEY);"
      "CREATE TABLE steps (id int, made int, team_id int NOT NULL, name text, PRIMARY KEY (id, made));"
      "CREATE TABLE tasks (id int PRIMARY KEY, team_id int NOT NULL, step_id int, step_made int, note text);";
  TenancySettings settings;
  settings.columns = {"team_id"};
  settings.root = "teams";
  const std::string joined =
      "SELECT * FROM tasks t JOIN steps s ON s.id = t.step_id AND s.made = t.step_made WHERE t.team_id = $1";
  EXPECT_EQ(testing::TenancyWorld(schema, settings).prove(joined), "t: bound, s: assumed");
  EXPECT_EQ(testing::TenancyWorld(schema, settings)
                .prove("SELECT * FROM tasks t JOIN steps s ON s.name = t.note WHERE t.team_id = $1"),
            "t: bound, s: unbound (other)");
  settings.trust_foreign_keys = false;
  EXPECT_EQ(testing::TenancyWorld(schema, settings).prove(joined), "t: bound, s: unbound (other)");
}

TEST_F(Prover, OuterJoins) {
  EXPECT_EQ(prove("SELECT * FROM orders o LEFT JOIN customers c ON c.name = o.note AND c.team_id = o.team_id "
                  "WHERE o.team_id = $1"),
            "o: bound, c: bound");
  EXPECT_EQ(prove("SELECT * FROM orders o LEFT JOIN customers c ON c.name = o.note AND c.team_id = $1 AND "
                  "o.team_id = $1"),
            "o: unbound (no condition), c: bound");
  EXPECT_EQ(
      prove("SELECT * FROM orders o LEFT JOIN customers c ON c.team_id = o.team_id WHERE c.team_id = $1"),
      "o: bound, c: bound");
  EXPECT_EQ(
      prove("SELECT * FROM orders o RIGHT JOIN customers c ON c.team_id = o.team_id WHERE c.team_id = $1"),
      "o: bound, c: bound");
  EXPECT_EQ(prove("SELECT * FROM orders o FULL JOIN customers c ON c.team_id = o.team_id AND c.team_id = $1"),
            "o: unbound (no condition), c: unbound (no condition)");
  EXPECT_EQ(
      prove("SELECT * FROM orders o FULL JOIN customers c ON c.team_id = o.team_id WHERE o.team_id = $1"),
      "o: bound, c: bound");
}

TEST_F(Prover, ColumnsOfOuterJoins) {
  EXPECT_EQ(prove("SELECT * FROM orders FULL JOIN customers USING (team_id) WHERE team_id = $1"),
            "orders: bound, customers: bound");
  EXPECT_EQ(prove("SELECT team_id FROM (SELECT * FROM orders FULL JOIN customers USING (team_id)) s WHERE "
                  "team_id = $1"),
            "orders: bound, customers: bound");
  EXPECT_EQ(prove("SELECT * FROM orders o FULL JOIN customers c USING (id) WHERE c.team_id = $1"),
            "o: unbound (other), c: bound");
  EXPECT_EQ(prove("SELECT * FROM orders o LEFT JOIN invoices i ON i.team_id = o.team_id AND i.id = o.id LEFT "
                  "JOIN customers c ON c.team_id = coalesce(i.team_id, o.team_id) WHERE o.team_id = $1"),
            "o: bound, i: bound, c: bound");
  EXPECT_EQ(prove("SELECT * FROM orders o LEFT JOIN invoices i ON i.id = o.id LEFT JOIN customers c ON "
                  "c.team_id = coalesce(i.team_id, o.team_id) WHERE o.team_id = $1"),
            "o: bound, i: unbound (other), c: unbound (other)");
}

TEST_F(Prover, NullsBesideAnotherTable) {
  EXPECT_EQ(
      prove("SELECT * FROM orders o JOIN templates t ON t.team_id = o.team_id OR t.team_id IS NULL WHERE "
            "o.team_id = $1"),
      "o: bound, t: bound");
  EXPECT_EQ(prove("SELECT * FROM orders o JOIN templates t ON t.team_id = o.team_id OR t.id = o.id WHERE "
                  "o.team_id = $1"),
            "o: bound, t: unbound (or)");
}

TEST_F(Prover, SubQueries) {
  EXPECT_EQ(prove("SELECT * FROM (SELECT * FROM orders) s WHERE s.team_id = $1"), "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM (SELECT * FROM orders ORDER BY id LIMIT 10) s WHERE s.team_id = $1"),
            "orders: unbound (no condition)");
  EXPECT_EQ(
      prove("SELECT * FROM (SELECT team_id, count(*) FROM orders GROUP BY team_id) s WHERE s.team_id = $1"),
      "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM (SELECT team_id, row_number() OVER (ORDER BY id) FROM orders) s WHERE "
                  "s.team_id = $1"),
            "orders: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM (SELECT team_id, row_number() OVER (PARTITION BY team_id ORDER BY id) FROM "
                  "orders) s "
                  "WHERE s.team_id = $1"),
            "orders: bound");
  EXPECT_EQ(
      prove("SELECT * FROM (SELECT DISTINCT ON (note) team_id, note FROM orders) s WHERE s.team_id = $1"),
      "orders: unbound (no condition)");
  EXPECT_EQ(prove("SELECT (SELECT count(*) FROM customers c WHERE c.team_id = o.team_id) FROM orders o WHERE "
                  "o.team_id = $1"),
            "c: bound, o: bound");
  EXPECT_EQ(prove("SELECT (SELECT count(*) FROM customers c) FROM orders o WHERE o.team_id = $1"),
            "c: unbound (other), o: bound");
  EXPECT_EQ(
      prove("SELECT * FROM orders o WHERE o.team_id = $1 AND o.id NOT IN (SELECT order_id FROM order_items)"),
      "o: bound, order_items: bound");
  EXPECT_EQ(
      prove(
          "SELECT * FROM orders o, LATERAL (SELECT * FROM customers c WHERE c.team_id = o.team_id LIMIT 1) x "
          "WHERE o.team_id = $1"),
      "o: bound, c: bound");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id = (SELECT team_id FROM customers WHERE id = $1)"),
            "orders: bound, customers: unbound (no condition)");
}

TEST_F(Prover, SetOperations) {
  EXPECT_EQ(
      prove("SELECT id FROM orders WHERE team_id = $1 UNION SELECT id FROM customers WHERE team_id = $1"),
      "orders: bound, customers: bound");
  EXPECT_EQ(prove("SELECT id FROM orders WHERE team_id = $1 UNION ALL SELECT id FROM customers"),
            "orders: bound, customers: unbound (other)");
  EXPECT_EQ(prove("SELECT * FROM (SELECT team_id FROM orders UNION SELECT team_id FROM customers) s WHERE "
                  "team_id = $1"),
            "orders: bound, customers: bound");
  EXPECT_EQ(prove("SELECT * FROM templates WHERE team_id IN (SELECT team_id FROM orders WHERE team_id = $1 "
                  "UNION SELECT team_id FROM customers WHERE team_id = $1)"),
            "templates: bound, orders: bound, customers: bound");
}

TEST_F(Prover, CommonTables) {
  EXPECT_EQ(prove("WITH o AS (SELECT * FROM orders WHERE team_id = $1) SELECT * FROM o JOIN customers c "
                  "USING (team_id)"),
            "orders: bound, c: bound");
  EXPECT_EQ(prove("WITH o AS (SELECT * FROM orders) SELECT * FROM o WHERE team_id = $1"), "orders: bound");
  EXPECT_EQ(
      prove("WITH o AS (SELECT * FROM orders) SELECT * FROM o WHERE team_id = $1 UNION ALL SELECT * FROM o"),
      "orders: unbound (no condition)");
  EXPECT_EQ(prove("WITH o AS (SELECT id FROM orders WHERE team_id = $1) SELECT * FROM order_items i JOIN o "
                  "ON o.id = i.order_id"),
            "orders: bound, i: bound");
  EXPECT_EQ(prove("WITH gone AS (DELETE FROM orders WHERE team_id = $1 RETURNING *) SELECT * FROM gone"),
            "orders: bound");
  EXPECT_EQ(prove("WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone WHERE team_id = $1"),
            "orders: unbound (no condition)");
}

TEST_F(Prover, Recursion) {
  EXPECT_EQ(
      prove("WITH RECURSIVE r AS (SELECT id, team_id FROM orders WHERE team_id = $1 UNION ALL "
            "SELECT o.id, o.team_id FROM orders o JOIN r ON o.customer_id = r.id AND o.team_id = r.team_id) "
            "SELECT * FROM r"),
      "orders: bound, o: bound");
  EXPECT_EQ(prove("WITH RECURSIVE r AS (SELECT id, team_id FROM orders WHERE team_id = $1 UNION ALL "
                  "SELECT o.id, o.team_id FROM orders o JOIN r ON o.customer_id = r.id) SELECT * FROM r"),
            "orders: bound, o: unbound (other)");
  EXPECT_EQ(
      prove("WITH RECURSIVE r AS (SELECT id, team_id FROM orders UNION ALL "
            "SELECT o.id, o.team_id FROM orders o JOIN r ON o.customer_id = r.id AND o.team_id = r.team_id) "
            "SELECT * FROM r WHERE team_id = $1"),
      "orders: bound, o: bound");
}

TEST_F(Prover, Writes) {
  EXPECT_EQ(prove("UPDATE orders SET note = '' WHERE team_id = $1 AND id = $2"), "orders: bound");
  EXPECT_EQ(prove("UPDATE orders SET note = '' WHERE id = $2"), "orders: unbound (no condition)");
  EXPECT_EQ(prove("DELETE FROM orders o USING customers c WHERE c.id = o.customer_id AND o.team_id = $1"),
            "o: bound, c: bound");
  EXPECT_EQ(
      prove("UPDATE orders o SET note = c.name FROM customers c WHERE o.team_id = $1 AND c.name = o.note"),
      "o: bound, c: unbound (other)");
  EXPECT_EQ(prove("INSERT INTO customers (id, team_id, name) VALUES ($1, $2, $3)"), "customers: bound");
  EXPECT_EQ(prove("INSERT INTO customers (id, name) VALUES ($1, $3)"), "customers: unbound (missing)");
  EXPECT_EQ(prove("INSERT INTO customers (id, team_id) SELECT id, team_id FROM orders WHERE team_id = $1"),
            "customers: bound, orders: bound");
  EXPECT_EQ(prove("INSERT INTO customers (id, team_id) SELECT id, id FROM orders WHERE team_id = $1"),
            "customers: unbound (inserted), orders: bound");
  EXPECT_EQ(prove("INSERT INTO customers (id, team_id) SELECT id, $2 FROM orders WHERE team_id = $1"),
            "customers: unbound (other), orders: bound");
  EXPECT_EQ(prove("INSERT INTO orders (id, team_id, number) VALUES ($1, $2, $3) "
                  "ON CONFLICT (team_id, number) DO UPDATE SET note = excluded.note"),
            "orders: bound, orders: bound");
  EXPECT_EQ(prove("INSERT INTO orders (id, team_id, number) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE "
                  "SET note = ''"),
            "orders: bound, orders: unbound (conflict)");
  EXPECT_EQ(prove("INSERT INTO orders AS o (id, team_id, number) VALUES ($1, $2, $3) ON CONFLICT (id) "
                  "DO UPDATE SET note = '' WHERE o.team_id = excluded.team_id"),
            "o: bound, o: bound");
  EXPECT_EQ(prove("MERGE INTO orders o USING customers c ON c.team_id = o.team_id AND c.team_id = $1 "
                  "WHEN MATCHED THEN UPDATE SET note = c.name"),
            "o: bound, c: bound");
  EXPECT_EQ(prove("MERGE INTO orders o USING customers c ON c.team_id = o.team_id AND c.team_id = $1 "
                  "WHEN NOT MATCHED THEN INSERT (id, team_id) VALUES (c.id, c.team_id)"),
            "o: bound, o: unbound (no condition), c: unbound (no condition)");
}

TEST_F(Prover, Views) {
  EXPECT_EQ(prove("SELECT * FROM open_orders WHERE team_id = $1"), "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM open_orders"), "orders: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM totals"), "orders: unbound (no condition)");
  EXPECT_EQ(world().prove("SELECT id, team_id FROM orders WHERE total > 0", false, true), "orders: bound");
  EXPECT_EQ(world().prove("SELECT sum(total) FROM orders", false, true), "orders: unbound (no condition)");
}

TEST_F(Prover, WritesThroughViews) {
  EXPECT_EQ(prove("UPDATE open_orders SET total = 1 WHERE team_id = $1"), "orders: bound");
  EXPECT_EQ(prove("UPDATE open_orders SET total = 1 WHERE id = $1"), "orders: unbound (no condition)");
  EXPECT_EQ(prove("DELETE FROM open_orders WHERE id = $1"), "orders: unbound (no condition)");
  EXPECT_EQ(prove("INSERT INTO open_orders (id, team_id) VALUES ($1, $2)"), "orders: unbound (too complex)");
}

TEST_F(Prover, WhoIsAsking) {
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id IN (SELECT team_id FROM memberships WHERE user_id = "
                  "auth.uid())"),
            "orders: assumed, memberships: assumed");
  EXPECT_EQ(
      prove("SELECT o.* FROM orders o JOIN memberships m ON m.team_id = o.team_id WHERE m.user_id = $1"),
      "o: assumed, m: assumed");
  EXPECT_EQ(prove("SELECT * FROM orders o WHERE o.team_id = $1 AND EXISTS (SELECT 1 FROM memberships WHERE "
                  "user_id = auth.uid())"),
            "o: bound, memberships: unbound (other)");
}

TEST_F(Prover, FunctionBodies) {
  EXPECT_EQ(world().prove("SELECT * FROM orders WHERE team_id = p_team", true), "orders: bound");
  EXPECT_EQ(world().prove("SELECT * FROM orders WHERE team_id = p_team", false),
            "orders: unbound (no condition)");
  EXPECT_EQ(world().prove("UPDATE orders SET total = 0 WHERE id = NEW.order_id", true), "orders: assumed");
}

TEST_F(Prover, QueryFilesOfSqlc) {
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id = @team_id::int AND id = @id"), "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM orders WHERE team_id = sqlc.arg(team_id)::int"), "orders: bound");
  EXPECT_EQ(prove("SELECT * FROM orders o JOIN customers c ON c.team_id = @team_id WHERE o.team_id = @other"),
            "o: unbound (other), c: bound");
  EXPECT_EQ(prove("INSERT INTO customers (id, team_id) VALUES (@id::int, @team_id::int)"),
            "customers: bound");
  EXPECT_EQ(prove("INSERT INTO customers (id, team_id) VALUES ($1, $2), ($3, $4)"), "customers: bound");
}

TEST_F(Prover, DepthIsBounded) {
  std::string sql = "SELECT * FROM orders WHERE team_id = $1";
  for (int i = 0; i < 400; ++i) sql = "SELECT * FROM (" + sql + ") s";
  EXPECT_EQ(prove(sql), "the query: unbound (too complex)");
}

}  // namespace
}  // namespace migcheck
