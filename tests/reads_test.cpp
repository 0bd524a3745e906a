// SPDX-License-Identifier: MIT
#include "migcheck/reads.hpp"

#include <gmock/gmock.h>

#include "support/planned.hpp"

namespace migcheck {
namespace {

using test::Planned;
using testing::ElementsAre;
using testing::IsEmpty;

class Reads : public testing::Test {
 protected:
  void SetUp() override {
    world.run(
        "CREATE TABLE teams (id int PRIMARY KEY, name text); CREATE TABLE users (id int, team_id int, email "
        "text);"
        "CREATE SCHEMA s; CREATE TABLE s.users (id int, other int);");
  }

  // "users.email": in source order, each read; the relation alone where it stands in FROM.
  std::vector<std::string> reads(std::string sql) {
    const ast::Statement& statement = *world.parsed(std::move(sql)).front();
    std::vector<std::string> found;
    for (const ColumnRead& read : reads_of(statement, world.catalog, world.session.search_path)) {
      const catalog::Object& object = *world.catalog.object(read.relation);
      std::string text = catalog::base(object).name;
      if (catalog::base(object).schema != "public") text.insert(0, catalog::base(object).schema + ".");
      if (read.column != 0) text += "." + name_of(object, read.column);
      found.push_back(read.by_star ? text + "*" : text);
    }
    return found;
  }
  std::vector<std::string> output(std::string sql) {
    const ast::Statement& statement = *world.parsed(std::move(sql)).front();
    const QueryOutput result = output_of(statement, world.catalog, world.session.search_path);
    std::vector<std::string> names;
    for (const OutputColumn& column : result.columns) {
      names.push_back(column.type.name.empty() ? column.name
                                               : column.name + " " + catalog::to_string(column.type));
    }
    if (!result.known) names.emplace_back("...");
    return names;
  }
  static std::string name_of(const catalog::Object& object, catalog::ColumnNumber number) {
    if (const auto* table = std::get_if<catalog::Table>(&object)) return table->column(number)->name;
    return std::get<catalog::View>(object).columns[static_cast<std::size_t>(number) - 1].name;
  }

  Planned world;
};

TEST_F(Reads, plain_columns_and_aliases) {
  EXPECT_THAT(reads("SELECT u.email FROM users u WHERE team_id = 1"),
              ElementsAre("users.email", "users", "users.team_id"));
  EXPECT_THAT(reads("SELECT users.id FROM users u"), ElementsAre("users"));
}

TEST_F(Reads, schemas_keep_tables_of_one_name_apart) {
  EXPECT_THAT(reads("SELECT other FROM s.users"), ElementsAre("s.users.other", "s.users"));
  EXPECT_THAT(reads("SELECT s.users.other, public.users.email FROM s.users, public.users"),
              ElementsAre("s.users.other", "users.email", "s.users", "users"));
}

TEST_F(Reads, stars_read_everything_in_order) {
  EXPECT_THAT(reads("SELECT * FROM teams"), ElementsAre("teams.id*", "teams.name*", "teams"));
  EXPECT_THAT(reads("SELECT t.* FROM teams t, users"),
              ElementsAre("teams.id*", "teams.name*", "teams", "users"));
}

TEST_F(Reads, common_tables_hide_relations) {
  EXPECT_THAT(reads("WITH users AS (SELECT id FROM teams) SELECT id FROM users"),
              ElementsAre("teams.id", "teams", "teams.id"));
  EXPECT_THAT(output("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT * FROM r"),
              ElementsAre("n integer"));
}

TEST_F(Reads, sub_queries_see_outer_columns_and_laterals_their_neighbours) {
  EXPECT_THAT(reads("SELECT 1 FROM teams WHERE EXISTS (SELECT 1 FROM users WHERE team_id = teams.id)"),
              ElementsAre("teams", "users", "users.team_id", "teams.id"));
  EXPECT_THAT(reads("SELECT x.n FROM teams t, LATERAL (SELECT t.name AS n) x"),
              ElementsAre("teams.name", "teams", "teams.name"));
  EXPECT_THAT(reads("SELECT 1 FROM teams t, (SELECT t.name AS n) x"), ElementsAre("teams"));
}

TEST_F(Reads, unknown_tables_swallow_unqualified_names) {
  EXPECT_THAT(reads("SELECT email FROM stranger"), IsEmpty());
  EXPECT_THAT(reads("SELECT (SELECT email FROM stranger) FROM users"), ElementsAre("users"));
}

TEST_F(Reads, merged_columns_of_using_appear_once) {
  EXPECT_THAT(output("SELECT * FROM teams JOIN users USING (id)"),
              ElementsAre("id integer", "name text", "team_id integer", "email text"));
  EXPECT_THAT(output("SELECT * FROM teams NATURAL JOIN users"),
              ElementsAre("id integer", "name text", "team_id integer", "email text"));
}

TEST_F(Reads, data_statements_read_their_targets_and_columns) {
  EXPECT_THAT(reads("INSERT INTO users (email) SELECT name FROM teams"),
              ElementsAre("users", "users.email", "teams.name", "teams"));
  EXPECT_THAT(reads("UPDATE users SET email = t.name FROM teams t WHERE t.id = team_id"),
              ElementsAre("users", "users.email", "teams.name", "teams", "teams.id", "users.team_id"));
  EXPECT_THAT(reads("DELETE FROM users USING teams WHERE teams.id = users.team_id RETURNING email"),
              ElementsAre("users", "teams", "teams.id", "users.team_id", "users.email"));
  EXPECT_THAT(
      reads("INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET email = excluded.email"),
      ElementsAre("users", "users.id", "users.id", "users.email", "users.email"));
}

TEST_F(Reads, order_by_means_the_result_column_first) {
  EXPECT_THAT(reads("SELECT name AS email FROM teams ORDER BY email"), ElementsAre("teams.name", "teams"));
}

TEST_F(Reads, names_and_types_of_results) {
  EXPECT_THAT(
      output("SELECT id, count(*), lower(email) AS l, id::bigint, email IS NULL, CASE WHEN true THEN "
             "1 END FROM users"),
      ElementsAre("id integer", "count bigint", "l text", "id bigint", "?column? boolean", "case integer"));
  EXPECT_THAT(output("SELECT * FROM stranger"), ElementsAre("..."));
  EXPECT_THAT(output("SELECT id FROM users UNION SELECT id FROM teams"), ElementsAre("id integer"));
}

TEST_F(Reads, expression_over_a_table) {
  world.run("CREATE POLICY p ON users USING (team_id IN (SELECT id FROM teams WHERE name = email))");
  const catalog::Table& users = *world.table("users");
  const auto found =
      reads_of(users.policies.front().using_expression, users, world.catalog, world.session.search_path);
  std::vector<std::string> names;
  for (const ColumnRead& read : found) {
    const catalog::Table& table = *world.catalog.get<catalog::Table>(read.relation);
    names.push_back(read.column == 0 ? table.name : table.name + "." + table.column(read.column)->name);
  }
  EXPECT_THAT(names, ElementsAre("users.team_id", "teams.id", "teams", "teams.name", "users.email"));
  // By itself the expression shows only what stands outside of sub-queries.
  EXPECT_THAT(columns_of(users.policies.front().using_expression, users),
              ElementsAre(users.column("team_id")->number));
}

TEST_F(Reads, long_chains_of_unions_and_joins_are_read) {
  std::string unions = "SELECT id FROM users";
  for (int more = 0; more < 3000; ++more) unions += " UNION ALL SELECT id FROM users";
  EXPECT_EQ(reads(std::move(unions)).size(), 6002U);
}

}  // namespace
}  // namespace migcheck
