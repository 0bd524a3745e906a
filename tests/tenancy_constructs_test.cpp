// SPDX-License-Identifier: MIT

// Each construct of SQL that the prover follows: where it keeps to one tenant, and where it does not.

#include <gtest/gtest.h>

#include <string>

#include "support/tenancy_constructs.hpp"

namespace migcheck {
namespace {

using testing::Constructs;

TEST_F(Constructs, Conjunctions) {
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE x = 1 AND (x > 0 AND (team_id = $1 AND x < 3))"), "a: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE NOT (x = 1 AND team_id = $1)"), "a: unbound (no condition)");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE (team_id = $1) IS TRUE"), "a: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE (team_id = $1) IS NOT FALSE"), "a: unbound (no condition)");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE CASE WHEN x = 1 THEN team_id = $1 ELSE true END"),
            "a: unbound (no condition)");
}

TEST_F(Constructs, JoinsAndUsing) {
  EXPECT_EQ(prove("SELECT 1 FROM a JOIN b USING (team_id) JOIN c USING (team_id) WHERE c.team_id = $1"),
            "a: bound, b: bound, c: bound");
  EXPECT_EQ(prove("SELECT 1 FROM (SELECT team_id, id AS a FROM a) p NATURAL JOIN (SELECT team_id, id AS b "
                  "FROM b) q WHERE team_id = $1"),
            "a: bound, b: bound");
  EXPECT_EQ(
      prove("SELECT 1 FROM (SELECT id FROM a WHERE team_id = $1) p NATURAL JOIN (SELECT x AS id FROM b) q"),
      "a: bound, b: unbound (other)");
  EXPECT_EQ(prove("SELECT 1 FROM a JOIN b ON b.x = a.x WHERE a.team_id = $1"),
            "a: bound, b: unbound (other)");
  EXPECT_EQ(prove("SELECT 1 FROM a CROSS JOIN b WHERE a.team_id = b.team_id AND $1 = b.team_id"),
            "a: bound, b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM (a JOIN b ON a.team_id = b.team_id) AS j (p, q) WHERE q = $1"),
            "a: bound, b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a x JOIN a y ON y.team_id = x.team_id AND y.x > x.x WHERE x.team_id = $1"),
            "x: bound, y: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a x JOIN a y ON y.x = x.x WHERE x.team_id = $1"),
            "x: bound, y: unbound (other)");
}

TEST_F(Constructs, InSubSelects) {
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id IN (SELECT team_id FROM b WHERE team_id = $1)"),
            "a: bound, b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id IN (SELECT team_id FROM b)"),
            "a: unbound (no condition), b: unbound (no condition)");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id IN (SELECT x FROM b WHERE team_id = $1)"),
            "a: unbound (other), b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id = SOME (SELECT id FROM teams WHERE slug = $1)"),
            "a: bound, teams: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id = ALL (SELECT team_id FROM b WHERE team_id = $1)"),
            "a: unbound (other), b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id NOT IN (SELECT team_id FROM b WHERE team_id = $1)"),
            "a: unbound (no condition), b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id = $1 AND x NOT IN (SELECT x FROM b)"),
            "a: bound, b: unbound (other)");
}

TEST_F(Constructs, RowComparisonsAndLists) {
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE (x, team_id) = ($2, $1)"), "a: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE (x, team_id) < ($2, $1)"), "a: unbound (no condition)");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE (team_id, x) IN (($1, 2))"), "a: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE (team_id, x) IN (($1, 2), ($2, 3))"), "a: unbound (no condition)");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE (team_id, x) IN (SELECT team_id, x FROM b WHERE team_id = $1)"),
            "a: bound, b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE (x, team_id) IN (SELECT team_id, x FROM b WHERE team_id = $1)"),
            "a: unbound (other), b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id = ANY (ARRAY[$1])"), "a: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id = ANY (ARRAY[$1, $2])"), "a: unbound (list)");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id <> ANY (ARRAY[$1])"), "a: unbound (no condition)");
  EXPECT_EQ(prove("SELECT 1 FROM a JOIN (VALUES ($1)) v (t) ON v.t = a.team_id"), "a: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a JOIN (VALUES ($1), ($2)) v (t) ON v.t = a.team_id"),
            "a: unbound (no condition)");
}

