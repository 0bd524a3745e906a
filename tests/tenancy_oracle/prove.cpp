// SPDX-License-Identifier: MIT

// For the oracle: reads a schema from a file, and queries from standard input, one per line; answers each
// with a line: "bound", "assumed" or "unbound" ("other …" where the tenant is not $1), and the verdict of
// each reference.

#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "support/tenancy_world.hpp"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: tenancy_prove schema.sql [tenant column] [tenants' table] [trust|doubt] < queries\n";
    return 2;
  }
  std::ifstream file(argv[1]);
  std::string schema((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  migcheck::TenancySettings settings;
  settings.columns = {argc > 2 ? argv[2] : "team_id"};
  settings.root = argc > 3 ? argv[3] : "teams";
  settings.trust_foreign_keys = argc <= 4 || std::string(argv[4]) == "trust";
  const migcheck::testing::TenancyWorld world(std::move(schema), settings);
  for (std::string line; std::getline(std::cin, line);) {
    const auto verdicts = world.verdicts(line);
    const bool proven = migcheck::isolated(verdicts, false);
    const bool assumed = migcheck::isolated(verdicts, true);
    // Which tenant: what is bound to another one than the oracle's says nothing about it.
    bool first_tenant = true;
    for (const migcheck::TableVerdict& verdict : verdicts) {
      bool own = verdict.values.empty();
      for (const std::string& value : verdict.values) {
        own = own || value == "$1" || value == "1" || value == "NULL" || value == "as given" ||
              value == "as the table fills it" || value == "the tenant of the given key";
      }
      first_tenant = first_tenant && own;
    }
    std::cout << (first_tenant ? "" : "other ")
              << (proven    ? "bound"
                  : assumed ? "assumed"
                            : "unbound")
              << "\t" << migcheck::testing::describe(verdicts) << "\n";
    std::cout.flush();
  }
  return 0;
}
