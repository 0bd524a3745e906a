// SPDX-License-Identifier: MIT
#pragma once

// Whose rows each role sees, for the tenant map's page.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migcheck/tenancy/row_access.hpp"

namespace migcheck::tenancy {

struct SeenBy {
  RowAccess owner;
  RowAccess others;  // any role that has been granted SELECT and that nothing names
  std::vector<std::pair<std::string, RowAccess>> roles;  // named ones, where it is not as for the others
};

SeenBy seen_by(catalog::ObjectId relation, const std::vector<std::string>& roles,
               const AccessContext& context);

// A table of tenants, or a view, materialized view or function through which their rows are seen.
struct Source {
  catalog::ObjectId id = catalog::kNoObject;
  std::string schema;
  std::string name;
  std::string_view kind;
  SeenBy seen;
};
std::vector<Source> sources(const AccessContext& context);

}  // namespace migcheck::tenancy
