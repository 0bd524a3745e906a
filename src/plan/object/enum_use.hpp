// SPDX-License-Identifier: MIT
#pragma once

// New values of enum types, which nobody may use before the transaction that added them is committed.

#include "plan/planner.hpp"

namespace migcheck::plan {

// Refuses (55P04) a statement that writes a value which ALTER TYPE … ADD VALUE added in the same transaction:
// in a cast, a comparison with a column, an assignment, a default, a row of INSERT. From 17 on the values of
// a type that was made in the transaction too may be used.
void refuse_new_enum_values(Planner& planner, const ast::Statement& statement);

}  // namespace migcheck::plan
