// SPDX-License-Identifier: MIT

// Each way to write rows that the prover follows: where it keeps to one tenant, and where it does not.

#include <gtest/gtest.h>

#include <string>

#include "support/tenancy_constructs.hpp"

namespace migcheck {
namespace {

using ConstructsThatWrite = testing::Constructs;

TEST_F(ConstructsThatWrite, UpdateAndDelete) {
  EXPECT_EQ(prove("UPDATE a SET x = b.x FROM b WHERE b.team_id = a.team_id AND b.team_id = $1"),
            "a: bound, b: bound");
  EXPECT_EQ(prove("UPDATE a SET x = b.x FROM b WHERE b.id = a.x AND b.team_id = $1"),
            "a: unbound (other), b: bound");
  EXPECT_EQ(
      prove(
          "UPDATE a SET x = 1 FROM b JOIN c USING (team_id) WHERE a.team_id = c.team_id AND b.team_id = $1"),
      "a: bound, b: bound, c: bound");
  EXPECT_EQ(prove("DELETE FROM a USING b WHERE a.team_id = b.team_id AND b.team_id = $1"),
            "a: bound, b: bound");
  EXPECT_EQ(prove("DELETE FROM a USING b WHERE a.x = b.x AND b.team_id = $1"),
            "a: unbound (other), b: bound");
  EXPECT_EQ(prove("UPDATE a SET (x, b_id) = (SELECT x, id FROM b WHERE b.team_id = a.team_id LIMIT 1) WHERE "
                  "team_id = "
                  "$1"),
            "a: bound, b: bound");
}

TEST_F(ConstructsThatWrite, Returning) {
  EXPECT_EQ(prove("UPDATE a SET x = 1 WHERE team_id = $1 RETURNING (SELECT count(*) FROM b)"),
            "a: bound, b: unbound (other)");
  EXPECT_EQ(
      prove(
          "DELETE FROM a WHERE team_id = $1 RETURNING (SELECT count(*) FROM b WHERE b.team_id = a.team_id)"),
      "a: bound, b: bound");
  EXPECT_EQ(
      prove(
          "INSERT INTO a (id, team_id) VALUES (1, $1) RETURNING (SELECT max(x) FROM b WHERE b.team_id = $1)"),
      "a: bound, b: bound");
  EXPECT_EQ(
      prove(
          "WITH w AS (UPDATE a SET x = 1 WHERE team_id = $1 RETURNING team_id) SELECT 1 FROM b JOIN w USING "
          "(team_id)"),
      "a: bound, b: bound");
}

// The same row by the same value, here and there; and a tenant that is looked up.
TEST_F(ConstructsThatWrite, RowsByTheSameValueAreOneTenants) {
  EXPECT_EQ(prove("SELECT x FROM a_lines WHERE a_id = $1 UNION ALL SELECT x FROM a WHERE id = $1"),
            "a_lines: unbound (no condition), a: unbound (no condition)");
  EXPECT_EQ(prove("INSERT INTO a (id, team_id) VALUES ($1, (SELECT team_id FROM b WHERE id = $2))"),
            "a: unbound (no condition), b: unbound (no condition)");
  EXPECT_EQ(prove("INSERT INTO a (id, team_id) VALUES ($1, (SELECT id FROM teams WHERE slug = $2))"),
            "a: bound, teams: bound");
}

TEST_F(ConstructsThatWrite, RowsThatWereInserted) {
  const std::string one = "WITH i AS (INSERT INTO a (id, team_id) VALUES ($2, $1) RETURNING id, x, team_id) ";
  EXPECT_EQ(prove(one + "SELECT * FROM i JOIN a_lines l ON l.a_id = i.id"), "a: bound, l: bound");
  EXPECT_EQ(prove(one + "SELECT * FROM i JOIN b ON b.team_id = i.team_id"), "a: bound, b: bound");
  EXPECT_EQ(prove(one + "SELECT * FROM i JOIN b ON b.x = i.x"), "a: bound, b: unbound (other)");
  EXPECT_EQ(prove(one + "INSERT INTO a_lines (id, a_id) SELECT $3, i.id FROM i"), "a: bound, a_lines: bound");
  EXPECT_EQ(prove(one + "INSERT INTO a_lines (id, a_id) SELECT $3, i.x FROM i"),
            "a: bound, a_lines: unbound (inserted)");
  EXPECT_EQ(prove("WITH i AS (INSERT INTO a (id, team_id) SELECT unnest($2), unnest($3) RETURNING id) SELECT "
                  "* FROM i "
                  "JOIN a_lines l ON l.a_id = i.id"),
            "a: bound, l: bound");
  EXPECT_EQ(prove("WITH i AS (INSERT INTO a (id, team_id, x) VALUES ($2, $1, $3) ON CONFLICT (team_id, x) DO "
                  "UPDATE SET "
                  "b_id = 1 RETURNING id) SELECT * FROM i JOIN a_lines l ON l.a_id = i.id"),
            "a: bound, a: bound, l: bound");
}

TEST_F(ConstructsThatWrite, InsertAndConflict) {
  EXPECT_EQ(prove("INSERT INTO a (id, team_id) SELECT id, team_id FROM b WHERE team_id = $1"),
            "a: bound, b: bound");
  EXPECT_EQ(prove("INSERT INTO a (id, team_id) SELECT id, $1 FROM b WHERE x = 1"),
            "a: bound, b: unbound (other)");
  EXPECT_EQ(prove("INSERT INTO a SELECT id, team_id FROM b WHERE team_id = $1"), "a: bound, b: bound");
  EXPECT_EQ(prove("INSERT INTO a (id) SELECT id FROM b WHERE team_id = $1"),
            "a: unbound (missing), b: bound");
  EXPECT_EQ(prove("INSERT INTO a (id, team_id, x) VALUES (1, $1, 2) ON CONFLICT DO NOTHING"), "a: bound");
  EXPECT_EQ(
      prove(
          "INSERT INTO a (id, team_id, x) VALUES (1, $1, 2) ON CONFLICT (team_id, x) DO UPDATE SET b_id = 1"),
      "a: bound, a: bound");
  EXPECT_EQ(
      prove(
          "INSERT INTO a (id, team_id, x) VALUES (1, $1, 2) ON CONFLICT ON CONSTRAINT a_by_id DO UPDATE SET "
          "b_id = 1"),
      "a: bound, a: unbound (conflict)");
  EXPECT_EQ(
      prove("INSERT INTO a (id, team_id, x) VALUES (1, $1, 2) ON CONFLICT ON CONSTRAINT a_team_id_x_key DO "
            "UPDATE SET b_id = 1"),
      "a: bound, a: bound");
  EXPECT_EQ(
      prove("INSERT INTO a (id, team_id, x) VALUES (1, $1, 2) ON CONFLICT (id) DO UPDATE SET b_id = 1 WHERE "
            "a.team_id = $1"),
      "a: bound, a: bound");
  EXPECT_EQ(
      prove("INSERT INTO a (id, team_id, x) VALUES (1, $1, 2) ON CONFLICT (team_id, x) DO UPDATE SET b_id = "
            "(SELECT max(id) FROM b)"),
      "a: bound, a: bound, b: unbound (other)");
}

TEST_F(ConstructsThatWrite, Merge) {
  const std::string on = "MERGE INTO a USING b ON b.team_id = a.team_id AND b.x = a.x AND a.team_id = $1 ";
  EXPECT_EQ(prove(on + "WHEN MATCHED THEN DELETE"), "a: bound, b: bound");
  EXPECT_EQ(prove(on + "WHEN MATCHED AND b.x > 1 THEN UPDATE SET x = b.x WHEN MATCHED THEN DO NOTHING"),
            "a: bound, b: bound");
  EXPECT_EQ(prove("MERGE INTO a USING b ON b.id = a.x AND b.team_id = $1 WHEN MATCHED THEN DELETE"),
            "a: unbound (other), b: bound");
  EXPECT_EQ(
      prove(
          "MERGE INTO a USING (SELECT * FROM b WHERE team_id = $1) s ON s.team_id = a.team_id AND s.x = a.x "
          "WHEN MATCHED THEN UPDATE SET x = s.x WHEN NOT MATCHED THEN INSERT (id, team_id) VALUES (s.id, "
          "s.team_id)"),
      "a: bound, a: bound, b: bound");
  EXPECT_EQ(
      prove(
          "MERGE INTO a USING (SELECT * FROM b WHERE team_id = $1) s ON s.team_id = a.team_id AND s.x = a.x "
          "WHEN NOT MATCHED THEN INSERT (id, team_id) VALUES (s.id, s.x)"),
      "a: bound, a: unbound (inserted), b: bound");
  EXPECT_EQ(
      prove(
          "MERGE INTO a USING (SELECT * FROM b WHERE team_id = $1) s ON s.team_id = a.team_id AND s.x = a.x "
          "WHEN MATCHED THEN UPDATE SET x = (SELECT max(x) FROM c)"),
      "a: bound, b: bound, c: unbound (other)");
}

}  // namespace
}  // namespace migcheck