TEST_F(Constructs, OuterJoinsBindOnlyTheNullableSide) {
  EXPECT_EQ(prove("SELECT 1 FROM a LEFT JOIN b ON b.team_id = a.team_id AND a.team_id = $1"),
            "a: unbound (no condition), b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a LEFT JOIN b ON b.team_id = $1 WHERE a.team_id = $1"),
            "a: bound, b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a RIGHT JOIN b ON a.team_id = $1 WHERE b.team_id = $1"),
            "a: bound, b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a RIGHT JOIN b ON a.team_id = $1 AND b.team_id = $1"),
            "a: bound, b: unbound (no condition)");
  EXPECT_EQ(
      prove("SELECT 1 FROM a LEFT JOIN b ON b.id = a.x WHERE a.team_id = $1 AND (b.team_id = $1 OR b.id IS "
            "NULL)"),
      "a: bound, b: unbound (or)");
  EXPECT_EQ(prove("SELECT 1 FROM a LEFT JOIN b ON b.id = a.x LEFT JOIN c ON c.team_id = b.team_id WHERE "
                  "a.team_id = $1 AND b.team_id = $1"),
            "a: bound, b: bound, c: bound");
  EXPECT_EQ(
      prove("SELECT 1 FROM a FULL JOIN b ON b.team_id = a.team_id WHERE coalesce(a.team_id, b.team_id) = $1"),
      "a: unbound (no condition), b: unbound (no condition)");
}

// What hangs on a row that an outer join found: the second join matches only where the first one did.
TEST_F(Constructs, ChainsOfOuterJoins) {
  EXPECT_EQ(
      prove("SELECT 1 FROM a LEFT JOIN a_lines l ON l.a_id = a.id LEFT JOIN line_notes n ON n.line_id = l.id "
            "WHERE a.team_id = $1"),
      "a: bound, l: bound, n: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a LEFT JOIN b ON b.team_id = a.team_id LEFT JOIN c ON c.team_id = b.team_id "
                  "AND c.x = "
                  "b.x WHERE a.team_id = $1"),
            "a: bound, b: bound, c: bound");
  EXPECT_EQ(
      prove(
          "SELECT 1 FROM a LEFT JOIN b ON b.team_id = a.team_id LEFT JOIN c ON c.x = coalesce(b.x, 1) WHERE "
          "a.team_id = $1"),
      "a: bound, b: bound, c: unbound (other)");
  EXPECT_EQ(prove("SELECT 1 FROM a LEFT JOIN b ON b.team_id = a.team_id FULL JOIN c ON c.x = b.x WHERE "
                  "a.team_id = $1"),
            "a: bound, b: bound, c: unbound (other)");
}

TEST_F(Constructs, OrBindsWhenEachBranchDoes) {
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE (team_id = $1 AND x = 1) OR (x = 2 AND $1 = team_id)"), "a: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE (team_id = $1 AND x = 1) OR (x = 2 AND team_id = $2)"),
            "a: unbound (or)");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id = $1 AND x = 1 OR x = 2"), "a: unbound (or)");
  EXPECT_EQ(
      prove("SELECT 1 FROM a JOIN b ON (a.team_id = b.team_id AND a.x = 1) OR (b.team_id = a.team_id AND a.x "
            "= 2) WHERE b.team_id = $1"),
      "a: bound, b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE (team_id = $1 OR team_id = $1) AND ((x = 1 OR x = 2) OR x = 3)"),
            "a: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE $2 OR team_id = $1"), "a: unbound (or)");
}

TEST_F(Constructs, OneTenantPerQuery) {
  EXPECT_EQ(prove("SELECT 1 FROM a, b WHERE a.team_id = $1 AND b.team_id = $2"),
            "a: bound, b: unbound (other)");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id = $1 AND EXISTS (SELECT 1 FROM b WHERE team_id = $2)"),
            "a: unbound (other), b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id = $1 UNION SELECT 1 FROM b WHERE team_id = $2"),
            "a: bound, b: unbound (other)");
  EXPECT_EQ(prove("WITH m AS (SELECT 1 FROM b WHERE team_id = $2) SELECT 1 FROM a WHERE team_id = $1"),
            "b: bound, a: unbound (other)");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id = current_team() AND x IN (SELECT x FROM b WHERE team_id = "
                  "current_team())"),
            "a: bound, b: bound");
  EXPECT_EQ(prove("UPDATE a SET x = (SELECT max(x) FROM b WHERE team_id = $2) WHERE team_id = $1"),
            "a: bound, b: unbound (other)");
}

