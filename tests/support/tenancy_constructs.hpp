// SPDX-License-Identifier: MIT
#pragma once

// The tables, views and functions that the tests of the prover's constructs ask about.

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "support/tenancy_world.hpp"

namespace migcheck::testing {

inline constexpr const char* kSchema = R"sql(
CREATE TABLE teams (id int PRIMARY KEY, slug text NOT NULL UNIQUE);
CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE);
CREATE TABLE colours (id int PRIMARY KEY, name text);
CREATE TABLE a (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams, x int, b_id int, UNIQUE (team_id, x),
                CONSTRAINT a_by_id UNIQUE (id, x));
CREATE TABLE b (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams, x int, parent_id int REFERENCES b,
                UNIQUE (team_id, id));
CREATE TABLE c (id int PRIMARY KEY, team_id int REFERENCES teams, x int);
CREATE TABLE a_lines (id int PRIMARY KEY, a_id int NOT NULL REFERENCES a ON DELETE CASCADE, x int);
CREATE TABLE line_notes (id int PRIMARY KEY, line_id int NOT NULL REFERENCES a_lines, x int);
CREATE TABLE ab (team_id int NOT NULL REFERENCES teams, a_id int NOT NULL REFERENCES a, b_id int NOT NULL, x int,
                 FOREIGN KEY (team_id, b_id) REFERENCES b (team_id, id));
CREATE VIEW small AS SELECT id, team_id, x FROM a WHERE x < 10;
CREATE VIEW smaller (row_id, owner_team, x) AS SELECT id, team_id, x FROM small WHERE x < 5;
CREATE VIEW both_of AS SELECT a.team_id, a.x FROM a JOIN b USING (team_id);
CREATE VIEW pairs AS SELECT a.team_id, b.team_id AS other_team FROM a, b;
CREATE FUNCTION of_team(p_team int) RETURNS SETOF a LANGUAGE sql STABLE AS $$ SELECT * FROM a WHERE team_id = p_team $$;
CREATE FUNCTION of_number(int) RETURNS TABLE (row_id int, team int) LANGUAGE sql AS $$
  SELECT id, team_id FROM a WHERE a.team_id = $1 $$;
CREATE FUNCTION of_all() RETURNS SETOF a LANGUAGE sql AS $$ SELECT * FROM a $$;
CREATE FUNCTION first_of_all() RETURNS a LANGUAGE sql AS $$ SELECT * FROM a $$;
CREATE FUNCTION opaque(p_team int) RETURNS SETOF a LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT * FROM a; END $$;
CREATE FUNCTION current_team() RETURNS int LANGUAGE sql STABLE AS $$ SELECT current_setting('app.team')::int $$;
)sql";

struct Constructs : ::testing::Test {
  static const TenancyWorld& world() {
    static const TenancyWorld the(kSchema, settings(true));
    return the;
  }
  static TenancySettings settings(bool trust) {
    TenancySettings made;
    made.columns = {"team_id"};
    made.root = "teams";
    made.trust_foreign_keys = trust;
    return made;
  }
  static std::string prove(std::string sql) { return world().prove(std::move(sql)); }
  // Without trust in foreign keys.
  static std::string prove_strictly(std::string sql) {
    static const TenancyWorld the(kSchema, settings(false));
    return the.prove(std::move(sql));
  }
};

}  // namespace migcheck::testing
