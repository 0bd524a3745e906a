// SPDX-License-Identifier: MIT

// Whose rows a role sees, over sequences of DDL. The expected verdicts are a server's:
// tests/server/row_security.py holds the same file against PostgreSQL.

#include "migcheck/tenancy/row_access.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/tenancy_world.hpp"

namespace migcheck {
namespace {

using testing::TenancyWorld;

struct Ask {
  std::string relation;
  std::string role;
  std::string expected;
};
struct Case {
  std::string name;
  std::string sql;
  std::vector<Ask> asks;
};

constexpr const char* kRoles =
    "CREATE ROLE staff; CREATE ROLE clerk LOGIN IN ROLE staff; CREATE ROLE app LOGIN; "
    "CREATE ROLE service_role BYPASSRLS;\n";

bool starts_with(const std::string& line, std::string_view word) {
  return line.compare(0, word.size(), word) == 0;
}

void add_asks(const std::string& words, std::vector<Ask>& asks) {
  std::istringstream in(words);
  std::string relation;
  in >> relation;
  for (std::string pair; in >> pair;) {
    const std::size_t at = pair.find('=');
    asks.push_back({relation, pair.substr(0, at), pair.substr(at + 1)});
  }
}

// The cases of the file; the first one is its prelude.
std::vector<Case> read_cases() {
  std::ifstream in(std::string(MIGCHECK_SOURCE_DIR) + "/tests/server/row_security_cases.sql");
  std::vector<Case> cases;
  for (std::string line; std::getline(in, line);) {
    if (starts_with(line, "-- prelude")) {
      cases.push_back({"prelude", "", {}});
    } else if (starts_with(line, "-- case: ")) {
      cases.push_back({line.substr(9), "", {}});
    } else if (starts_with(line, "-- see: ") && !cases.empty()) {
      add_asks(line.substr(8), cases.back().asks);
    } else if (!cases.empty()) {
      cases.back().sql += line + "\n";
    }
  }
  return cases;
}

const catalog::ObjectBase* find(const catalog::Catalog& catalog, std::string name) {
  std::string schema = "public";
  if (const std::size_t dot = name.find('.'); dot != std::string::npos) {
    schema = name.substr(0, dot);
    name = name.substr(dot + 1);
  }
  if (name.size() > 2 && name.substr(name.size() - 2) == "()") {
    const auto functions = catalog.functions(schema, name.substr(0, name.size() - 2), {});
    return functions.empty() ? nullptr : functions.front();
  }
  const catalog::Object* found = catalog.relation(schema, name, {});
  return found == nullptr ? nullptr : &catalog::base(*found);
}

TEST(RowAccess, SequencesOfDdlGiveTheVerdictsOfTheServer) {
  const std::vector<Case> cases = read_cases();
  ASSERT_GE(cases.size(), 61U);
  TenancySettings tenancy;
  tenancy.columns = {"team_id"};
  tenancy.root = "teams";
  for (std::size_t n = 1; n < cases.size(); ++n) {
    const TenancyWorld world(kRoles + cases[0].sql + cases[n].sql, tenancy);
    const AccessContext context{world.catalog(), world.map(), tenancy, 15};
    EXPECT_FALSE(cases[n].asks.empty()) << cases[n].name;
    for (const Ask& ask : cases[n].asks) {
      const catalog::ObjectBase* relation = find(world.catalog(), ask.relation);
      ASSERT_NE(relation, nullptr) << cases[n].name << ": " << ask.relation;
      const std::string role = ask.role == "owner"   ? relation->owner
                               : ask.role == "other" ? std::string(kAnyOtherRole)
                                                     : ask.role;
      const RowAccess access = row_access(relation->id, role, context);
      EXPECT_EQ(to_string(access.verdict), ask.expected)
          << cases[n].name << ": " << ask.relation << " for " << ask.role << ": " << access.reason;
      EXPECT_FALSE(access.reason.empty()) << cases[n].name;
    }
  }
}

RowAccess seen_by_others(const std::string& sql, const std::string& relation) {
  TenancySettings tenancy;
  tenancy.columns = {"team_id"};
  const TenancyWorld world(sql, tenancy);
  const catalog::ObjectBase* found = find(world.catalog(), relation);
  if (found == nullptr) return {RowVerdict::Unknown, "not there"};
  return row_access(found->id, kAnyOtherRole, {world.catalog(), world.map(), tenancy, 15});
}

constexpr const char* kGuarded =
    "CREATE TABLE teams (id int PRIMARY KEY); CREATE TABLE orders (id int, team_id int NOT NULL REFERENCES "
    "teams);"
    "ALTER TABLE orders ENABLE ROW LEVEL SECURITY;";

TEST(RowAccess, AFunctionThatIsGivenAColumnIsNotLookedInto) {
  const std::string function =
      "CREATE FUNCTION is_mine(team int) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN true; END $$;";
  const RowAccess access =
      seen_by_others(kGuarded + function + "CREATE POLICY p ON orders USING (is_mine(team_id));", "orders");
  EXPECT_EQ(access.verdict, RowVerdict::Unknown);
  EXPECT_NE(access.reason.find("is_mine()"), std::string::npos) << access.reason;
  const RowAccess beside_true = seen_by_others(
      kGuarded + function +
          "CREATE POLICY p ON orders USING (is_mine(team_id)); CREATE POLICY q ON orders USING (true);",
      "orders");
  EXPECT_EQ(beside_true.verdict, RowVerdict::Leak);
}

TEST(RowAccess, ComputedSqlThatMaySwitchItIsNotTakenForALeak) {
  const RowAccess access = seen_by_others(
      "CREATE TABLE teams (id int PRIMARY KEY); CREATE TABLE orders (id int, team_id int NOT NULL);"
      "DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables LOOP "
      "EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t); END LOOP; END $$;",
      "orders");
  EXPECT_EQ(access.verdict, RowVerdict::Unknown) << access.reason;
}

TEST(RowAccess, ViewsInsideViewsHaveAnEnd) {
  std::string sql = kGuarded;
  sql += "CREATE VIEW v0 AS SELECT * FROM orders;";
  for (int n = 1; n < 12; ++n) {
    const std::string below = "v" + std::to_string(n - 1);
    sql += "CREATE VIEW v" + std::to_string(n) + " AS SELECT a.* FROM " + below + " a, " + below + " b, " +
           below + " c;";
  }
  EXPECT_EQ(seen_by_others(sql, "v11").verdict, RowVerdict::Unknown);
  EXPECT_EQ(seen_by_others(sql, "v1").verdict, RowVerdict::Leak);
}

}  // namespace
}  // namespace migcheck