TEST_F(Constructs, SubQueriesAndLateral) {
  EXPECT_EQ(prove("SELECT (SELECT max(b.x) FROM b WHERE b.team_id = a.team_id) FROM a WHERE a.team_id = $1"),
            "b: bound, a: bound");
  EXPECT_EQ(prove("SELECT (SELECT max(b.x) FROM b WHERE b.x = a.x) FROM a WHERE a.team_id = $1"),
            "b: unbound (other), a: bound");
  EXPECT_EQ(
      prove("SELECT 1 FROM a LEFT JOIN LATERAL (SELECT * FROM b WHERE b.team_id = a.team_id ORDER BY x LIMIT "
            "1) l ON true WHERE a.team_id = $1"),
      "a: bound, b: bound");
  EXPECT_EQ(
      prove(
          "SELECT 1 FROM a LEFT JOIN LATERAL (SELECT * FROM b ORDER BY x LIMIT 1) l ON l.team_id = a.team_id "
          "WHERE a.team_id = $1"),
      "a: bound, b: unbound (other)");
  EXPECT_EQ(
      prove("SELECT 1 FROM a, LATERAL (SELECT a.team_id AS t) l, b WHERE b.team_id = l.t AND a.team_id = $1"),
      "a: bound, b: bound");
  EXPECT_EQ(prove("SELECT ARRAY(SELECT b.x FROM b WHERE b.team_id = $1) FROM a WHERE a.team_id = $1"),
            "b: bound, a: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id = $1 ORDER BY (SELECT count(*) FROM b)"),
            "a: bound, b: unbound (other)");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE team_id = $1 LIMIT (SELECT count(*) FROM b)"),
            "a: bound, b: unbound (other)");
  EXPECT_EQ(prove("SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM b WHERE b.x = a.x)) FROM a WHERE "
                  "team_id = $1"),
            "b: unbound (other), a: bound");
}

TEST_F(Constructs, Exists) {
  EXPECT_EQ(
      prove("SELECT 1 FROM a WHERE a.team_id = $1 AND EXISTS (SELECT 1 FROM b WHERE b.team_id = a.team_id)"),
      "a: bound, b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE a.team_id = $1 AND NOT EXISTS (SELECT 1 FROM b WHERE b.team_id = "
                  "a.team_id AND b.x = a.x)"),
            "a: bound, b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a WHERE a.team_id = $1 AND NOT EXISTS (SELECT 1 FROM b WHERE b.x = a.x)"),
            "a: bound, b: unbound (other)");
  EXPECT_EQ(
      prove("SELECT 1 FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.team_id = a.team_id AND b.team_id = $1)"),
      "a: bound, b: bound");
  EXPECT_EQ(
      prove("SELECT 1 FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.team_id = a.team_id AND b.team_id = "
            "$1)"),
      "a: unbound (no condition), b: bound");
  EXPECT_EQ(prove("SELECT EXISTS (SELECT 1 FROM a WHERE team_id = $1)"), "a: bound");
  EXPECT_EQ(prove("SELECT EXISTS (SELECT 1 FROM a WHERE x = $1)"), "a: unbound (no condition)");
}

TEST_F(Constructs, SetOperations) {
  EXPECT_EQ(
      prove("SELECT * FROM (SELECT team_id FROM a INTERSECT SELECT team_id FROM b) s WHERE team_id = $1"),
      "a: bound, b: bound");
  EXPECT_EQ(
      prove("SELECT * FROM (SELECT team_id, x FROM a EXCEPT SELECT team_id, x FROM b) s WHERE team_id = $1"),
      "a: bound, b: bound");
  EXPECT_EQ(prove("SELECT x FROM a WHERE team_id = $1 EXCEPT SELECT x FROM b"),
            "a: bound, b: unbound (other)");
  EXPECT_EQ(prove("SELECT x FROM a INTERSECT SELECT x FROM b WHERE team_id = $1"),
            "a: unbound (other), b: bound");
  EXPECT_EQ(prove("SELECT * FROM (SELECT team_id FROM a UNION SELECT x FROM b) s WHERE team_id = $1"),
            "a: bound, b: unbound (other)");
  EXPECT_EQ(
      prove("SELECT * FROM (SELECT team_id FROM a UNION ALL SELECT team_id FROM b LIMIT 3) s WHERE team_id = "
            "$1"),
      "a: unbound (no condition), b: unbound (no condition)");
}

