// SPDX-License-Identifier: MIT

// Which tables belong to tenants: configured, inferred, handed down along foreign keys.

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "migcheck/tenancy/row_access.hpp"
#include "support/tenancy_world.hpp"

namespace migcheck {
namespace {

using testing::TenancyWorld;

TenantTable table_of(const TenancyWorld& world, std::string_view name) {
  const std::vector<std::string> path = {"public"};
  const auto* object = world.catalog().relation("", name, path);
  return object == nullptr ? TenantTable{} : world.map().of(catalog::base(*object).id);
}

constexpr const char* kTables = R"sql(
CREATE TABLE teams (id int PRIMARY KEY);
CREATE TABLE users (id int PRIMARY KEY, current_team_id int REFERENCES teams);
CREATE TABLE members (team_id int NOT NULL REFERENCES teams, user_id int NOT NULL REFERENCES users,
                      UNIQUE (user_id, team_id));
CREATE TABLE projects (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams);
CREATE TABLE files (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams);
CREATE TABLE tasks (id int PRIMARY KEY, project_id int NOT NULL REFERENCES projects);
CREATE TABLE notes (id int PRIMARY KEY, task_id int NOT NULL REFERENCES tasks);
CREATE TABLE marks (id int PRIMARY KEY, task_id int REFERENCES tasks, file_id int REFERENCES files);
)sql";

TEST(TenantMap, KindsOfTables) {
  TenancySettings settings;
  settings.columns = {"team_id"};
  const TenancyWorld world(kTables, settings);
  EXPECT_EQ(world.map().root_name, "teams");
  EXPECT_EQ(table_of(world, "teams").kind, TenantKind::Root);
  EXPECT_EQ(table_of(world, "users").kind, TenantKind::Global);
  EXPECT_EQ(table_of(world, "projects").kind, TenantKind::Column);
  EXPECT_EQ(table_of(world, "tasks").kind, TenantKind::Inherited);
  EXPECT_EQ(table_of(world, "notes").kind, TenantKind::Inherited);
  EXPECT_EQ(table_of(world, "marks").kind, TenantKind::Unknown);
  EXPECT_TRUE(table_of(world, "members").membership);
  EXPECT_FALSE(table_of(world, "projects").membership);
}

TEST(TenantMap, InferredFromTheMajority) {
  const TenancyWorld world(
      "CREATE TABLE orgs (id int PRIMARY KEY); CREATE TABLE a (org_id int REFERENCES orgs);"
      "CREATE TABLE b (org_id int REFERENCES orgs); CREATE TABLE c (org_id int REFERENCES orgs);"
      "CREATE TABLE d (id int);");
  EXPECT_EQ(world.map().columns, std::vector<std::string>{"org_id"});
  EXPECT_TRUE(world.map().inferred);
  EXPECT_NE(world.map().explanation.find("3 of 4 tables"), std::string::npos) << world.map().explanation;
}

TEST(TenantMap, OffBelowAClearMajorityAndForUsers) {
  const TenancyWorld few(
      "CREATE TABLE orgs (id int PRIMARY KEY); CREATE TABLE a (org_id int REFERENCES orgs);"
      "CREATE TABLE b (id int); CREATE TABLE c (id int);");
  EXPECT_FALSE(few.map().on());
  EXPECT_NE(few.map().explanation.find("off"), std::string::npos);
  const TenancyWorld users(
      "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE a (user_id int REFERENCES users);"
      "CREATE TABLE b (user_id int REFERENCES users); CREATE TABLE c (user_id int REFERENCES users);");
  EXPECT_FALSE(users.map().on());
}

TEST(TenantMap, TheReportNamesWhatKeepsTenantsApart) {
  TenancySettings settings;
  settings.columns = {"team_id"};
  const TenancyWorld world(std::string(kTables) +
                               "ALTER TABLE projects ENABLE ROW LEVEL SECURITY;"
                               "CREATE POLICY p ON projects FOR SELECT USING (true);"
                               "CREATE UNIQUE INDEX u ON files (id);"
                               "ALTER TABLE files ADD COLUMN name text;"
                               "CREATE UNIQUE INDEX n ON files (name);",
                           settings);
  const AccessContext access{world.catalog(), world.map(), settings, 15};
  const std::string text = tenant_report_text(world.map(), access);
  EXPECT_NE(text.find("row level security: on, not for the owner"), std::string::npos) << text;
  EXPECT_NE(text.find("policy: p (SELECT)"), std::string::npos) << text;
  EXPECT_NE(text.find("unique across tenants: n (name)"), std::string::npos) << text;
  EXPECT_NE(text.find("unique without the tenant: u (id)"), std::string::npos) << text;
  EXPECT_NE(text.find("inherited from projects by project_id"), std::string::npos) << text;
  const std::string json = tenant_report_json(world.map(), access);
  EXPECT_NE(json.find("\"name\": \"tasks\", \"tenancy\": \"inherited\", \"column\": \"project_id\""),
            std::string::npos)
      << json;
}

// The whole page, as an auditor gets it.
TEST(TenantMap, ThePageOfASmallSchema) {
  TenancySettings settings;
  settings.columns = {"team_id"};
  settings.root = "teams";
  const TenancyWorld world(
      "CREATE ROLE sweeper BYPASSRLS; CREATE ROLE clerk;"
      "CREATE TABLE teams (id int PRIMARY KEY); CREATE TABLE countries (code text PRIMARY KEY);"
      "CREATE TABLE orders (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams, slug text UNIQUE, "
      "token text "
      "UNIQUE);"
      "CREATE INDEX orders_by_slug ON orders (slug, team_id);"
      "ALTER TABLE orders ENABLE ROW LEVEL SECURITY;"
      "CREATE POLICY by_team ON orders USING (team_id = current_setting('app.team', true)::int);"
      "CREATE POLICY all_of_them ON orders FOR SELECT TO clerk USING (true);"
      "CREATE VIEW slugs AS SELECT slug, team_id FROM orders;",
      settings);
  EXPECT_EQ(tenant_report_text(world.map(), {world.catalog(), world.map(), settings, 15}),
            R"(The tenant column is configured: team_id.
The tenants are in teams.
3 tables: 2 with a tenant column, 1 everybody's.
Roles that bypass row level security: sweeper.

To look at:
  - no row level security (1): teams
  - policies let rows of other tenants through (1): orders
  - the owner passes row level security (1): orders
  - unique across tenants (1): orders

orders
  by team_id
  row level security: on, not for the owner
  policy: by_team (ALL)
  policy: all_of_them (SELECT, to clerk)
  seen by other roles: its tenant's rows (what it gives is tied to the tenant
    that asks)
  seen by clerk: every tenant's rows (what its policies let through is not tied
    to one team_id)
  unique across tenants: orders_slug_key (slug)
  unique without the tenant: orders_token_key (token)
  indexes without the tenant in front: orders_by_slug (slug, team_id)

teams
  the tenants, by id
  row level security: none

Everybody's:
  no key leads to a tenant: countries

Views and functions that show rows of tenants:

slugs (view)
  seen by the owner: every tenant's rows (it reads with the rights of a role
    that sees the rows of every tenant)
  seen by other roles: every tenant's rows (it reads with the rights of a role
    that sees the rows of every tenant)
)");
}

TEST(TenantMap, ThePageFitsATerminal) {
  TenancySettings settings;
  settings.columns = {"team_id"};
  const TenancyWorld world(std::string(kTables) +
                               "CREATE INDEX projects_by_a_name_that_is_nearly_as_long_as_a_name_may_be_1 ON "
                               "projects (id, team_id);"
                               "CREATE INDEX short ON projects (id);",
                           settings);
  std::istringstream page(tenant_report_text(world.map(), {world.catalog(), world.map(), settings, 15}));
  std::size_t lines = 0;
  for (std::string line; std::getline(page, line); ++lines) {
    EXPECT_LE(line.size(), 80U) << line;
    EXPECT_TRUE(line.empty() || line.back() != ' ') << line;
  }
  EXPECT_GT(lines, 20U);
}

}  // namespace
}  // namespace migcheck
