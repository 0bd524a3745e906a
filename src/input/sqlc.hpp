// SPDX-License-Identifier: MIT
#pragma once

// sqlc.yaml: which files hold queries, for which database, and which schema they are read against.

#include <string>
#include <string_view>
#include <vector>

namespace migcheck::input {

struct SqlcPackage {
  std::string engine = "postgresql";
  std::vector<std::string> queries;  // files and folders, relative to the file
  std::vector<std::string> schema;   // likewise
};

// The entries of `sql` (version 2) or `packages` (version 1). Only these keys are looked at; what is written
// in another way than sqlc's manual does is left out.
std::vector<SqlcPackage> sqlc_packages(std::string_view yaml);

}  // namespace migcheck::input