TEST_F(Constructs, CommonTablesAndRecursion) {
  EXPECT_EQ(prove("WITH m AS MATERIALIZED (SELECT * FROM a) SELECT * FROM m WHERE team_id = $1"), "a: bound");
  EXPECT_EQ(
      prove("WITH m (t) AS (SELECT team_id FROM a), n AS (SELECT t FROM m) SELECT * FROM n WHERE t = $1"),
      "a: bound");
  EXPECT_EQ(
      prove("WITH m AS (SELECT * FROM a), n AS (SELECT * FROM m) SELECT * FROM n WHERE team_id = $1 AND x = "
            "(SELECT max(x) FROM m)"),
      "a: unbound (no condition)");
  EXPECT_EQ(
      prove("WITH RECURSIVE r AS (SELECT id, team_id FROM b WHERE team_id = $1 UNION SELECT n.id, n.team_id "
            "FROM b n JOIN r ON n.parent_id = r.id AND n.team_id = r.team_id) SELECT * FROM r"),
      "b: bound, n: bound");
  EXPECT_EQ(
      prove("WITH RECURSIVE r AS (SELECT id, team_id FROM b UNION SELECT n.id, n.team_id FROM b n JOIN r ON "
            "n.parent_id = r.id) SELECT * FROM r WHERE team_id = $1"),
      "b: unbound (no condition), n: unbound (no condition)");
  // A tree, down from a row and up to its root: its key to itself keeps to the tenant, where keys are
  // trusted.
  const std::string down =
      "WITH RECURSIVE r AS (SELECT id FROM b WHERE team_id = $1 AND id = $2 UNION ALL SELECT n.id "
      "FROM b n JOIN r ON n.parent_id = r.id) SELECT * FROM r";
  EXPECT_EQ(prove(down), "b: bound, n: assumed");
  EXPECT_EQ(prove_strictly(down), "b: bound, n: unbound (other)");
  EXPECT_EQ(prove("WITH RECURSIVE r AS (SELECT id, parent_id FROM b WHERE team_id = $1 UNION SELECT n.id, "
                  "n.parent_id "
                  "FROM b n JOIN r ON n.id = r.parent_id) SELECT * FROM r JOIN b o ON o.id = r.id"),
            "b: bound, n: assumed, o: assumed");
  EXPECT_EQ(
      prove(
          "WITH RECURSIVE r AS (SELECT id, parent_id FROM b WHERE team_id = $1 UNION SELECT n.x, n.parent_id "
          "FROM b n JOIN r ON n.parent_id = r.id) SELECT * FROM r"),
      "b: bound, n: unbound (other)");
  EXPECT_EQ(
      prove("WITH RECURSIVE r AS (SELECT id, team_id FROM b WHERE team_id = $1 UNION SELECT n.id, n.team_id "
            "FROM b n JOIN r ON n.parent_id = r.id) SELECT * FROM r"),
      "b: bound, n: assumed");
  EXPECT_EQ(
      prove("WITH RECURSIVE r AS (SELECT id, team_id FROM b WHERE team_id = $1 UNION SELECT n.id, n.team_id "
            "FROM b n JOIN r ON n.x = r.id) SELECT * FROM r"),
      "b: bound, n: unbound (other)");
  EXPECT_EQ(
      prove(
          "WITH gone AS (DELETE FROM a WHERE team_id = $1 RETURNING *) INSERT INTO b (id, team_id, x) SELECT "
          "id, team_id, x FROM gone"),
      "a: bound, b: bound");
  EXPECT_EQ(
      prove(
          "WITH gone AS (DELETE FROM a WHERE team_id = $1 RETURNING *) INSERT INTO b (id, team_id, x) SELECT "
          "id, x, x FROM gone"),
      "a: bound, b: unbound (inserted)");
}

