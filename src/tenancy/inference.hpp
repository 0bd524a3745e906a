// SPDX-License-Identifier: MIT
#pragma once

// Which column says whose row it is, where nobody configured it.
//
// A foreign key that most tables carry is not enough: most tables of a shop know who made a row, and most
// tables of a survey tool know its survey. The table it refers to must also be one that customers are: by its
// name, by a table that says which users are in it, or by policies that filter by the column. Where that is
// not clear, the answer is no, and says what was nearest.

#include <string>
#include <vector>

#include "migcheck/catalog.hpp"
#include "tenancy/candidates.hpp"

namespace migcheck::tenancy {

struct InferredTenant {
  std::vector<std::string> columns;             // the spellings of the column; empty: none is clear
  catalog::ObjectId root = catalog::kNoObject;  // the tenants' table, where the history shows one
  std::string root_name;
  std::string explanation;  // what was found, or why nothing was
};

// Of the candidates that enough tables carry, the one that most do and to which nothing objects. Why there is
// none is worked out where somebody reads it.
InferredTenant infer_tenant(const catalog::Catalog& catalog, const Candidates& candidates, bool explain_none);

// Is exactly this set of columns a complete unique key of the table?
bool is_unique_over(const catalog::Catalog& catalog, const catalog::Table& table,
                    std::vector<catalog::ColumnNumber> columns);

}  // namespace migcheck::tenancy
