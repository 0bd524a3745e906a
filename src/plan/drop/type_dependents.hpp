// SPDX-License-Identifier: MIT
#pragma once

// Who holds a column's type fast: PostgreSQL refuses to change it while a view, rule, trigger, policy,
// generated column, SQL-standard function body or publication filter reads the column.

#include "plan/planner.hpp"

namespace migcheck::plan {

// Adds PostgreSQL's error if somebody does, or if a CHECK or an index compares the column with a constant
// that the new type has no operator for.
bool refused_by_dependents(Planner& planner, const catalog::Table& table, const catalog::Column& column,
                           const catalog::TypeRef& to);

}  // namespace migcheck::plan