TEST_F(Constructs, WindowsAndGroups) {
  EXPECT_EQ(prove("SELECT rank() OVER (ORDER BY x) FROM a WHERE team_id = $1"), "a: bound");
  EXPECT_EQ(prove("SELECT * FROM (SELECT team_id, rank() OVER w AS r FROM a WINDOW w AS (PARTITION BY "
                  "team_id ORDER BY "
                  "x)) s WHERE team_id = $1"),
            "a: bound");
  EXPECT_EQ(
      prove("SELECT * FROM (SELECT team_id, rank() OVER w AS r FROM a WINDOW w AS (PARTITION BY x)) s WHERE "
            "team_id = $1"),
      "a: unbound (no condition)");
  EXPECT_EQ(prove("SELECT team_id, count(*) FROM a GROUP BY team_id HAVING team_id = $1"), "a: bound");
  EXPECT_EQ(prove("SELECT x, count(*) FROM a GROUP BY x HAVING min(team_id) = $1"),
            "a: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM (SELECT team_id, x, count(*) FROM a GROUP BY 1, 2) s WHERE team_id = $1"),
            "a: bound");
  EXPECT_EQ(prove("SELECT * FROM (SELECT team_id, x FROM a GROUP BY GROUPING SETS ((team_id), (x))) s WHERE "
                  "team_id = "
                  "$1"),
            "a: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM (SELECT max(team_id) AS team_id FROM a) s WHERE team_id = $1"),
            "a: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM (SELECT DISTINCT team_id, x FROM a) s WHERE team_id = $1"), "a: bound");
  EXPECT_EQ(
      prove(
          "SELECT * FROM (SELECT DISTINCT ON (team_id) team_id, x FROM a ORDER BY team_id) s WHERE team_id = "
          "$1"),
      "a: bound");
}

TEST_F(Constructs, Views) {
  EXPECT_EQ(prove("SELECT * FROM smaller WHERE owner_team = $1"), "a: bound");
  EXPECT_EQ(prove("SELECT * FROM smaller WHERE row_id = $1"), "a: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM both_of WHERE team_id = $1"), "a: bound, b: bound");
  EXPECT_EQ(prove("SELECT * FROM pairs WHERE team_id = $1"), "a: bound, b: unbound (other)");
  EXPECT_EQ(prove("SELECT * FROM small s JOIN b USING (team_id) WHERE b.team_id = $1"), "a: bound, b: bound");
  EXPECT_EQ(prove("DELETE FROM small WHERE team_id = $1"), "a: bound");
  EXPECT_EQ(prove("UPDATE smaller SET x = 1 WHERE row_id = 1"), "a: unbound (no condition)");
}

// The columns of a view are those of the day it was made.
TEST(ConstructsOfHistories, AStarInAViewKeepsItsColumns) {
  const std::string tables =
      "CREATE TABLE teams (id int PRIMARY KEY);"
      "CREATE TABLE a (id int PRIMARY KEY, x int);"
      "CREATE TABLE b (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams, y int);"
      "CREATE VIEW both_of AS SELECT a.*, b.team_id, b.id AS b_id FROM a JOIN b ON b.id = a.x;"
      "ALTER TABLE a ADD COLUMN z int;";
  TenancySettings settings;
  settings.columns = {"team_id"};
  settings.root = "teams";
  const testing::TenancyWorld world(tables, settings);
  EXPECT_EQ(world.prove("SELECT * FROM both_of WHERE team_id = $1"), "b: bound");
  EXPECT_EQ(world.prove("SELECT * FROM both_of WHERE b_id = $1"), "b: unbound (no condition)");
  const testing::TenancyWorld renamed(
      tables + "ALTER TABLE b RENAME TO c; ALTER TABLE c RENAME team_id TO team;", settings);
  EXPECT_EQ(renamed.prove("SELECT * FROM both_of WHERE b_id = $1"), "c: unbound (no condition)");
  EXPECT_EQ(renamed.prove("SELECT * FROM both_of WHERE team_id = $1"), "c: bound");
  const testing::TenancyWorld replaced(
      tables +
          "CREATE OR REPLACE VIEW both_of AS SELECT a.id, a.x, b.team_id, b.id AS b_id, a.z FROM a JOIN b ON "
          "b.id = a.x;",
      settings);
  EXPECT_EQ(replaced.prove("SELECT * FROM both_of WHERE team_id = $1 AND z = 1"), "b: bound");
}

