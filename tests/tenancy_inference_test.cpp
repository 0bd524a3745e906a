// SPDX-License-Identifier: MIT

// Which column says whose row it is, where nobody says so: shapes that were met in public projects.

#include <gtest/gtest.h>

#include <string>

#include "support/tenancy_world.hpp"
#include "tenancy/root_names.hpp"

namespace migcheck {
namespace {

using testing::TenancyWorld;

// "root: column, column" of what was inferred, or "off".
std::string inferred(const std::string& schema) {
  const TenancyWorld world(schema);
  if (!world.map().on()) return "off";
  std::string out = world.map().root_name + ":";
  for (const std::string& column : world.map().columns) out += " " + column;
  return out;
}

std::string why(const std::string& schema) {
  return TenancyWorld(schema).map().explanation;
}

// Tables t1, t2, … with this column.
std::string tables(int first, int last, const std::string& column) {
  std::string out;
  for (int i = first; i <= last; ++i) {
    out += "CREATE TABLE t" + std::to_string(i) + " (id int PRIMARY KEY, " + column + ");";
  }
  return out;
}

TEST(TenantInference, NamesOfTables) {
  using tenancy::likeness_of_root;
  using tenancy::RootLikeness;
  EXPECT_EQ(likeness_of_root("organizations"), RootLikeness::Tenant);
  EXPECT_EQ(likeness_of_root("Tenant"), RootLikeness::Tenant);
  EXPECT_EQ(likeness_of_root("companies"), RootLikeness::Tenant);
  EXPECT_EQ(likeness_of_root("core_workspace"), RootLikeness::Tenant);
  EXPECT_EQ(likeness_of_root("organization_invites"), RootLikeness::Object);
  EXPECT_EQ(likeness_of_root("hydra_client"), RootLikeness::Possible);
  EXPECT_EQ(likeness_of_root("card_"), RootLikeness::Object);
  EXPECT_EQ(likeness_of_root("local_user"), RootLikeness::Person);
  EXPECT_EQ(tenancy::snake_case("tenantId"), "tenant_id");
  EXPECT_EQ(tenancy::snake_case("TenantID"), "tenant_id");
  EXPECT_EQ(tenancy::snake_case("HTTP_port"), "http_port");
}

TEST(TenantInference, OrganizationsNeedTheMajority) {
  const std::string orgs = "CREATE TABLE organizations (id int PRIMARY KEY);";
  const std::string key = "organization_id int REFERENCES organizations";
  EXPECT_EQ(inferred(orgs + tables(1, 4, key) + tables(5, 7, "x int")), "organizations: organization_id");
  EXPECT_EQ(inferred(orgs + tables(1, 3, key) + tables(5, 10, "x int")), "off");
  EXPECT_NE(
      why(orgs + tables(1, 3, key) + tables(5, 10, "x int")).find("3 of 9 tables carry organization_id"),
      std::string::npos);
  EXPECT_EQ(inferred(orgs + tables(1, 2, key)), "off");
}

// Rows that belong to a carrier's row count for the design, if enough tables carry the column themselves.
TEST(TenantInference, HeirsCount) {
  const std::string schema = "CREATE TABLE workspace (id int PRIMARY KEY);" +
                             tables(1, 3, "workspace_id int NOT NULL REFERENCES workspace") +
                             tables(4, 7, "t1_id int NOT NULL REFERENCES t1");
  EXPECT_EQ(inferred(schema), "workspace: workspace_id");
}

TEST(TenantInference, UsersAndObjectsAreNoTenants) {
  EXPECT_EQ(
      inferred("CREATE TABLE users (id int PRIMARY KEY);" + tables(1, 8, "user_id int REFERENCES users")),
      "off");
  EXPECT_EQ(
      inferred("CREATE TABLE card_ (id int PRIMARY KEY);" + tables(1, 8, "card_id int REFERENCES card_")),
      "off");
  EXPECT_EQ(inferred("CREATE TABLE evaluators (id int PRIMARY KEY);" +
                     tables(1, 4, "evaluator_id int REFERENCES evaluators")),
            "off");
}

// An OAuth client is one thing, an agency's client another: users in it, or policies, tell.
TEST(TenantInference, NamesThatMayBeTenantsNeedMoreThanThat) {
  const std::string accounts =
      "CREATE TABLE accounts (id int PRIMARY KEY); CREATE TABLE users (id int PRIMARY KEY);";
  const std::string few = tables(1, 4, "account_id int REFERENCES accounts") + tables(5, 6, "x int");
  EXPECT_EQ(inferred(accounts + few), "off");
  EXPECT_NE(why(accounts + few).find("no table says which users are in it"), std::string::npos);
  EXPECT_EQ(inferred(accounts + few +
                     "CREATE TABLE account_user (account_id int REFERENCES accounts, user_id int REFERENCES "
                     "users, PRIMARY KEY (account_id, user_id));"),
            "accounts: account_id");
  EXPECT_EQ(
      inferred("CREATE TABLE networks (id int PRIMARY KEY);" + tables(1, 8, "nid int REFERENCES networks")),
      "networks: nid");
}

TEST(TenantInference, PoliciesSpeakForAnyName) {
  std::string schema = tables(1, 4, "user_id int REFERENCES auth.users");
  EXPECT_EQ(inferred(schema), "off");
  for (const char* table : {"t1", "t2", "t3"}) {
    schema += std::string("ALTER TABLE ") + table + " ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON " +
              table + " USING (user_id = auth.uid());";
  }
  EXPECT_EQ(inferred(schema), "auth.users: user_id");
}

TEST(TenantInference, TheNameTenantNeedsNoKey) {
  EXPECT_EQ(inferred(tables(1, 3, "tenant_id text") + tables(4, 8, "x int")), ": tenant_id");
  EXPECT_EQ(inferred("CREATE TABLE tenants (id text PRIMARY KEY);" + tables(1, 3, "tenant_id text")),
            "tenants: tenant_id");
  EXPECT_EQ(inferred(tables(1, 8, "namespace text")), "off");
  EXPECT_NE(why(tables(1, 8, "namespace text")).find("8 of 8 tables carry namespace"), std::string::npos);
}

TEST(TenantInference, SpellingsAndMissingKeysOfOneColumn) {
  EXPECT_EQ(
      inferred("CREATE TABLE \"Tenant\" (id uuid PRIMARY KEY);" +
               tables(1, 3, "\"tenantId\" uuid REFERENCES \"Tenant\"") + tables(4, 6, "tenant_id uuid")),
      "Tenant: tenantId tenant_id");
  // A one-to-one key on id does not make every id a reference.
  EXPECT_EQ(inferred("CREATE TABLE apps (id int PRIMARY KEY); CREATE TABLE a (id int REFERENCES apps);"
                     "CREATE TABLE b (id int REFERENCES apps);" +
                     tables(1, 8, "x int")),
            "off");
}

TEST(TenantInference, TheColumnMayBeAKeyToSomethingElse) {
  const TenancyWorld world(
      "CREATE TABLE teams (id int PRIMARY KEY); CREATE TABLE squads (id int PRIMARY KEY);" +
      tables(1, 4, "team_id int REFERENCES teams") +
      "CREATE TABLE odd (id int, team_id int REFERENCES squads);");
  const std::vector<std::string> path = {"public"};
  const auto* odd = world.catalog().relation("", "odd", path);
  ASSERT_NE(odd, nullptr);
  EXPECT_EQ(world.map().of(catalog::base(*odd).id).kind, TenantKind::Global);
}

// A tenant that belongs to a group itself: what hangs on the group is explained by it too.
TEST(TenantInference, WorkspacesOfOrganizations) {
  const std::string roots =
      "CREATE TABLE organizations (id int PRIMARY KEY);"
      "CREATE TABLE workspaces (id int PRIMARY KEY, organization_id int NOT NULL REFERENCES organizations);";
  const std::string carriers = tables(1, 5, "workspace_id int NOT NULL REFERENCES workspaces");
  const std::string of_group = tables(6, 8, "organization_id int NOT NULL REFERENCES organizations");
  const std::string others = tables(9, 11, "x int");
  EXPECT_EQ(inferred(roots + carriers + of_group + others), "workspaces: workspace_id");
  EXPECT_EQ(inferred(roots + carriers + tables(6, 11, "x int")), "off");
}

// A project may be a customer's or a part of a customer's work; where it belongs to an organization it is
// one.
TEST(TenantInference, ProjectsOfOrganizations) {
  const std::string carriers =
      tables(1, 5, "project_id int NOT NULL REFERENCES projects") + tables(6, 9, "x int");
  EXPECT_EQ(inferred("CREATE TABLE projects (id int PRIMARY KEY, organization_id text NOT NULL);" + carriers),
            "projects: project_id");
  EXPECT_EQ(inferred("CREATE TABLE projects (id int PRIMARY KEY, organization_id text);" + carriers), "off");
  EXPECT_EQ(inferred("CREATE TABLE projects (id int PRIMARY KEY, name text NOT NULL);" + carriers), "off");
}

// No key anywhere: the name, and that nearly every table must have it.
TEST(TenantInference, ColumnsWithoutKeys) {
  EXPECT_EQ(inferred(tables(1, 14, "namespace text NOT NULL")), ": namespace");
  EXPECT_EQ(inferred(tables(1, 14, "namespace text")), "off");
  EXPECT_EQ(inferred(tables(1, 8, "namespace text NOT NULL")), "off");
  EXPECT_EQ(inferred(tables(1, 14, "namespace text NOT NULL") + tables(15, 20, "x int")), "off");
  EXPECT_EQ(inferred(tables(1, 14, "kind text NOT NULL")), "off");
  EXPECT_EQ(inferred(tables(1, 14, "user_id int NOT NULL")), "off");
  EXPECT_EQ(inferred("CREATE TABLE tenancies (id int PRIMARY KEY);" +
                     tables(1, 5, "tenancy_id int NOT NULL") + tables(6, 9, "x int")),
            ": tenancy_id");
}

}  // namespace
}  // namespace migcheck
