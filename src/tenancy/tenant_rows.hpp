// SPDX-License-Identifier: MIT
#pragma once

// What is to be said of each table on the tenant map, for people and for machines.

#include <string>
#include <string_view>
#include <vector>

#include "migcheck/tenancy.hpp"

namespace migcheck::tenancy {

struct TableRow {
  const catalog::Table* table = nullptr;
  std::string name;  // with its schema, unless that is public
  TenantTable tenancy = {};
  std::string parent = {};
  std::vector<std::string> key = {};          // of inherited rows: the foreign key's columns
  std::vector<std::string> chosen_keys = {};  // unique keys without the tenant, of values that people choose
  std::vector<std::string> unscoped_keys = {};    // other unique keys without it: of ids, tokens, references
  std::vector<std::string> indexes_without = {};  // indexes that do not begin with it
  bool tenant_may_be_null = false;
};

// In the order of their names.
std::vector<TableRow> table_rows(const catalog::Catalog& catalog, const TenantMap& map);

std::string_view word(TenantKind kind);
std::string_view word(ast::PolicyCommand command);  // "SELECT"

}  // namespace migcheck::tenancy