TEST_F(Constructs, FunctionsInSqlAreTheirQueries) {
  EXPECT_EQ(prove("SELECT * FROM of_team($1)"), "a: bound");
  EXPECT_EQ(prove("SELECT * FROM of_team(5)"), "a: bound");
  EXPECT_EQ(prove("SELECT * FROM of_number($1) WHERE row_id = 1"), "a: bound");
  EXPECT_EQ(prove("SELECT * FROM of_team($1) o JOIN b ON b.team_id = o.team_id"), "a: bound, b: bound");
  EXPECT_EQ(prove("SELECT * FROM of_number($1) n (r, t) JOIN b ON b.team_id = n.t"), "a: bound, b: bound");
  EXPECT_EQ(prove("SELECT * FROM of_team($2) o, b WHERE b.team_id = $1"), "a: bound, b: unbound (other)");
  EXPECT_EQ(prove("SELECT * FROM of_all() WHERE team_id = $1"), "a: bound");
  EXPECT_EQ(prove("SELECT * FROM of_all()"), "a: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM of_team((random() * 9)::int) o, b WHERE b.team_id = o.team_id"),
            "a: unbound (no condition), b: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM b, LATERAL of_team(b.team_id) o WHERE b.team_id = $1"),
            "b: bound, a: bound");
  EXPECT_EQ(prove("SELECT * FROM b, of_team(b.x) o WHERE b.team_id = $1"), "b: bound, a: unbound (other)");
}

TEST_F(Constructs, OtherFunctionsAreOpaque) {
  EXPECT_EQ(prove("SELECT * FROM opaque($1) o JOIN b ON b.team_id = o.team_id"), "b: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM opaque($1) o JOIN b ON b.team_id = $1"), "b: bound");
  EXPECT_EQ(prove("SELECT * FROM first_of_all() o JOIN b ON b.team_id = o.team_id"),
            "b: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM b WHERE is_mine(team_id)"), "b: unbound (no condition)");
  EXPECT_EQ(prove("SELECT * FROM b WHERE team_id = current_team()"), "b: bound");
}

TEST_F(Constructs, ForeignKeysHandTheTenantDown) {
  const std::string lines =
      "SELECT 1 FROM a JOIN a_lines l ON l.a_id = a.id JOIN line_notes n ON n.line_id = l.id ";
  EXPECT_EQ(prove(lines + "WHERE a.team_id = $1"), "a: bound, l: bound, n: bound");
  EXPECT_EQ(prove(lines + "WHERE l.a_id = 5"),
            "a: unbound (no condition), l: unbound (no condition), n: unbound (no condition)");
  EXPECT_EQ(
      prove(
          "SELECT 1 FROM line_notes WHERE line_id IN (SELECT id FROM a_lines WHERE a_id IN (SELECT id FROM a "
          "WHERE team_id = $1))"),
      "line_notes: bound, a_lines: bound, a: bound");
  EXPECT_EQ(prove("SELECT 1 FROM a JOIN a_lines l ON l.x = a.id WHERE a.team_id = $1"),
            "a: bound, l: unbound (other)");
  // Composite keys prove it, simple ones only where they are trusted.
  EXPECT_EQ(prove_strictly("SELECT 1 FROM ab JOIN b ON b.id = ab.b_id WHERE ab.team_id = $1"),
            "ab: bound, b: bound");
  EXPECT_EQ(prove("SELECT 1 FROM ab JOIN a ON a.id = ab.a_id WHERE ab.team_id = $1"),
            "ab: bound, a: assumed");
  EXPECT_EQ(prove_strictly("SELECT 1 FROM ab JOIN a ON a.id = ab.a_id WHERE ab.team_id = $1"),
            "ab: bound, a: unbound (other)");
}

}  // namespace
}  // namespace migcheck
